package tfl.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * One unit of work for a backend. Shapes are not part of a kernel; they come with the inputs.
 *
 * <p>All inputs of a {@link Loop}, {@link Reduce}, {@link Rows} or {@link Iterate} have the iteration's shape; who
 * broadcasts does so with zero strides first.
 */
public sealed interface Kernel {
    /** {@code out[i] = body(in0[i], in1[i], ...)} for each output; all outputs have the inputs' shape. */
    record Loop(List<DType> inputs, List<ScalarExpr> bodies) implements Kernel {}

    /**
     * {@code out = fold(body(in...))} over the given axes, ascending and distinct. The output drops those axes. Sums
     * and
     * products accumulate in {@code accumulator} and are then converted to {@code output}. {@code body} has the
     * accumulator's dtype, save for ARG_MAX and ARG_MIN, which take one axis (or all, in row-major order) and give i64.
     */
    record Reduce(List<DType> inputs, ScalarExpr body, Fold fold, List<Integer> axes, DType accumulator, DType output)
            implements Kernel {}

    /** How a reduction joins two elements. NaN wins MAX, MIN, ARG_MAX and ARG_MIN; ties go to the first. */
    enum Fold { SUM, PROD, MAX, MIN, ANY, ALL, ARG_MAX, ARG_MIN }

    /**
     * Rows along the last axis: each stage folds a body over the row into one value, which later bodies read as
     * {@link ScalarExpr.Stage}; then every output's body is written for each element. Softmax is
     * {@code [max(x), sum(exp(x - s0))], exp(x - s0) / s1}. After these outputs come the totals, one number for each
     * row, without the last axis; they are evaluated at the row's first element, so rows are not empty where there
     * are totals.
     */
    record Rows(List<DType> inputs, List<RowStage> stages, List<ScalarExpr> bodies, List<ScalarExpr> totals)
            implements Kernel {
        /** Without totals. */
        public Rows(List<DType> inputs, List<RowStage> stages, List<ScalarExpr> bodies) {
            this(inputs, stages, bodies, List.of());
        }
    }

    /**
     * One fold over a row; fold is SUM, PROD, MAX or MIN, or null for a plain scalar step, computed once, at the row's
     * first element.
     */
    record RowStage(ScalarExpr body, Fold fold) {
        /** Whether it is computed once for the row, rather than folded over its elements. */
        public boolean isStep() {
            return fold == null;
        }
    }

    /**
     * A loop that each element goes round on its own: state k is input k at first, and {@code bodies.get(k)} of states
     * and inputs after each round. Behind the states, which have one shape, come sequences, of which every round reads
     * the next row along axis 0 (from the last one on where {@code reverse} is), then inputs of that shape. The outputs
     * are the states after all rounds, then for each further body its values of all rounds, as rows.
     */
    record Iterate(List<DType> inputs, int states, int sequences, List<ScalarExpr> bodies, long rounds, boolean reverse)
            implements Kernel {
        /** Whether an input has a row for each round. */
        public boolean isSequence(int input) {
            return input >= states && input < states + sequences;
        }

        /** A type with a row for each round. */
        public TensorType rows(TensorType row) {
            var dims = LongStream.concat(LongStream.of(rounds), LongStream.of(row.shape().dims())).toArray();
            return new TensorType(row.dtype(), Shape.of(dims));
        }
    }

    /** A running fold (SUM, PROD, MAX or MIN) along an axis; the output has the input's shape. */
    record Scan(DType input, Fold fold, int axis, boolean reverse, boolean exclusive, DType output) implements Kernel {}

    /**
     * Batched matrix product: {@code [batch..., m, k] x [batch..., k, n] -> [batch..., m, n]}. Batch axes were
     * broadcast by zero strides; any strides are accepted.
     */
    record Contract(DType dtype) implements Kernel {}

    /**
     * Products and kernels of their rows, by panels of rows, so that what lies between is never whole: a product of
     * which a fold or a comparison is wanted, {@code rows(a @ b) @ c}, which is attention, or what attention's gradient
     * is made of.
     *
     * <p>All values that are read row by row have the same rows, {@code [batch..., m]} and another axis. Values by
     * number are the inputs and then the results of the steps; what an {@link PanelStep.Accumulate} and a fold give is
     * read by no step.
     *
     * @param inputs how many there are
     * @param results which values are the outputs
     */
    record Product(int inputs, List<PanelStep> steps, List<Integer> results) implements Kernel {
        /** The types of all values. */
        public List<TensorType> values(List<TensorType> inputs) {
            var values = new ArrayList<>(inputs);
            steps.forEach(step -> values.addAll(step.results(values)));
            return List.copyOf(values);
        }

        /** Whether rows are multiplied once more after a kernel of them, as in attention. */
        public boolean isAttention() {
            return steps.subList(1, steps.size()).stream().anyMatch(PanelStep.Multiply.class::isInstance);
        }

        /** Whether it sums over rows, as the gradient of attention does. */
        public boolean accumulates() {
            return steps.stream().anyMatch(PanelStep.Accumulate.class::isInstance);
        }
    }

    /**
     * {@code out[i..., j...] = in0[index0[i...], index1[i...], ..., j...]}: input 0 is the source, the others are i64
     * indices of one shape, one for each of the source's leading axes; already checked to be in bounds and not
     * negative.
     */
    record Gather(DType dtype, int indexed) implements Kernel {}

    /**
     * The reverse: a copy of input 0 in which {@code out[index0[i...], ..., j...]} is combined with input 1 at
     * {@code [i..., j...]}; inputs 2... are the indices. Repeated indices: SET keeps the last, the others combine all.
     */
    record Scatter(DType dtype, int indexed, Combine combine) implements Kernel {}

    /** How scattered elements meet those that are there. */
    enum Combine { SET, ADD, MUL, MAX, MIN }

    /**
     * A tensor put together from windows: the output is filled with {@code fill}, or is a copy of input 0 where {@code
     * fill} is null; then each further input k is written at {@code start + i * step} of window k, in order. Serves
     * padding, concatenation and index assignment. Windows lie inside the output. Starts change from call to call, so a
     * backend should not generate code for each; a donated input 0 is written in place.
     */
    record Assemble(DType dtype, ScalarExpr.Constant fill, List<Window> windows) implements Kernel {}

    /** Where one input of {@link Assemble} goes: one start and one step (not zero) for each axis of the output. */
    record Window(List<Long> start, List<Long> step) {}

    /** A dense row-major copy of a strided input. */
    record Copy(DType dtype) implements Kernel {}

    /** Work that a library of its own field does best. */
    record LibraryCall(Routine routine) implements Kernel {}
}
