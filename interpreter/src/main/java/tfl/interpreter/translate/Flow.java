package tfl.interpreter.translate;

import com.oracle.truffle.api.frame.FrameSlotKind;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.LiteralNode;
import tfl.interpreter.node.control.AssertNode;
import tfl.interpreter.node.control.BlockNode;
import tfl.interpreter.node.control.ForNode;
import tfl.interpreter.node.control.ForRangeNode;
import tfl.interpreter.node.control.IfNode;
import tfl.interpreter.node.control.JumpNode;
import tfl.interpreter.node.control.ReplayNode;
import tfl.interpreter.node.control.ReturnNode;
import tfl.interpreter.node.control.TryNode;
import tfl.interpreter.node.control.WhileNode;
import tfl.interpreter.node.match.BindPattern;
import tfl.interpreter.node.match.MatchNode;
import tfl.interpreter.value.None;
import tfl.language.ast.Expr;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;

/** Control flow to nodes. */
final class Flow {
    private final Expressions expressions;
    private final Statements statements;
    private int jumps;

    Flow(Expressions expressions) {
        this.expressions = expressions;
        this.statements = new Statements(expressions);
    }

    ExpressionNode node(Expr expr) {
        return switch (expr) {
            case Expr.Block block -> block(block.statements());
            case Expr.If branch -> new IfNode(expressions.operators.condition(branch.condition()),
                    expressions.node(branch.thenBranch()), branch.elseBranch().map(this::step).orElse(null));
            case Expr.While loop -> new WhileNode(expressions.operators.condition(loop.condition()),
                    expressions.node(loop.body()));
            case Expr.For loop -> loop(loop.pattern(), loop.sequence(), () -> expressions.node(loop.body()));
            case Expr.Break jump -> jump(new JumpNode(true));
            case Expr.Continue jump -> jump(new JumpNode(false));
            case Expr.Return jump -> jump(new ReturnNode(jump.value().map(expressions::node).orElse(new LiteralNode(
                    None.NONE))));
            case Expr.Match match -> match(match);
            case Expr.Try attempt -> attempt(attempt);
            case Expr.Assert check -> new AssertNode(expressions.operators.condition(check.condition()),
                    expressions.orNull(check.message()));
            default -> throw new IllegalStateException("no node for " + expr);
        };
    }

    /** What is done as a step of its own, though it is no statement: a debugger stops at it. */
    ExpressionNode step(Expr expr) {
        var node = expressions.node(expr);
        return expr instanceof Expr.Block ? node : node.as(ExpressionNode.Role.STATEMENT);
    }

    /** Statements in order; the value is that of the last one. */
    ExpressionNode block(List<Statement> list) {
        return block(list, null);
    }

    /** The same, with one more expression at the end; null for none. */
    ExpressionNode block(List<Statement> list, ExpressionNode last) {
        return new BlockNode(Stream.concat(list.stream().map(this::statement), Stream.ofNullable(last))
                .toArray(ExpressionNode[]::new));
    }

    private ExpressionNode statement(Statement statement) {
        int before = jumps;
        return replayable(statements.node(statement), before);
    }

    /**
     * What stands for itself, a statement or a function.
     *
     * @param before the jumps of the function before it
     */
    ExpressionNode replayable(ExpressionNode node, int before) {
        return jumps == before ? node : ReplayNode.around(node);
    }

    private ExpressionNode jump(ExpressionNode node) {
        jumps++;
        return node;
    }

    /** A loop over a sequence; the body is translated after the sequence. */
    ExpressionNode loop(Pattern pattern, Expr sequence, Supplier<ExpressionNode> body) {
        if (sequence instanceof Expr.Range range) {
            int slots = expressions.frame.own(3, FrameSlotKind.Long);
            var bounds = expressions.range(range).counted();
            bounds.at(range.span());
            int count = expressions.frame.hidden("the count of a loop");
            return new ForRangeNode(bounds, expressions.patterns.node(pattern), body.get(), slots, count);
        }
        int slot = expressions.frame.own(1, FrameSlotKind.Object);
        var values = expressions.node(sequence);
        return new ForNode(values, expressions.patterns.node(pattern), body.get(), slot);
    }

    /** Does something if a condition holds. */
    ExpressionNode when(Expr condition, ExpressionNode body) {
        return new IfNode(expressions.operators.condition(condition), body, null);
    }

    private ExpressionNode match(Expr.Match match) {
        var arms = match.arms().stream().map(arm -> new MatchNode.Arm(expressions.patterns.node(arm.pattern()),
                arm.guard().map(expressions.operators::condition).orElse(null), step(arm.body())))
                .toArray(MatchNode.Arm[]::new);
        return new MatchNode(expressions.node(match.subject()), arms);
    }

    private ExpressionNode attempt(Expr.Try attempt) {
        var handler = attempt.handler().orElse(null);
        var error = handler == null ? null : handler.error().map(name -> new BindPattern(
                expressions.names.write(expressions.unit.resolution().of(name)), name.span())).orElse(null);
        var body = expressions.node(attempt.body());
        return new TryNode(handler == null ? body : body.as(ExpressionNode.Role.TRY), error, handler == null ? null
                : expressions.node(handler.body()),
                attempt.cleanup().map(expressions::node).orElse(null));
    }
}
