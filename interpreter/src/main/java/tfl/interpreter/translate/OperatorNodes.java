package tfl.interpreter.translate;

import com.oracle.truffle.api.frame.FrameSlotKind;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.LiteralNode;
import tfl.interpreter.node.operate.ArithmeticNodeGen;
import tfl.interpreter.node.operate.BitwiseNodeGen;
import tfl.interpreter.node.operate.ChainNode;
import tfl.interpreter.node.operate.CompareNodeGen;
import tfl.interpreter.node.operate.ConditionNode;
import tfl.interpreter.node.operate.ConditionNodeGen;
import tfl.interpreter.node.operate.DivideNodeGen;
import tfl.interpreter.node.operate.DivisionNodeGen;
import tfl.interpreter.node.operate.GeneralBinaryNodeGen;
import tfl.interpreter.node.operate.LogicNode;
import tfl.interpreter.node.operate.NotNode;
import tfl.interpreter.node.operate.PowerNodeGen;
import tfl.interpreter.node.operate.UnaryNodeGen;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.Expr;
import tfl.language.ast.UnaryOperator;

/** Operators to nodes. */
final class OperatorNodes {
    private final Expressions expressions;

    OperatorNodes(Expressions expressions) {
        this.expressions = expressions;
    }

    ConditionNode condition(Expr expr) {
        return (ConditionNode) ConditionNodeGen.create(expressions.node(expr)).at(expr.span());
    }

    ExpressionNode unary(Expr.Unary unary) {
        if (unary.operator() == UnaryOperator.NOT) {
            return new NotNode(condition(unary.operand()));
        }
        var operand = expressions.node(unary.operand());
        if (operand instanceof LiteralNode literal && unary.operator() == UnaryOperator.NEGATE) {
            if (literal.value() instanceof Long number && number != Long.MIN_VALUE) {
                return new LiteralNode(-number);
            } else if (literal.value() instanceof Double number) {
                return new LiteralNode(-number);
            }
        }
        return UnaryNodeGen.create(unary.operator(), operand);
    }

    ExpressionNode binary(Expr.Binary binary) {
        var folded = power(binary);
        return folded != null ? folded
                : binary(binary.operator(), expressions.node(binary.left()), expressions.node(binary.right()));
    }

    ExpressionNode binary(BinaryOperator operator, ExpressionNode left, ExpressionNode right) {
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY -> ArithmeticNodeGen.create(operator, left, right);
            case FLOOR_DIVIDE, REMAINDER -> DivisionNodeGen.create(operator, left, right);
            case DIVIDE -> DivideNodeGen.create(left, right);
            case POWER -> PowerNodeGen.create(left, right);
            case MATMUL -> GeneralBinaryNodeGen.create(operator, left, right);
            case BITWISE_AND, BITWISE_OR, BITWISE_XOR, SHIFT_LEFT,
                    SHIFT_RIGHT -> BitwiseNodeGen.create(operator, left, right);
        };
    }

    /** A power of two ints that fits is a literal, so that {@code x % 2**31} divides by a constant. */
    private static ExpressionNode power(Expr.Binary binary) {
        if (binary.operator() == BinaryOperator.POWER && binary.left() instanceof Expr.IntLiteral base
                && binary.right() instanceof Expr.IntLiteral exponent && base.suffix().isEmpty()
                && exponent.suffix().isEmpty() && exponent.value() >= 0 && exponent.value() < 64) {
            try {
                return new LiteralNode(Math.powExact(base.value(), (int) exponent.value()));
            } catch (ArithmeticException tooLarge) {
                return null;
            }
        }
        return null;
    }

    ExpressionNode logic(boolean isAnd, Expr left, Expr right) {
        return new LogicNode(isAnd, condition(left), condition(right));
    }

    ExpressionNode comparison(Expr.Comparison comparison) {
        var links = comparison.links();
        if (links.size() == 1) {
            return CompareNodeGen.create(links.getFirst().operator(), expressions.node(comparison.first()),
                    expressions.node(links.getFirst().right()));
        }
        int slot = expressions.frame.own(1, FrameSlotKind.Object);
        var conditions = new ConditionNode[links.size()];
        for (int i = 0; i < conditions.length; i++) {
            var link = links.get(i);
            var left = i == 0 ? expressions.node(comparison.first())
                    : new ChainNode.Again(slot).at(links.get(i - 1).right().span());
            var right = expressions.node(link.right());
            var kept = i == conditions.length - 1 ? right : new ChainNode.Keep(right, slot).at(link.right().span());
            var span = (i == 0 ? comparison.first() : links.get(i - 1).right()).span().to(link.right().span());
            conditions[i] = (ConditionNode) ConditionNodeGen.create(CompareNodeGen.create(link.operator(), left,
                    kept).at(span))
                    .at(span);
        }
        return new ChainNode(conditions);
    }
}
