package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.interpreter.builtin.ElementKey;
import tfl.interpreter.value.TupleValue;

/**
 * Random order within a window: a random element of the window goes out, the last one takes its place, and the next
 * one from above is added. Which number is drawn depends on the key and on how many were drawn before, so a place needs
 * no elements: it says which ones the window holds, and they are read again.
 */
final class ShuffleStage extends Reader {
    private static final int SHORTEST_STRETCH = 64;
    private final int size;
    private final long key;
    private final List<Slot> window = new ArrayList<>();
    private long nextOrdinal;
    private long drawn;
    private long end = -1;
    private Stretch stretch;

    /** An element that waits, the how many-th it was, and where it can be read again. */
    private record Slot(Object element, long ordinal, Place before) {}

    /**
     * The window at some time, from which the draws since then can be replayed with numbers alone.
     *
     * @param oldest where the element numbered {@code start} can be read
     */
    private record Stretch(long[] ordinals, long next, long drawn, long start, Place oldest) {}

    ShuffleStage(StepMeter meter, Stage up, int size, long key) {
        super(meter, up);
        this.size = size;
        this.key = key;
        this.stretch = begin();
    }

    /** Reads the window of a place again; {@code up} stands at the oldest element of it. */
    void resume(Object place) {
        drawn = Parameters.number(Parameters.part(place, 1));
        long at = Parameters.number(Parameters.part(place, 2));
        nextOrdinal = Parameters.number(Parameters.part(place, 3));
        var ordinals = Arrays.stream(Parameters.parts(Parameters.part(place, 4))).mapToLong(Parameters::number)
                .toArray();
        var slots = new Slot[ordinals.length];
        int[] order = IntStream.range(0, ordinals.length).boxed()
                .sorted((a, b) -> Long.compare(ordinals[a], ordinals[b])).mapToInt(i -> i).toArray();
        for (int slot : order) {
            up.skip(ordinals[slot] - at);
            var before = up.place();
            slots[slot] = new Slot(up.next(), ordinals[slot], before);
            at = ordinals[slot] + 1;
            if (slots[slot].element == null) {
                throw DataErrors.position("the stream is shorter than when this position was taken");
            }
        }
        up.skip(nextOrdinal - at);
        window.addAll(List.of(slots));
        stretch = begin();
    }

    @Override
    Object advance() {
        while (window.size() < size && end < 0) {
            var before = up.place();
            Object element = up.next();
            if (element == null) {
                end = nextOrdinal;
            } else {
                window.add(new Slot(element, nextOrdinal++, before));
            }
        }
        if (window.isEmpty()) {
            return null;
        }
        int pick = ElementKey.draw(key, drawn++, window.size());
        var picked = window.get(pick);
        var last = window.removeLast();
        if (pick < window.size()) {
            window.set(pick, last);
        }
        meter.buffer = window.size();
        if (drawn - stretch.drawn >= Math.max(SHORTEST_STRETCH, size)) {
            stretch = begin();
        }
        return picked.element;
    }

    private Stretch begin() {
        Slot oldest = null;
        for (var slot : window) {
            oldest = oldest == null || slot.ordinal < oldest.ordinal ? slot : oldest;
        }
        return new Stretch(window.stream().mapToLong(Slot::ordinal).toArray(), nextOrdinal, drawn,
                oldest == null ? nextOrdinal : oldest.ordinal, oldest == null ? up.place() : oldest.before);
    }

    @Override
    Place place() {
        var from = stretch;
        long to = drawn;
        long known = end;
        return () -> replayed(from, to, known);
    }

    private Object replayed(Stretch from, long to, long known) {
        var ordinals = new ArrayList<Long>(Arrays.stream(from.ordinals).boxed().toList());
        long next = from.next;
        for (long draw = from.drawn; draw < to; draw++) {
            while (ordinals.size() < size && (known < 0 || next < known)) {
                ordinals.add(next++);
            }
            int pick = ElementKey.draw(key, draw, ordinals.size());
            var last = ordinals.removeLast();
            if (pick < ordinals.size()) {
                ordinals.set(pick, last);
            }
        }
        var held = ordinals.stream().map(Object.class::cast).toArray();
        return TupleValue.of(from.oldest.plain(), to, from.start, next, new TupleValue(held));
    }

    @Override
    void close() {
        window.forEach(slot -> Items.drop(slot.element));
        window.clear();
        super.close();
    }
}
