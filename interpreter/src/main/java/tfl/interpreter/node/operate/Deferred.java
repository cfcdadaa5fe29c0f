package tfl.interpreter.node.operate;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.tensor.Broadcast;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.Holding;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.language.ast.BinaryOperator;
import tfl.primitive.Fused;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * Arithmetic on large tensors whose result only the surrounding operator will read: it is put off, so that the
 * whole expression is one pass over memory. Each operation is rounded as it would be alone. A deferred value
 * goes from an operator to the one around it and nowhere else.
 */
final class Deferred {
    /** Elements from which on a pass over memory costs more than putting the kernel together. */
    private static final long WORTHWHILE = 8192;
    /** Longer expressions are cut, so that no kernel takes long to compile. */
    private static final int LARGEST = 32;

    private final BinaryOp operation;
    private final Object left;
    private final Object right;
    private final TensorType type;
    private final int size;

    private Deferred(BinaryOp operation, Object left, Object right, TensorType type) {
        this.operation = operation;
        this.left = left;
        this.right = right;
        this.type = type;
        this.size = 1 + size(left) + size(right);
    }

    /** Whether an operand is of a size for which this is meant. */
    static boolean isLarge(Object operand) {
        return operand instanceof Tensor tensor ? tensor.size() >= WORTHWHILE : operand instanceof Deferred;
    }

    static boolean fuses(BinaryOperator operator) {
        return operation(operator) != null;
    }

    /** The elementwise operation of an operator that fuses, else null. */
    static BinaryOp operation(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> BinaryOp.ADD;
            case SUBTRACT -> BinaryOp.SUB;
            case MULTIPLY -> BinaryOp.MUL;
            case DIVIDE -> BinaryOp.DIV;
            default -> null;
        };
    }

    /**
     * The operation put off, or null where it has to be done at once: unless the operands are tensors of one
     * dtype, f32 or f64, deferred values or numbers, and fit.
     */
    static Deferred of(BinaryOperator operator, Object left, Object right) {
        var dtype = dtype(left);
        var other = dtype(right);
        var common = dtype == null ? other : dtype;
        boolean fits = common != null && (dtype == other || dtype == null && isNumber(left)
                || other == null && isNumber(right));
        if (!fits || size(left) + size(right) >= LARGEST) {
            return null;
        }
        var shape = shape(left, right);
        return shape == null ? null : new Deferred(operation(operator), left, right, new TensorType(common, shape));
    }

    private static DType dtype(Object operand) {
        var dtype = switch (operand) {
            case Tensor tensor -> tensor.dtype();
            case Deferred deferred -> deferred.type.dtype();
            default -> null;
        };
        return dtype == DType.F32 || dtype == DType.F64 ? dtype : null;
    }

    private static boolean isNumber(Object operand) {
        return operand instanceof Double || operand instanceof Long;
    }

    private static Shape shape(Object left, Object right) {
        try {
            return Broadcast.of(shape(left), shape(right));
        } catch (ShapeProblem unfit) {
            return null;
        }
    }

    private static Shape shape(Object operand) {
        return operand instanceof Deferred deferred ? deferred.type.shape() : Tensors.shape(operand);
    }

    private static int size(Object operand) {
        return operand instanceof Deferred deferred ? deferred.size : 0;
    }

    /** The value of an operand, whether it was put off or not. */
    static Object value(Object operand) {
        return operand instanceof Deferred deferred ? deferred.compute() : operand;
    }

    /** Whether it saves a pass or memory to compute this as a whole. */
    boolean pays() {
        return size > 1 || mayHoldResult(left) || mayHoldResult(right);
    }

    private boolean mayHoldResult(Object operand) {
        return operand instanceof Tensor tensor && tensor.isTemporary() && tensor.isContiguous()
                && tensor.type().equals(type);
    }

    /** Does all that was put off; uses up temporaries. */
    TensorValue compute() {
        var leaves = new ArrayList<>();
        var body = expression(this, leaves);
        var result = Tensors.work(ops -> {
            var inputs = new Tensor[leaves.size()];
            int donated = 0;
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = (Tensor) ops.as(leaves.get(i), type.dtype(), type.shape());
                donated |= mayHoldResult(leaves.get(i)) ? 1 << i : 0;
            }
            return ops.run(new Fused("arithmetic", List.of(body)), donated, inputs);
        });
        leaves.forEach(leaf -> Holding.discardAfter(leaf, result));
        return result;
    }

    private static ScalarExpr expression(Deferred deferred, List<Object> leaves) {
        return new ScalarExpr.Binary(deferred.operation, deferred.operand(deferred.left, leaves),
                deferred.operand(deferred.right, leaves));
    }

    private ScalarExpr operand(Object operand, List<Object> leaves) {
        if (operand instanceof Deferred inner) {
            return expression(inner, leaves);
        }
        int index = 0;
        while (index < leaves.size() && leaves.get(index) != operand) {
            index++;
        }
        if (index == leaves.size()) {
            leaves.add(operand);
        }
        return new ScalarExpr.Input(index, type.dtype());
    }
}
