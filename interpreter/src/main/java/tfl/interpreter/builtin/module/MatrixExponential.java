package tfl.interpreter.builtin.module;

import java.util.List;
import java.util.function.UnaryOperator;
import tfl.graph.Graph;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Products;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.primitive.Solve;
import tfl.primitive.StopGradient;
import tfl.primitive.While;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Tracing;

/**
 * The exponential of a matrix by scaling and squaring. How often is up to the elements: where they are not known yet
 * both are loops of primitives, with the same numbers.
 */
final class MatrixExponential {
    // Higham, The scaling and squaring method for the matrix exponential revisited, 2005: Padé of order 13
    // and its bound.
    private static final double[] PADE =
            {64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0,
        129060195264000.0, 10559470521600.0, 670442572800.0, 33522128640.0, 1323241920.0, 40840800.0,
        960960.0, 16380.0,
        182.0, 1.0};
    private static final double PADE_BOUND = 5.371920351148152;

    private static final TensorType NUMBER = TensorType.scalar(DType.F64);
    private static final TensorType COUNT = TensorType.scalar(DType.I64);
    private static final While HALVINGS = new While(
            region(List.of(NUMBER, NUMBER, COUNT), (ops, in) -> List.of(
                    ops.binary(BinaryOp.GT, ops.multiply(in.get(0), in.get(1)), PADE_BOUND))),
            region(List.of(NUMBER, NUMBER, COUNT), (ops, in) -> List.of(
                    ops.multiply(in.get(1), 0.5), ops.add(in.get(2), 1L))), 1);

    private MatrixExponential() {}

    static TensorValue of(Tensors ops, TensorValue x) {
        if (x.type().shape().size() == 0) {
            return x;
        }
        var norm = norm(ops, x);
        return Lifted.isKnown(norm) ? known(ops, x, Lifted.plain(norm).readDouble(0)) : looped(ops, x, norm);
    }

    private static TensorValue known(Tensors ops, TensorValue x, double norm) {
        double scale = 1;
        int squarings = 0;
        while (norm * scale > PADE_BOUND) {
            scale *= 0.5;
            squarings++;
        }
        var result = pade(ops, ops.multiply(x, scale));
        for (int i = 0; i < squarings; i++) {
            result = Products.matmul(ops, result, result);
        }
        return result;
    }

    private static TensorValue looped(Tensors ops, TensorValue x, TensorValue norm) {
        var halved = ops.runAll(HALVINGS, norm, ops.full(DType.F64, Shape.SCALAR, 1.0),
                ops.full(DType.I64, Shape.SCALAR, 0L));
        var small = ops.multiply(x, ops.cast(halved.get(0), x.type().dtype()));
        return ops.runAll(squarings(x.type()), pade(ops, small), halved.get(1)).getFirst();
    }

    /** The largest sum of magnitudes of a column of any of the matrices; how it moves matters to no derivative. */
    private static TensorValue norm(Tensors ops, TensorValue x) {
        var fixed = ops.unary(UnaryOp.ABS, ops.run(new StopGradient(), x));
        int rank = x.type().shape().rank();
        var sums = Reductions.sum(ops, fixed, new int[] {rank - 2}, false, null);
        return ops.cast(Reductions.extreme(ops, true, sums, Axes.all(rank - 1), false), DType.F64);
    }

    private static While squarings(TensorType matrices) {
        var carried = List.of(matrices, COUNT);
        return new While(region(carried, (ops, in) -> List.of(ops.binary(BinaryOp.GT, in.get(1), 0L))),
                region(carried, (ops, in) -> List.of(Products.matmul(ops, in.get(0), in.get(0)),
                        ops.subtract(in.get(1), 1L))), 0);
    }

    /** A part of a loop. */
    private interface Part {
        List<TensorValue> of(Tensors ops, List<TensorValue> in);
    }

    private static Graph region(List<TensorType> types, Part part) {
        UnaryOperator<List<TensorValue>> function = in -> part.of(new Tensors(), in);
        return Tracing.of(types, function, () -> Location.NONE).graph();
    }

    private static TensorValue pade(Tensors ops, TensorValue a) {
        var one = MatrixFunctions.identity(ops, a.type());
        var a2 = Products.matmul(ops, a, a);
        var a4 = Products.matmul(ops, a2, a2);
        var a6 = Products.matmul(ops, a4, a2);
        var powers = List.of(one, a2, a4, a6);
        var odd = Products.matmul(ops, a, ops.add(Products.matmul(ops, a6, sum(ops, powers, 9, 11, 13)),
                sum(ops, powers, 1, 3, 5, 7)));
        var even = ops.add(Products.matmul(ops, a6, sum(ops, powers, 8, 10, 12)),
                sum(ops, powers, 0, 2, 4, 6));
        return ops.run(new Solve(), ops.subtract(even, odd), ops.add(even, odd));
    }

    // Behind a6 the first term is the square: the sums of orders 8 and 9 begin at a2.
    private static TensorValue sum(Tensors ops, List<TensorValue> powers, int... orders) {
        int first = orders[0] >= 8 ? 1 : 0;
        TensorValue sum = null;
        for (int i = 0; i < orders.length; i++) {
            // The largest coefficients are divided out, which leaves the quotient as it is and fits in f32.
            var term = ops.multiply(powers.get(first + i), PADE[orders[i]] / PADE[0]);
            sum = sum == null ? term : ops.add(sum, term);
        }
        return sum;
    }
}
