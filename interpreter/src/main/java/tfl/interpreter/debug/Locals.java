package tfl.interpreter.debug;

import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.trace.Unsure;
import tfl.interpreter.translate.FrameInfo;
import tfl.interpreter.value.Holding;
import tfl.language.resolve.Scope;
import tfl.language.source.Span;

/** The variables of a function at one place of its text, by name: the slots that they live in. */
final class Locals {
    private final FrameInfo info;
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final Set<String> captured = new HashSet<>();

    private Locals(FrameInfo info, Span place) {
        this.info = info;
        var scope = info.scope();
        var inner = new HashMap<Integer, Span>();
        scope.comprehended().forEach(each -> inner.put(each.slot(), each.within()));
        for (int slot = 0; slot < scope.slotCount(); slot++) {
            if (!inner.containsKey(slot)) {
                slots.put(scope.slots().get(slot), slot);
            }
        }
        scope.captures().stream().map(Scope.Capture::name).forEach(captured::add);
        // The innermost comprehension around the place comes last, and its variables win.
        var around = new TreeMap<Integer, Span>(inner);
        around.values().removeIf(span -> !covers(span, place));
        around.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Integer, Span> each) -> each.getValue().length()).reversed())
                .forEach(each -> {
                    String name = scope.slots().get(each.getKey());
                    slots.put(name, each.getKey());
                    captured.remove(name);
                });
    }

    /** The variables at a node; null for a node that is not TFL's. */
    static Locals at(Node node) {
        if (!(node.getRootNode() instanceof TflRootNode root)
                || !(root.getFrameDescriptor().getInfo() instanceof FrameInfo info)) {
            return null;
        }
        return new Locals(info, place(node, root));
    }

    private static Span place(Node node, TflRootNode root) {
        for (var each = node; each != null; each = each.getParent()) {
            if (each instanceof ExpressionNode expression && expression.span().isKnown()) {
                return expression.span();
            }
        }
        return root.span();
    }

    private static boolean covers(Span outer, Span inner) {
        return outer.start() <= inner.start() && inner.end() <= outer.end();
    }

    FrameInfo info() {
        return info;
    }

    Set<String> names() {
        return slots.keySet();
    }

    boolean isCaptured(String name) {
        return captured.contains(name);
    }

    /** The value, or null where it has none yet. */
    Object value(MaterializedFrame frame, String name) {
        Object value = slots.containsKey(name) ? frame.getValue(slots.get(name)) : null;
        return value instanceof Unsure ? null : value;
    }

    /** Binds a variable to another value, as an assignment at this place would. */
    void set(MaterializedFrame frame, String name, Object value) {
        int slot = slots.get(name);
        Object old = frame.isObject(slot) ? frame.getObject(slot) : null;
        if (old != null) {
            // It may be an operand of an expression under way.
            Holding.pin(old);
        }
        write(frame, frame.getFrameDescriptor(), slot, value);
    }

    private static void write(MaterializedFrame frame, FrameDescriptor descriptor, int slot, Object value) {
        var kind = descriptor.getSlotKind(slot);
        if (value instanceof Long number && kind == FrameSlotKind.Long) {
            frame.setLong(slot, number);
        } else if (value instanceof Double number && kind == FrameSlotKind.Double) {
            frame.setDouble(slot, number);
        } else if (value instanceof Boolean truth && kind == FrameSlotKind.Boolean) {
            frame.setBoolean(slot, truth);
        } else {
            descriptor.setSlotKind(slot, FrameSlotKind.Object);
            Holding.pin(value);
            frame.setObject(slot, value);
        }
    }
}
