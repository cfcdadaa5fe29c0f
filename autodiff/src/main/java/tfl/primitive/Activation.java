package tfl.primitive;

import static tfl.primitive.Scalars.add;
import static tfl.primitive.Scalars.binary;
import static tfl.primitive.Scalars.like;
import static tfl.primitive.Scalars.mul;
import static tfl.primitive.Scalars.neg;
import static tfl.primitive.Scalars.select;
import static tfl.primitive.Scalars.unary;

import java.util.List;
import java.util.Locale;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** The activation functions of neural networks, each one formula. */
public record Activation(Function function) implements Elementwise {
    /** Which one. */
    public enum Function {
        /** {@code max(x, 0)}, slope 0 at 0. */
        RELU,
        /** {@code x * Phi(x)}, exactly, through erf. */
        GELU,
        /** The approximation of gelu by tanh. */
        GELU_TANH,
        /** {@code x * sigmoid(x)}. */
        SILU,
        /** {@code log(1 + exp(x))} without overflow. */
        SOFTPLUS,
        /** {@code log(sigmoid(x))} without overflow. */
        LOG_SIGMOID,
        /** {@code x} above 0, {@code exp(x) - 1} below. */
        ELU,
        /** {@code x * x}. */
        SQUARE,
        /** {@code x * x * x}. */
        CUBE;

        private boolean isPower() {
            return this == SQUARE || this == CUBE;
        }
    }

    @Override
    public String name() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        var dtype = inputs.getFirst();
        boolean takes = function.isPower() ? dtype != DType.BOOL : function == Function.RELU
                ? dtype.isFloat() || dtype.isInteger() : dtype.isFloat();
        if (!takes) {
            throw Check.dtype(name(), function.isPower() ? "numbers" : "floats", dtype);
        }
        return List.of(formula(Scalars.input(0, dtype)));
    }

    private ScalarExpr formula(ScalarExpr x) {
        return switch (function) {
            case RELU -> select(binary(BinaryOp.LE, x, like(x, 0)), like(x, 0), x);
            case GELU -> mul(mul(x, 0.5), add(unary(UnaryOp.ERF, mul(x, Math.sqrt(0.5))), like(x, 1)));
            case GELU_TANH -> {
                var inner = mul(add(mul(mul(mul(x, x), x), 0.044715), x), Math.sqrt(2 / Math.PI));
                yield mul(mul(x, 0.5), add(unary(UnaryOp.TANH, inner), like(x, 1)));
            }
            case SILU -> mul(x, unary(UnaryOp.SIGMOID, x));
            case SOFTPLUS -> softplus(x);
            case LOG_SIGMOID -> neg(softplus(neg(x)));
            case ELU -> {
                var below = select(binary(BinaryOp.GT, x, like(x, 0)), like(x, 0), x);
                yield select(binary(BinaryOp.GT, x, like(x, 0)), x, unary(UnaryOp.EXPM1, below));
            }
            case SQUARE -> mul(x, x);
            case CUBE -> mul(mul(x, x), x);
        };
    }

    // The maximum is written as half of x + |x|: its slope at 0 cancels the kink of |x| in the other term.
    private static ScalarExpr softplus(ScalarExpr x) {
        var magnitude = unary(UnaryOp.ABS, x);
        var tail = unary(UnaryOp.LOG1P, unary(UnaryOp.EXP, neg(magnitude)));
        return add(mul(add(x, magnitude), 0.5), tail);
    }
}
