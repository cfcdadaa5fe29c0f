package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Primitive;
import tfl.primitive.Reshape;
import tfl.primitive.Slice;
import tfl.primitive.StopGradient;
import tfl.primitive.Transpose;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Views laid one over the other, from a value to the shape in which it is read. */
record Chain(List<Primitive> moves) {
    /** The value itself. */
    static final Chain NONE = new Chain(List.of());

    /** Whether a primitive is a view that a chain can hold. */
    static boolean holds(Primitive primitive) {
        return switch (primitive) {
            case BroadcastTo move -> true;
            case Reshape move -> true;
            case Transpose move -> true;
            case Slice move -> true;
            case StopGradient move -> true;
            default -> false;
        };
    }

    /** One number for each row, repeated along the row: from the shape without its last axis. */
    static Chain ofRow(Shape space) {
        var kept = space.dims();
        kept[kept.length - 1] = 1;
        return NONE.then(new Reshape(Shape.of(kept))).then(new BroadcastTo(space));
    }

    boolean isEmpty() {
        return moves.isEmpty();
    }

    Chain then(Primitive move) {
        if (move instanceof StopGradient) {
            return this;
        }
        var all = new ArrayList<>(moves);
        all.add(move);
        return new Chain(List.copyOf(all));
    }

    Chain then(Chain outer) {
        if (isEmpty() || outer.isEmpty()) {
            return isEmpty() ? outer : this;
        }
        var all = new ArrayList<>(moves);
        all.addAll(outer.moves);
        return new Chain(List.copyOf(all));
    }

    /** The type of what a value of that type looks like. */
    TensorType type(TensorType of) {
        var type = of;
        for (var move : moves) {
            type = move.shape(List.of(type)).getFirst();
        }
        return type;
    }

    /** How a dense value of that shape lies when seen so; null where it cannot be a view. */
    Strided over(Shape shape) {
        var strided = Strided.dense(shape);
        for (var move : moves) {
            strided = strided == null ? null : strided.through(move);
        }
        return strided;
    }

    /** The position along one axis of the value, from the positions of who looks. */
    ScalarExpr index(Shape of, int axis) {
        var shapes = new ArrayList<Shape>(List.of(of));
        var type = new TensorType(DType.I64, of);
        for (var move : moves) {
            type = move.shape(List.of(type)).getFirst();
            shapes.add(type.shape());
        }
        var at = new ArrayList<ScalarExpr>();
        for (int k = 0; k < type.shape().rank(); k++) {
            at.add(new ScalarExpr.Index(k));
        }
        List<ScalarExpr> coordinates = at;
        for (int k = moves.size() - 1; k >= 0; k--) {
            coordinates = before(moves.get(k), shapes.get(k), shapes.get(k + 1), coordinates);
        }
        return coordinates.get(axis);
    }

    /** The index in the operand of the element at an index of the view. */
    private static List<ScalarExpr> before(Primitive move, Shape from, Shape to, List<ScalarExpr> at) {
        var result = new ArrayList<ScalarExpr>();
        for (int axis = 0; axis < from.rank(); axis++) {
            int own = axis;
            result.add(from.dim(axis) == 1 ? number(0) : switch (move) {
                case BroadcastTo broadcast -> at.get(axis + to.rank() - from.rank());
                case Transpose(var order) -> at.get(order.indexOf(own));
                case Slice slice -> plus(times(at.get(axis), slice.step().get(axis)), slice.start().get(axis));
                default -> regrouped(from, axis, to, at);
            });
        }
        return result;
    }

    private static ScalarExpr regrouped(Shape from, int axis, Shape to, List<ScalarExpr> at) {
        long step = from.strides()[axis];
        for (int k = 0; k < to.rank(); k++) {
            if (to.dim(k) == from.dim(axis) && to.strides()[k] == step) {
                return at.get(k);
            }
        }
        ScalarExpr position = number(0);
        for (int k = 0; k < to.rank(); k++) {
            if (to.dim(k) != 1) {
                var part = times(at.get(k), to.strides()[k]);
                position = position.equals(number(0)) ? part : new ScalarExpr.Binary(BinaryOp.ADD, position, part);
            }
        }
        var quotient = step == 1 ? position : new ScalarExpr.Binary(BinaryOp.FLOOR_DIV, position, number(step));
        return new ScalarExpr.Binary(BinaryOp.MOD, quotient, number(from.dim(axis)));
    }

    private static ScalarExpr number(long value) {
        return new ScalarExpr.Constant(value, DType.I64);
    }

    private static ScalarExpr times(ScalarExpr x, long factor) {
        return factor == 1 ? x : new ScalarExpr.Binary(BinaryOp.MUL, x, number(factor));
    }

    private static ScalarExpr plus(ScalarExpr x, long summand) {
        return summand == 0 ? x : new ScalarExpr.Binary(BinaryOp.ADD, x, number(summand));
    }
}
