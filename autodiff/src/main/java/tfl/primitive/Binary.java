package tfl.primitive;

import java.util.List;
import java.util.Locale;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/** A scalar operation of two operands of one type, applied to each pair of elements. */
public record Binary(BinaryOp op) implements Elementwise {
    @Override
    public String name() {
        return op.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        var left = inputs.getFirst();
        var right = inputs.getLast();
        if (left != right) {
            throw new ShapeProblem("TFL-E0303", name() + ": {0} is " + left + ", {1} is " + right,
                    "convert one of them: {1}.astype(" + left + ")", "the left operand", "the right operand");
        }
        if (!takes(left)) {
            throw Check.dtype(name(), words(), left);
        }
        return List.of(Scalars.binary(op, Scalars.input(0, left), Scalars.input(1, left)));
    }

    private boolean takes(DType dtype) {
        return switch (op) {
            case EQ, NE -> true;
            case MAX, MIN, LT, LE, GT, GE -> !dtype.isComplex();
            case ADD, SUB, MUL -> dtype != DType.BOOL;
            case DIV, POW -> dtype.isDifferentiable() || op == BinaryOp.POW && dtype.isInteger();
            case FLOOR_DIV, MOD -> dtype.isFloat() || dtype.isInteger();
            case ATAN2, HYPOT, COPYSIGN, NEXTAFTER, LOGADDEXP -> dtype.isFloat();
            case AND, OR, XOR -> dtype == DType.BOOL || dtype.isInteger();
            case SHIFT_LEFT, SHIFT_RIGHT -> dtype.isInteger();
            case COMPLEX -> dtype == DType.F32;
        };
    }

    private String words() {
        return switch (op) {
            case EQ, NE -> "anything";
            case MAX, MIN, LT, LE, GT, GE -> "ordered numbers";
            case ADD, SUB, MUL -> "numbers";
            case DIV -> "floats or complex numbers";
            case POW -> "numbers";
            case FLOOR_DIV, MOD -> "real numbers";
            case ATAN2, HYPOT, COPYSIGN, NEXTAFTER, LOGADDEXP -> "floats";
            case AND, OR, XOR -> "integers or bools";
            case SHIFT_LEFT, SHIFT_RIGHT -> "integers";
            case COMPLEX -> "f32";
        };
    }
}
