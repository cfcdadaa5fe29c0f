package tfl.primitive;

import tfl.tensor.Tensor;

/** The carried values of a loop that runs: held while they are needed, freed when the next ones are there. */
final class Carried {
    private Tensor[] values;
    private boolean ours;

    /** @param first the caller's */
    Carried(Tensor[] first) {
        values = first;
        for (var value : first) {
            value.retain();
        }
    }

    Tensor[] values() {
        return values;
    }

    /** Which values nobody else can see, so that a round may overwrite them; counted from bit {@code from}. */
    long donated(int from) {
        long donated = 0;
        for (int k = 0; ours && k < values.length && from + k < Long.SIZE; k++) {
            donated |= values[k].isExclusive() ? 1L << from + k : 0;
        }
        return donated;
    }

    /** Goes on with fresh values. */
    void replace(Tensor[] next) {
        for (var value : next) {
            value.retain();
        }
        letGo();
        values = next;
        ours = true;
    }

    private void letGo() {
        for (var value : values) {
            if (ours) {
                value.release();
            } else {
                value.unretain();
            }
        }
    }

    /** The values as temporaries; the caller's own come back as views. */
    Tensor[] handOn() {
        var results = values.clone();
        for (int k = 0; k < results.length; k++) {
            var value = values[k];
            if (!ours) {
                results[k] = value.asStrided(value.type(), value.strides(), value.offset());
            }
            value.unretain();
        }
        return results;
    }

    /** After a failure: nothing is handed on. */
    void drop() {
        letGo();
    }
}
