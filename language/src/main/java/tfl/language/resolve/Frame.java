package tfl.language.resolve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tfl.language.source.Span;

/** A {@link Scope} in the making: names get slots as they are met. */
final class Frame {
    /** The frame of the enclosing function or module; null for a module. */
    final Frame outer;
    private final String selfName;
    private final List<String> slots = new ArrayList<>();
    private final Map<String, Integer> locals = new HashMap<>();
    private final Deque<Map<String, Integer>> comprehensions = new ArrayDeque<>();
    private final Map<String, Integer> captured = new HashMap<>();
    private final List<Scope.Capture> captures = new ArrayList<>();
    private final List<Scope.Dimension> dimensions = new ArrayList<>();
    private final Deque<Span> comprehensionSpans = new ArrayDeque<>();
    private final List<Scope.Comprehended> comprehended = new ArrayList<>();
    private OptionalInt self = OptionalInt.empty();
    /** How many loops of this function the walk is inside of. */
    int loops;

    /**
     * A frame inside another; {@code selfName} is the function's own name where it is no definition, else
     * empty.
     */
    Frame(Frame outer, String selfName) {
        this.outer = outer;
        this.selfName = selfName;
    }

    int declare(String name) {
        return locals.computeIfAbsent(name, this::newSlot);
    }

    private int newSlot(String name) {
        slots.add(name);
        return slots.size() - 1;
    }

    /** Whether the slot is that of a variable, not of a comprehension. */
    boolean isLocal(String name, int slot) {
        return locals.getOrDefault(name, -1) == slot;
    }

    void dimension(String name, boolean isParameter) {
        dimensions.add(new Scope.Dimension(name, declare(name), isParameter));
    }

    /** The slot of a name bound by this function's own code. */
    int slot(String name) {
        for (var comprehension : comprehensions) {
            if (comprehension.containsKey(name)) {
                return comprehension.get(name);
            }
        }
        return locals.getOrDefault(name, -1);
    }

    void enterComprehension(Span span) {
        comprehensionSpans.push(span);
        comprehensions.push(new HashMap<>());
    }

    /** Comprehension variables have slots of their own; the name may stand for another variable outside. */
    void declareInComprehension(String name) {
        int slot = newSlot(name);
        comprehensions.element().put(name, slot);
        comprehended.add(new Scope.Comprehended(slot, comprehensionSpans.element()));
    }

    void leaveComprehension() {
        comprehensions.pop();
        comprehensionSpans.pop();
    }

    /** The slot that holds this function, if that is what the name means here; -1 if not. */
    int selfSlot(String name) {
        if (!name.equals(selfName)) {
            return -1;
        }
        if (self.isEmpty()) {
            self = OptionalInt.of(newSlot(name));
        }
        return self.getAsInt();
    }

    boolean isSelf(String name) {
        return name.equals(selfName);
    }

    int capture(String name, int outerSlot) {
        return captured.computeIfAbsent(name, key -> {
            int inner = newSlot(key);
            captures.add(new Scope.Capture(key, outerSlot, inner));
            return inner;
        });
    }

    /** All names this frame knows, for suggestions. */
    void addNames(Collection<String> names) {
        names.addAll(locals.keySet());
        comprehensions.forEach(each -> names.addAll(each.keySet()));
    }

    Set<String> locals() {
        return locals.keySet();
    }

    Scope scope() {
        return new Scope(slots, captures, self, dimensions, comprehended);
    }
}
