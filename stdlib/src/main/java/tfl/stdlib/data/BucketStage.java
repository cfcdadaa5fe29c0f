package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.value.TupleValue;

/** Elements of about one length, batched together and filled up; a bucket that is full goes out. */
final class BucketStage extends Reader {
    private final Walk walk;
    private final long key;
    private final long[] boundaries;
    private final int[] sizes;
    private final Object length;
    private final double filler;
    private final boolean dropLast;
    private final List<List<Slot>> buckets = new ArrayList<>();
    private long nextOrdinal;
    private boolean ended;

    /** An element that waits, the how many-th it was, and where it can be read again. */
    private record Slot(Object element, long ordinal, Place before) {}

    /** What a step of this kind was given. */
    record Rule(long[] boundaries, int[] sizes, Object length, double filler, boolean dropLast) {}

    BucketStage(Walk walk, StepMeter meter, Stage up, Rule rule, long key) {
        super(meter, up);
        this.walk = walk;
        this.key = key;
        this.boundaries = rule.boundaries;
        this.sizes = rule.sizes;
        this.length = rule.length;
        this.filler = rule.filler;
        this.dropLast = rule.dropLast;
        for (int i = 0; i <= boundaries.length; i++) {
            buckets.add(new ArrayList<>());
        }
    }

    /** Reads the waiting elements of a place again; {@code up} stands at the oldest of them. */
    void resume(Object place) {
        long at = Parameters.number(Parameters.part(place, 1));
        nextOrdinal = Parameters.number(Parameters.part(place, 2));
        for (var ordinal : Parameters.parts(Parameters.part(place, 3))) {
            long wanted = Parameters.number(ordinal);
            up.skip(wanted - at);
            var before = up.place();
            Object element = up.next();
            if (element == null) {
                throw DataErrors.position("the stream is shorter than when this position was taken");
            }
            buckets.get(bucket(element, wanted)).add(new Slot(element, wanted, before));
            at = wanted + 1;
        }
        up.skip(nextOrdinal - at);
    }

    private int bucket(Object element, long ordinal) {
        long measured = Parameters.isStart(length) ? Items.length(element)
                : walk.ask(meter, key, ordinal, length, element) instanceof Long number ? number : -1;
        if (measured < 0) {
            throw DataErrors.result(meter + ": element " + ordinal + " has no length; length= must give an int");
        }
        int bucket = 0;
        while (bucket < boundaries.length && measured >= boundaries[bucket]) {
            bucket++;
        }
        return bucket;
    }

    @Override
    Object advance() {
        while (!ended) {
            var before = up.place();
            Object element = up.next();
            if (element == null) {
                ended = true;
                break;
            }
            int index = bucket(element, nextOrdinal);
            var bucket = buckets.get(index);
            bucket.add(new Slot(element, nextOrdinal++, before));
            if (bucket.size() == sizes[index]) {
                return batch(bucket);
            }
        }
        for (var bucket : buckets) {
            if (!bucket.isEmpty() && !dropLast) {
                return batch(bucket);
            }
        }
        return null;
    }

    private Object batch(List<Slot> bucket) {
        var elements = bucket.stream().map(Slot::element).toList();
        Object batch = Stacking.pad(meter, bucket.getFirst().ordinal, elements, filler);
        elements.forEach(Items::drop);
        bucket.clear();
        return batch;
    }

    @Override
    Place place() {
        var waiting = buckets.stream().flatMap(List::stream)
                .sorted((a, b) -> Long.compare(a.ordinal, b.ordinal)).toList();
        var oldest = waiting.isEmpty() ? up.place() : waiting.getFirst().before;
        long start = waiting.isEmpty() ? nextOrdinal : waiting.getFirst().ordinal;
        long next = nextOrdinal;
        var ordinals = waiting.stream().map(slot -> (Object) slot.ordinal).toArray();
        return () -> TupleValue.of(oldest.plain(), start, next, new TupleValue(ordinals.clone()));
    }

    @Override
    void close() {
        buckets.forEach(bucket -> bucket.forEach(slot -> Items.drop(slot.element)));
        buckets.clear();
        super.close();
    }
}
