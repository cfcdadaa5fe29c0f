package tfl.stdlib.data;

import tfl.interpreter.builtin.ElementKey;

/**
 * Where a walk's randomness comes from.
 *
 * @param walk the key that the walk drew
 * @param round what tells the rounds of a repeated stream apart; 0 in the first
 */
record Seed(long walk, long round) {
    /** The seed of that round of a repetition. */
    Seed in(long number) {
        return number == 0 ? this : new Seed(ElementKey.fold(walk, number), ElementKey.fold(round, number));
    }

    /** The key of a step that draws: its own in each walk, or the one that it was given, varied by the round. */
    long of(StepMeter step, Object given) {
        if (given instanceof Long key) {
            return round == 0 ? key : ElementKey.fold(key, round);
        }
        return ElementKey.fold(walk, step.number);
    }
}
