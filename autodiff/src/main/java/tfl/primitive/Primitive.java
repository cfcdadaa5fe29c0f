package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * What a primitive operation must know to do. Types are exact: promotion and broadcasting are made explicit,
 * with {@code Cast} and {@code BroadcastTo}, before a primitive is applied.
 */
public sealed interface Primitive
        permits Elementwise, Full, Iota, PhiloxBits, BroadcastTo, Reshape, Transpose, Slice, StopGradient, Pad, Concat,
                Insert, ReduceSum, ReduceProd, ReduceExtreme, ReduceLogical, ArgExtreme, Cumulative, MatMul, Gather,
                Scatter, Sort, TopK, Softmax, LogSoftmax, Standardize, RowPullback, Convolution, Pool, PoolPullback,
                Fft, Cholesky, Qr, Svd, Eigh, Eig, Lu, Solve, TriangularSolve, ControlFlow {
    /** The name that errors and printed graphs show. */
    String name();

    /**
     * The types of the results.
     *
     * @throws ShapeProblem in the user's terms, if the inputs do not fit
     */
    List<TensorType> shape(List<TensorType> inputs);

    /**
     * The meaning, in plain Java, for inputs that {@link #shape} accepted: slow, exact, the oracle of every
     * backend. By default its kernel as the reference backend, the living definition of kernels, runs it.
     */
    default List<Tensor> eval(List<Tensor> inputs) {
        return Meaning.of(this, inputs);
    }

    /** The way to a kernel for these input types. */
    Lowering lower(List<TensorType> inputs);

    /**
     * The pullback: one cotangent for each input, null where it is zero. A complex cotangent is the gradient
     * with respect to the two real parts, so linear rules conjugate.
     *
     * @param ops how to compute: at once, or into a graph
     * @param cotangents one for each output, null where it is zero; not all of them are null
     * @param wanted which inputs' cotangents are asked for; for the others the rule may answer null
     */
    <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted);

    /**
     * The pushforward: one tangent for each output, null where it is zero.
     *
     * @param tangents one for each input, of its type, null where it is zero; not all of them are null
     */
    <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents);

    /** The outputs and their tangents together, for what computes both in one go. */
    default <V> Pushed<V> push(Ops<V> ops, List<V> inputs, List<V> tangents) {
        var outputs = ops.apply(this, inputs);
        boolean smooth = outputs.stream().anyMatch(output -> ops.type(output).dtype().isDifferentiable());
        return new Pushed<>(outputs, smooth ? jvp(ops, inputs, outputs, tangents)
                : Collections.nCopies(outputs.size(), null));
    }

    /** Outputs and their tangents, null where zero. */
    record Pushed<V>(List<V> outputs, List<V> tangents) {}

    /** The same operation, giving after its outputs others that {@link #vjp} of the returned one reads. */
    default Primitive forReverse() {
        return this;
    }

    /**
     * The operation on many inputs at once, along a new axis 0.
     *
     * @param size of the new axis
     * @param mapped whether each input has the new axis; at least one has. The others serve every element
     * @return the outputs, all with the new axis
     */
    <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped);

    /** The same, where an output that does not differ from element to element need not have the new axis. */
    default <V> List<BatchOps.Mapped<V>> map(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return BatchOps.mapped(batch(ops, size, inputs, mapped));
    }

    /** What {@link #vjp} reads, for inputs of these types. */
    default Residuals residuals(List<TensorType> inputs) {
        return Residuals.BOTH;
    }

    /** Whether {@link #check} has something to look at. */
    default boolean readsTrustedData() {
        return false;
    }

    /**
     * Looks at data that a kernel trusts, such as indices, before it runs.
     *
     * @throws ShapeProblem in the user's terms
     */
    default void check(Tensor[] inputs) {}

    /** Whether it does more than give results, such as printing: it then stays where and as often as it was written. */
    default boolean hasEffect() {
        return false;
    }

    /** The programs it runs, in the order of the record's components; none for all but control flow. */
    default List<Region> regions() {
        return List.of();
    }

    /** Itself with other programs, as many and of the same types as {@link #regions}. */
    default Primitive withRegions(List<Region> regions) {
        return this;
    }
}
