package tfl.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * A record of data, taken apart: what it is made of, and the numbers in it. Graphs that differ in nothing but sizes
 * have one form.
 *
 * @param form not to be changed, as the numbers
 */
public record Skeleton(byte[] form, long[] numbers) {
    /** None if the record holds something that is no data. */
    public static Optional<Skeleton> of(Record record) {
        return RecordWriter.skeleton(record);
    }

    /** Whether the two differ in numbers at most. */
    public boolean isLike(Skeleton other) {
        return numbers.length == other.numbers.length && Arrays.equals(form, other.form);
    }

    /**
     * The record with other numbers.
     *
     * @throws RuntimeException of any kind if no record has those
     */
    public Record with(long[] others) {
        return RecordReader.read(new Skeleton(form, others));
    }
}
