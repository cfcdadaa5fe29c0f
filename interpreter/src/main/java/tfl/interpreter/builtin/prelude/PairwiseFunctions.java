package tfl.interpreter.builtin.prelude;

import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/** Functions of two elements, one from each operand, and of three. */
final class PairwiseFunctions {
    private PairwiseFunctions() {}

    static List<Builtin> rows() {
        var rows = Rows.ofNumbers("prelude");
        operators(rows);
        comparisons(rows);
        logic(rows);
        real(rows, "maximum", BinaryOp.MAX, "The larger of two elements; nan if one is.");
        real(rows, "minimum", BinaryOp.MIN, "The smaller of two elements; nan if one is.");
        floating(rows, "atan2", BinaryOp.ATAN2, "y, x", "The angle of the point (x, y).");
        floating(rows, "hypot", BinaryOp.HYPOT, "x, y", "sqrt(x * x + y * y) without overflow.");
        floating(rows, "copysign", BinaryOp.COPYSIGN, "x, y", "The magnitude of x with the sign of y.");
        floating(rows, "nextafter", BinaryOp.NEXTAFTER, "x, y", "The next float after x towards y.");
        floating(rows, "logaddexp", BinaryOp.LOGADDEXP, "x, y", "log(exp(x) + exp(y)) without overflow.");
        rows.add("complex", "re, im", "A complex number from its parts.",
                call -> call.ops().binary(BinaryOp.COMPLEX,
                call.operand(0), call.operand(1), DType.F32));
        rows.add("where", "condition, yes=none, no=none",
                "Elements of yes where the condition holds, else of no; alone, the indices where it holds.",
                PairwiseFunctions::where);
        rows.add("lerp", "a, b, t", "a + t * (b - a).", call -> {
            var ops = call.ops();
            var a = call.operand(0);
            return call.unwrapped(ops.add(a,
                    ops.multiply(call.operand(2), ops.subtract(call.operand(1), a))));
        });
        return rows.list();
    }

    private static void operators(Rows rows) {
        operator(rows, "add", BinaryOperator.ADD);
        operator(rows, "subtract", BinaryOperator.SUBTRACT);
        operator(rows, "multiply", BinaryOperator.MULTIPLY);
        operator(rows, "divide", BinaryOperator.DIVIDE);
        operator(rows, "floor_divide", BinaryOperator.FLOOR_DIVIDE);
        operator(rows, "remainder", BinaryOperator.REMAINDER);
        operator(rows, "pow", BinaryOperator.POWER);
        operator(rows, "bitwise_and", BinaryOperator.BITWISE_AND);
        operator(rows, "bitwise_or", BinaryOperator.BITWISE_OR);
        operator(rows, "bitwise_xor", BinaryOperator.BITWISE_XOR);
        operator(rows, "bitwise_left_shift", BinaryOperator.SHIFT_LEFT);
        operator(rows, "bitwise_right_shift", BinaryOperator.SHIFT_RIGHT);
    }

    private static void operator(Rows rows, String name, BinaryOperator operator) {
        rows.add(name, "x, y", "x " + operator.symbol() + " y.",
                call -> Operators.binary(operator, call.operand(0), call.operand(1)));
    }

    private static void comparisons(Rows rows) {
        comparison(rows, "equal", ComparisonOperator.EQUAL);
        comparison(rows, "not_equal", ComparisonOperator.NOT_EQUAL);
        comparison(rows, "less", ComparisonOperator.LESS);
        comparison(rows, "less_equal", ComparisonOperator.LESS_EQUAL);
        comparison(rows, "greater", ComparisonOperator.GREATER);
        comparison(rows, "greater_equal", ComparisonOperator.GREATER_EQUAL);
    }

    private static void comparison(Rows rows, String name, ComparisonOperator operator) {
        rows.add(name, "x, y", "x " + operator.symbol() + " y, elementwise.",
                call -> Operators.compare(operator, call.operand(0), call.operand(1)));
    }

    private static void logic(Rows rows) {
        logical(rows, "logical_and", BinaryOp.AND, "Whether both elements are true (not zero).");
        logical(rows, "logical_or", BinaryOp.OR, "Whether one element is true (not zero).");
        logical(rows, "logical_xor", BinaryOp.XOR, "Whether exactly one element is true (not zero).");
    }

    private static void logical(Rows rows, String name, BinaryOp op, String doc) {
        rows.add(name, "x, y", doc, call -> call.unwrapped(
                call.ops().binary(op, truth(call, 0), truth(call, 1), DType.BOOL)));
    }

    private static TensorValue truth(Call call, int index) {
        return call.ops().cast(call.tensor(index), DType.BOOL);
    }

    private static void real(Rows rows, String name, BinaryOp op, String doc) {
        rows.add(name, "x, y", doc, call -> {
            return call.unwrapped(call.ops().binary(op, call.operand(0), call.operand(1)));
        });
    }

    private static void floating(Rows rows, String name, BinaryOp op, String parameters, String doc) {
        rows.add(name, parameters, doc, call -> {
            var dtype = call.isNumber(0) && call.isNumber(1) ? DType.F64
                    : Promotion.floating(Tensors.meet(call.operand(0), call.operand(1)));
            return call.unwrapped(call.ops().binary(op, call.operand(0), call.operand(1), dtype));
        });
    }

    private static Object where(Call call) {
        if (call.isNone(1) != call.isNone(2)) {
            throw call.fail("yes and no go together", "where(condition) alone gives the indices");
        }
        if (call.isNone(1)) {
            return SearchingFunctions.nonzero(call);
        }
        var condition = call.ops().cast(call.tensor(0), DType.BOOL);
        return call.ops().select(condition, call.operand(1), call.operand(2));
    }
}
