package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeChild;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Place;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.OperandNames;
import tfl.interpreter.value.Holding;
import tfl.language.ast.BinaryOperator;
import tfl.primitive.Binary;
import tfl.primitive.ShapeProblem;
import tfl.tensor.Tensor;
import tfl.transform.Plan;
import tfl.transform.Trace;

/** An operator of two operands; subclasses do the scalars. */
@NodeChild(value = "left", type = ExpressionNode.class)
@NodeChild(value = "right", type = ExpressionNode.class)
public abstract class BinaryNode extends ExpressionNode {
    protected final BinaryOperator operator;
    private Plan plan;

    protected BinaryNode(BinaryOperator operator) {
        this.operator = operator;
    }

    protected abstract ExpressionNode getLeft();

    protected abstract ExpressionNode getRight();

    /**
     * Tensors, and whatever else the operator is defined for; uses up temporaries. Arithmetic may be put off where
     * the operator around this one will do it all in one go.
     */
    @TruffleBoundary
    protected final Object general(Object left, Object right) {
        if (Trace.isActive() || !Deferred.fuses(operator)) {
            return atOnce(left, right);
        }
        if (!Deferred.isLarge(left) && !Deferred.isLarge(right)) {
            return left instanceof Tensor a && right instanceof Tensor b && a.dtype().isFloat()
                    && a.type().equals(b.type()) ? alike(a, b) : atOnce(left, right);
        }
        var deferred = Deferred.of(operator, left, right);
        if (deferred == null) {
            return atOnce(computed(left), computed(right));
        }
        boolean isPart = getParent() instanceof BinaryNode around && Deferred.fuses(around.operator);
        return isPart ? deferred : deferred.pays() ? computed(deferred) : atOnce(left, right);
    }

    /** Small tensors of one type, as in the loops of simulations: the plan is looked up once. */
    private Object alike(Tensor left, Tensor right) {
        try {
            var known = plan;
            if (known == null || !known.fits(0, left.type())) {
                known = Execution.ops().plan(new Binary(Deferred.operation(operator)), left.type(), right.type());
                plan = known;
            }
            var result = known.run(new Tensor[] {left, right}, 0)[0];
            Holding.discardAfter(left, result);
            Holding.discardAfter(right, result);
            return result;
        } catch (RuntimeException error) {
            throw labelled(located(error), left, right);
        }
    }

    private Object computed(Object operand) {
        try {
            return Deferred.value(operand);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    private Object atOnce(Object left, Object right) {
        Place.at(span());
        Object result;
        try {
            result = Operators.binary(operator, left, right);
        } catch (ShapeProblem problem) {
            throw labelled(located(TflException.of(OperandNames.problem(problem, getLeft(), getRight()))), left,
                    right);
        } catch (RuntimeException error) {
            throw labelled(located(error), left, right);
        }
        Holding.discardAfter(left, result);
        Holding.discardAfter(right, result);
        return result;
    }

    @TruffleBoundary
    protected final TflException overflow(long left, long right) {
        return arithmetic("TFL-E0231", left + " " + operator.symbol() + " " + right
                + " does not fit an int (64 bits)",
                "use floats, such as " + left + ".0");
    }

    @TruffleBoundary
    protected final TflException arithmetic(String code, String message, String help) {
        return TflException.at(RuntimeProblem.of(ErrorKind.ARITHMETIC, code, message, help), span(), this);
    }

    private RuntimeException labelled(RuntimeException error, Object left, Object right) {
        if (error instanceof TflException own && own.problem() instanceof RuntimeProblem problem
                && problem.label().isEmpty() && own.getLocation() == this) {
            return TflException.causedBy(own.getCause(), problem.labelled(operand(getLeft(), left) + " · "
                    + operand(getRight(), right)), own.span(), this);
        }
        return error;
    }

    private static String operand(ExpressionNode node, Object value) {
        String text = OperandNames.text(node);
        String type = Kinds.of(value);
        return text == null ? type : text + ": " + type;
    }
}
