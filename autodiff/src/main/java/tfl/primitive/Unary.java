package tfl.primitive;

import java.util.List;
import java.util.Locale;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** A scalar operation of one operand, applied to each element. Its derivative is a row of {@link Slopes}. */
public record Unary(UnaryOp op) implements Elementwise {
    @Override
    public String name() {
        return op.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        var dtype = inputs.getFirst();
        var takes = takes();
        if (!takes.contains(dtype)) {
            throw Check.dtype(name(), takes.words, dtype);
        }
        return List.of(Scalars.unary(op, Scalars.input(0, dtype)));
    }

    private Domain takes() {
        return switch (op) {
            case NEG, SIGN, ABS -> Domain.NUMBERS;
            case NOT -> Domain.BITS;
            case BIT_COUNT -> Domain.INTEGERS;
            case FLOOR, CEIL, TRUNC, ROUND, SIGNBIT -> Domain.REALS;
            case SQRT, RECIPROCAL, EXP, LOG, SIN, COS, TAN, SINH, COSH, TANH -> Domain.FLOATS_OR_COMPLEX;
            case CONJ, REAL, IMAG, IS_NAN, IS_INF, IS_FINITE -> Domain.FLOATS_OR_COMPLEX;
            default -> Domain.FLOATS;
        };
    }

    /** Groups of dtypes, with the words for them. */
    enum Domain {
        NUMBERS("numbers"),
        REALS("real numbers"),
        FLOATS("floats"),
        FLOATS_OR_COMPLEX("floats or complex numbers"),
        INTEGERS("integers"),
        BITS("integers or bools");

        final String words;

        Domain(String words) {
            this.words = words;
        }

        boolean contains(DType dtype) {
            return switch (this) {
                case NUMBERS -> dtype != DType.BOOL;
                case REALS -> dtype.isFloat() || dtype.isInteger();
                case FLOATS -> dtype.isFloat();
                case FLOATS_OR_COMPLEX -> dtype.isDifferentiable();
                case INTEGERS -> dtype.isInteger();
                case BITS -> dtype == DType.BOOL || dtype.isInteger();
            };
        }
    }
}
