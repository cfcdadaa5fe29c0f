package tfl.interpreter.polyglot;

import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameSlotKind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import tfl.interpreter.trace.Gathering;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.TupleValue;

/**
 * How much of Java's heap the values of a program take that can be reached from variables, in bytes and about right.
 * It stops when that is more than anybody asked for.
 */
final class Footprint {
    private static final int HEADER = 32;
    private static final int REFERENCE = 8;
    private static final int BOX = 16;
    /** Shorter texts may be counted twice. */
    private static final int LONG_TEXT = 256;

    private final long enough;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Object> open = new ArrayDeque<>();
    private long bytes;
    private long largest;
    private String largestName = "";

    Footprint(long enough) {
        this.enough = enough;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** The variable through which most of it was reached, as a person reads it. */
    synchronized String largest() {
        return largestName;
    }

    /** Adds what a function's variables hold. */
    synchronized void add(Frame frame) {
        var layout = frame.getFrameDescriptor();
        for (int slot = 0; slot < layout.getNumberOfSlots(); slot++) {
            if (frame.getTag(slot) == FrameSlotKind.Object.tag) {
                add(String.valueOf(layout.getSlotName(slot)), frame.getObject(slot));
            }
        }
        for (var argument : frame.getArguments()) {
            add("an argument", argument);
        }
    }

    synchronized void add(String name, Object root) {
        long before = bytes;
        open.add(root == null ? "" : root);
        while (!open.isEmpty() && bytes <= enough) {
            count(open.pop());
        }
        open.clear();
        if (bytes - before > largest) {
            largest = bytes - before;
            largestName = name;
        }
    }

    private void count(Object value) {
        switch (value) {
            case String text -> {
                if (text.length() < LONG_TEXT || seen.add(text)) {
                    bytes += HEADER + text.length();
                }
            }
            case Long number -> bytes += BOX;
            case Double number -> bytes += BOX;
            case TupleValue tuple -> parts(tuple, tuple.elements());
            case FieldsValue fields -> parts(fields, Arrays.asList(fields.toArray()));
            case ClosureValue closure -> captured(closure);
            case Gathering gathering -> parts(gathering, gathering.values());
            default -> { }
        }
    }

    private void captured(ClosureValue closure) {
        if (seen.add(closure)) {
            bytes += HEADER + (long) REFERENCE * closure.captures();
            for (int i = 0; i < closure.captures(); i++) {
                push(closure.captured(i));
            }
        }
    }

    private void parts(Object whole, Collection<?> parts) {
        if (seen.add(whole)) {
            bytes += HEADER + (long) REFERENCE * parts.size();
            for (var part : parts) {
                if (bytes > enough) {
                    return;
                }
                if (part instanceof Long || part instanceof Double) {
                    bytes += BOX;
                } else {
                    push(part);
                }
            }
        }
    }

    private void push(Object part) {
        if (part != null) {
            open.push(part);
        }
    }
}
