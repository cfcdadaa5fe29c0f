package tfl.transform;

import java.util.List;
import tfl.language.source.Location;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * One line of a tape.
 *
 * @param at where in the source the operation stands, if a graph is being written
 * @param index its place on the tape
 * @param inputs the operands as they came, some of them values of this tape
 * @param outputs the types of the results
 * @param rule how to pull cotangents back; null for a leaf
 * @param held what the tape holds for the rule
 */
record Entry(Location at, int index, List<TensorValue> inputs, List<TensorType> outputs, PullRule rule,
        List<TensorValue> held) {
    /**
     * From cotangents of the outputs (null where zero) to those of the inputs (null where zero or not
     * wanted).
     */
    @FunctionalInterface
    interface PullRule {
        List<TensorValue> pull(RuleOps ops, List<TensorValue> cotangents);
    }
}
