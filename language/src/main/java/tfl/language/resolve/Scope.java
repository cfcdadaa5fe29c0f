package tfl.language.resolve;

import java.util.List;
import java.util.OptionalInt;
import tfl.language.source.Span;

/**
 * The frame of one function, or of a module's own code.
 *
 * @param slots the name of each slot; comprehension variables have slots of their own, perhaps with equal
 *     names
 * @param captures what is copied when the function is created
 * @param self the slot that holds the function itself on entry, if its body calls itself by name
 * @param dimensions the names of dimensions in the annotations of parameters and result
 * @param comprehended the slots of comprehension variables
 */
public record Scope(List<String> slots, List<Capture> captures, OptionalInt self,
        List<Dimension> dimensions, List<Comprehended> comprehended) {
    /**
     * Copies slot {@code outer} of the enclosing frame, when the function is created, to slot {@code inner}
     * of its own.
     */
    public record Capture(String name, int outer, int inner) {}

    /**
     * A named dimension, usable as an int in the body.
     *
     * @param isParameter whether the slot is that of a parameter, so that the size must equal its value
     */
    public record Dimension(String name, int slot, boolean isParameter) {}

    /** A comprehension variable, which its name stands for within the comprehension only. */
    public record Comprehended(int slot, Span within) {}

    public Scope {
        slots = List.copyOf(slots);
        captures = List.copyOf(captures);
        dimensions = List.copyOf(dimensions);
        comprehended = List.copyOf(comprehended);
    }

    public int slotCount() {
        return slots.size();
    }
}
