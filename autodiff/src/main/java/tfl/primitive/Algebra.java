package tfl.primitive;

import java.util.List;
import java.util.stream.IntStream;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** The formulas of derivative rules, written short. Null stands for zero where a sum meets one. */
record Algebra<V>(Ops<V> ops) {
    static <V> Algebra<V> of(Ops<V> ops) {
        return new Algebra<>(ops);
    }

    Shape shape(V x) {
        return ops.type(x).shape();
    }

    DType dtype(V x) {
        return ops.type(x).dtype();
    }

    int rank(V x) {
        return shape(x).rank();
    }

    V zeros(V like) {
        return ops.full(ops.type(like), 0);
    }

    /** The tangent; zeros of the primal's type for null. */
    V orZeros(V tangent, V primal) {
        return tangent == null ? zeros(primal) : tangent;
    }

    /** The tangents; zeros of the primals' types for null. */
    List<V> orZeros(List<V> tangents, List<V> primals) {
        return IntStream.range(0, primals.size()).mapToObj(k -> orZeros(tangents.get(k), primals.get(k))).toList();
    }

    V ones(V like) {
        return ops.full(ops.type(like), 1);
    }

    V binary(BinaryOp op, V x, V y) {
        return ops.call(new Binary(op), x, y);
    }

    V unary(UnaryOp op, V x) {
        return ops.call(new Unary(op), x);
    }

    /** The sum; null is zero. */
    V add(V x, V y) {
        return x == null ? y : y == null ? x : binary(BinaryOp.ADD, x, y);
    }

    V sub(V x, V y) {
        return binary(BinaryOp.SUB, x, y);
    }

    V mul(V x, V y) {
        return binary(BinaryOp.MUL, x, y);
    }

    V div(V x, V y) {
        return binary(BinaryOp.DIV, x, y);
    }

    V neg(V x) {
        return x == null ? null : unary(UnaryOp.NEG, x);
    }

    V scale(V x, double factor) {
        return mul(x, ops.full(ops.type(x), factor));
    }

    V conj(V x) {
        return dtype(x).isComplex() ? unary(UnaryOp.CONJ, x) : x;
    }

    /** In that dtype. */
    V as(DType dtype, V x) {
        return dtype(x) == dtype ? x : ops.call(new Cast(dtype), x);
    }

    V real(V x) {
        return dtype(x).isComplex() ? unary(UnaryOp.REAL, x) : x;
    }

    V timesConj(V x, V y) {
        return mul(x, conj(y));
    }

    V divConj(V x, V y) {
        return div(x, conj(y));
    }

    /** The last two axes swapped. */
    V transpose(V x) {
        return ops.call(Transpose.matrices(rank(x)), x);
    }

    /** The conjugate transpose. */
    V adjoint(V x) {
        return conj(transpose(x));
    }

    /** Batched matrix product. */
    V matmul(V x, V y) {
        return ops.call(new MatMul(), x, y);
    }

    V sum(V x, int... axes) {
        return ops.call(new ReduceSum(java.util.Arrays.stream(axes).boxed().toList()), x);
    }

    V sum(V x, List<Integer> axes) {
        return ops.call(new ReduceSum(axes), x);
    }

    V reshape(V x, Shape to) {
        return shape(x).equals(to) ? x : ops.call(new Reshape(to), x);
    }

    V broadcast(V x, Shape to) {
        return shape(x).equals(to) ? x : ops.call(new BroadcastTo(to), x);
    }

    /** The same with an axis of size 1 at the end: a vector becomes a column. */
    V column(V x) {
        return reshape(x, expand(shape(x), rank(x)));
    }

    /** The same with an axis of size 1 before the last: a vector becomes a row. */
    V row(V x) {
        return reshape(x, expand(shape(x), rank(x) - 1));
    }

    static Shape expand(Shape shape, int at) {
        var dims = new long[shape.rank() + 1];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = axis == at ? 1 : shape.dim(axis < at ? axis : axis - 1);
        }
        return Shape.of(dims);
    }

    V select(V condition, V yes, V no) {
        return ops.call(new Select(), condition, yes, no);
    }

    /** i64, each element its position along an axis. */
    V positions(Shape shape, int axis) {
        var dims = new long[shape.rank()];
        java.util.Arrays.fill(dims, 1);
        dims[axis] = shape.dim(axis);
        var line = ops.apply(new Iota(new TensorType(DType.I64, Shape.of(dims)), axis), List.of()).getFirst();
        return broadcast(line, shape);
    }

    /** For matrices of that shape: whether column - row relates so to an offset. */
    V triangle(Shape shape, BinaryOp relation, long offset) {
        int rank = shape.rank();
        var distance = sub(positions(shape, rank - 1), positions(shape, rank - 2));
        return binary(relation, distance, ops.full(ops.type(distance), offset));
    }

    /** The elements on and below the diagonal, zero elsewhere. */
    V lower(V x) {
        return select(triangle(shape(x), BinaryOp.LE, 0), x, zeros(x));
    }

    /** The elements below the diagonal, zero elsewhere. */
    V strictlyLower(V x) {
        return select(triangle(shape(x), BinaryOp.LT, 0), x, zeros(x));
    }

    /** The elements on and above the diagonal, zero elsewhere. */
    V upper(V x) {
        return select(triangle(shape(x), BinaryOp.GE, 0), x, zeros(x));
    }

    /** Elements of the diagonal times a factor, others unchanged. */
    V scaleDiagonal(V x, double factor) {
        return select(triangle(shape(x), BinaryOp.EQ, 0), factor == 0 ? zeros(x) : scale(x, factor), x);
    }

    /** Identity matrices of that type. */
    V identity(TensorType type) {
        return select(triangle(type.shape(), BinaryOp.EQ, 0), ops.full(type, 1), ops.full(type, 0));
    }
}
