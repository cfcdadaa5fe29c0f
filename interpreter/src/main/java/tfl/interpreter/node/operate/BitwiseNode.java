package tfl.interpreter.node.operate;

import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Idempotent;
import com.oracle.truffle.api.dsl.Specialization;
import tfl.language.ast.BinaryOperator;

/** {@code & | ^ << >>} of ints, and {@code & | ^} of bools. */
public abstract class BitwiseNode extends BinaryNode {
    protected BitwiseNode(BinaryOperator operator) {
        super(operator);
    }

    @Specialization
    long ints(long left, long right) {
        return switch (operator) {
            case BITWISE_AND -> left & right;
            case BITWISE_OR -> left | right;
            case BITWISE_XOR -> left ^ right;
            case SHIFT_LEFT -> shiftLeft(left, right);
            default -> left >> checked(right);
        };
    }

    @Specialization(guards = "isLogic()")
    boolean bools(boolean left, boolean right) {
        return switch (operator) {
            case BITWISE_AND -> left & right;
            case BITWISE_OR -> left | right;
            default -> left ^ right;
        };
    }

    @Fallback
    Object others(Object left, Object right) {
        return general(left, right);
    }

    @Idempotent
    protected final boolean isLogic() {
        return operator != BinaryOperator.SHIFT_LEFT && operator != BinaryOperator.SHIFT_RIGHT;
    }

    private long shiftLeft(long left, long right) {
        long amount = checked(right);
        long result = left << amount;
        if (result >> amount != left || amount > 62 && left != 0) {
            throw overflow(left, right);
        }
        return result;
    }

    private long checked(long amount) {
        if (amount < 0) {
            throw arithmetic("TFL-E0233", "a shift by the negative amount " + amount, "shift the other way");
        }
        return Math.min(amount, 63);
    }
}
