package tfl.interpreter.measure;

import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/**
 * The sum of all numbers of a result, each weighted by its place, so that equal results have equal sums. Numbers count
 * in the order in which they stand; those of tuples, records and structs one after the other, of a complex number the
 * real part, then the imaginary one.
 */
final class Checksum {
    private static final int WEIGHTS = 7;

    private double sum;
    private double magnitude;
    private long place;

    void add(Object value) {
        switch (value) {
            case Tensor tensor -> elements(tensor);
            case Long number -> number(number);
            case Double number -> number(number);
            case Boolean truth -> number(truth ? 1 : 0);
            case TupleValue tuple -> all(tuple.toArray());
            case RecordValue record -> all(record.toArray());
            case StructValue struct -> all(struct.toArray());
            case null, default -> { }
        }
    }

    private void all(Object[] parts) {
        for (var part : parts) {
            add(part);
        }
    }

    private void elements(Tensor tensor) {
        if (tensor.dtype().isComplex()) {
            for (long k = 0; k < tensor.size(); k++) {
                number(tensor.readDouble(k));
                number(tensor.readImaginary(k));
            }
        } else {
            for (double element : tensor.toDoubles()) {
                number(element);
            }
        }
    }

    private void number(double number) {
        double weighted = number * (1 + place++ % WEIGHTS / (WEIGHTS + 1.0));
        sum += weighted;
        magnitude += Math.abs(weighted);
    }

    double sum() {
        return sum;
    }

    /** The same of the numbers' magnitudes: what a difference of two sums is held against. */
    double magnitude() {
        return magnitude;
    }
}
