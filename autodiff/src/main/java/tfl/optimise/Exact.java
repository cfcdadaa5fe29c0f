package tfl.optimise;

import java.util.List;
import tfl.graph.Literal;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.primitive.Elementwise;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Which scalar formulas give the same bits on every backend, so that they may be computed ahead of time by their
 * meaning: those whose every step is exact or rounded once by the rules of IEEE 754. The rest (exp and its like) is
 * each library's own to the last bit. Complex numbers are left alone.
 */
final class Exact {
    private Exact() {}

    /** Whether the operation on operands of these types is exact. */
    static boolean is(Elementwise op, List<TensorType> inputs) {
        return op.bodies(inputs.stream().map(TensorType::dtype).toList()).stream().allMatch(Exact::is);
    }

    private static boolean is(ScalarExpr body) {
        var dtype = body.dtype();
        // Halves may be kept wider between two steps.
        boolean simple = dtype != DType.F16 && dtype != DType.BF16
                || body.parts().stream().allMatch(part -> part.parts().isEmpty());
        return simple && !dtype.isComplex() && body.parts().stream().allMatch(Exact::is) && switch (body) {
            case ScalarExpr.Unary(var op, var x) -> is(op, x.dtype());
            case ScalarExpr.Binary(var op, var x, _) -> is(op, x.dtype());
            case ScalarExpr.Cast(var to, var x) -> !to.isFloat() || to.bytes() >= 4 || x.dtype().bytes() < 4;
            case ScalarExpr.Select _, ScalarExpr.Input _, ScalarExpr.Constant _ -> true;
            case ScalarExpr.Index _, ScalarExpr.Stage _ -> false;
        };
    }

    private static boolean is(UnaryOp op, DType dtype) {
        return !dtype.isDifferentiable() || switch (op) {
            case NEG, ABS, FLOOR, CEIL, TRUNC, ROUND, SQRT, CONJ, REAL -> true;
            case IS_NAN, IS_INF, IS_FINITE, SIGNBIT -> true;
            default -> false;
        };
    }

    private static boolean is(BinaryOp op, DType dtype) {
        return !dtype.isDifferentiable() || switch (op) {
            case ADD, SUB, MUL, DIV, EQ, NE, LT, LE, GT, GE, COPYSIGN -> true;
            default -> false;
        };
    }

    /** What an exact operation of one result makes of literals. */
    static Literal literal(Elementwise op, List<Literal> operands, TensorType result) {
        var numbers = operands.stream().map(Exact::scalar).toList();
        var made = op.eval(numbers).getFirst();
        var literal = literal(result, made);
        made.discard();
        numbers.forEach(Tensor::discard);
        return literal;
    }

    /** The literal of a type with the first element of a tensor as its number. */
    static Literal literal(TensorType type, Tensor elements) {
        return type.dtype().isDifferentiable() ? Literal.of(type, elements.readDouble(0))
                : new Literal(type, elements.readLong(0));
    }

    /** The number of a literal as a tensor of rank 0. */
    static Tensor scalar(Literal literal) {
        var dtype = literal.type().dtype();
        return dtype.isDifferentiable() ? Tensor.scalar(dtype, literal.value()) : Tensor.scalar(dtype, literal.bits());
    }
}
