package tfl.interpreter.translate;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.call.ArgumentShape;
import tfl.interpreter.node.call.CallNode;
import tfl.interpreter.node.collect.Subscripts;
import tfl.interpreter.node.collect.UpdateNode;
import tfl.interpreter.node.control.BlockNode;
import tfl.interpreter.node.define.BlockDefinitionNode;
import tfl.interpreter.node.define.DefineNode;
import tfl.interpreter.node.define.ImportNode;
import tfl.interpreter.node.match.DestructureNode;
import tfl.interpreter.node.match.ParallelAssignNode;
import tfl.interpreter.node.variable.AssignNode;
import tfl.interpreter.node.variable.WriteNode;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.ast.Statement.ImportedName;
import tfl.language.source.Span;

/** Statements to nodes; those without a value give none. */
final class Statements {
    private final Expressions expressions;

    Statements(Expressions expressions) {
        this.expressions = expressions;
    }

    ExpressionNode node(Statement statement) {
        return translate(statement).at(statement.span()).as(ExpressionNode.Role.STATEMENT);
    }

    private ExpressionNode translate(Statement statement) {
        return switch (statement) {
            case Statement.Expression expression -> expressions.node(expression.value());
            case Statement.Assign assign -> assign(assign);
            case Statement.Update update -> update(update);
            case Statement.FunctionDefinition definition -> new DefineNode(function(definition, null),
                    expressions.names.write(expressions.unit.resolution().of(definition.name())));
            case Statement.StructDefinition struct -> expressions.functions.struct(struct,
                    method -> function(method, struct.name().text()));
            case Statement.Import imports -> imports(imports);
            case Statement.FromImport imports -> new ImportNode(expressions.unit.importer(), imports.module(),
                    imports.names().stream().map(each -> each.name().text()).toArray(String[]::new),
                    imports.names().stream().map(ImportedName::boundName)
                            .map(each -> expressions.names.write(expressions.unit.resolution().of(each)))
                            .toArray(WriteNode[]::new));
            case Statement.Test test -> new BlockDefinitionNode(expressions.unit.module()::addTest, test.name(),
                    expressions.functions.closure(test.body(), "test " + test.name(), null, test.span()));
            case Statement.Bench bench -> new BlockDefinitionNode(expressions.unit.module()::addBenchmark,
                    bench.name(),
                    expressions.functions.closure(bench.body(), "bench " + bench.name(), null, bench.span()));
        };
    }

    private ExpressionNode assign(Statement.Assign assign) {
        if (assign.target() instanceof Pattern.Tuple target && assign.value() instanceof Expr.Tuple value
                && isParallel(target, value)) {
            return new ParallelAssignNode(
                    value.elements().stream().map(each -> expressions.node(((Element.Item) each).value()))
                            .toArray(ExpressionNode[]::new),
                    target.elements().stream().map(each -> expressions.names.write(
                            expressions.unit.resolution().of((Pattern.Bind) each))).toArray(WriteNode[]::new));
        }
        boolean plain = assign.target() instanceof Pattern.Bind;
        var value = plain && assign.value() instanceof Expr.Lambda lambda
                ? expressions.functions.closure(lambda.function(), ((Pattern.Bind) assign.target()).name(),
                        assign.doc().orElse(null), lambda.span()).at(lambda.span())
                : value(assign);
        return assign.target() instanceof Pattern.Bind bind
                ? new AssignNode(value, expressions.names.write(expressions.unit.resolution().of(bind)))
                : new DestructureNode(expressions.patterns.node(assign.target()), value);
    }

    /** A call may use up variables that the assignment replaces, unless one may still be an operand further out. */
    private ExpressionNode value(Statement.Assign assign) {
        return expressions.frame.keepsOld() ? expressions.node(assign.value())
                : expressions.calls.assigned(assign.value(), assign.target());
    }

    private static boolean isParallel(Pattern.Tuple target, Expr.Tuple value) {
        return target.elements().size() == value.elements().size()
                && target.elements().stream().allMatch(each -> each instanceof Pattern.Bind)
                && value.elements().stream().allMatch(each -> each instanceof Element.Item);
    }

    /** Decorators are functions of the function, the innermost first. */
    private ExpressionNode function(Statement.FunctionDefinition definition, String owner) {
        ExpressionNode value = expressions.functions.closure(definition.function(), owner, definition.name().text(),
                definition.doc().orElse(null), definition.span()).at(definition.span());
        var decorators = definition.decorators();
        for (int i = decorators.size() - 1; i >= 0; i--) {
            var decorator = decorators.get(i);
            value = new CallNode(expressions.node(decorator.value()), new ExpressionNode[] {value},
                    new ArgumentShape(1, List.of())).at(decorator.span());
        }
        return value;
    }

    private ExpressionNode update(Statement.Update update) {
        var path = update.path();
        var reference = expressions.unit.resolution().of(path.root());
        var root = expressions.names.read(reference, path.root().text()).at(path.root().span());
        var target = expressions.names.write(reference);
        var value = expressions.node(update.value());
        if (path.steps().isEmpty()) {
            return new AssignNode(expressions.operators.binary(update.operator().orElseThrow(), root,
                    value).at(update.span()),
                    target);
        }
        int count = path.steps().size();
        var fields = new String[count];
        var subscripts = new Subscripts[count];
        var spans = new Span[count];
        for (int i = 0; i < count; i++) {
            spans[i] = path.root().span().to(path.steps().get(i).span());
            switch (path.steps().get(i)) {
                case Path.Step.Field field -> fields[i] = field.name().text();
                case Path.Step.Index index -> subscripts[i] = new Subscripts(expressions.subscripts(
                        index.subscripts()));
            }
        }
        return new UpdateNode(root, target, fields, subscripts, spans, update.operator().orElse(null), value,
                !expressions.frame.keepsOld());
    }

    private ExpressionNode imports(Statement.Import imports) {
        var nodes = new ArrayList<ExpressionNode>();
        for (var module : imports.modules()) {
            var target = expressions.names.write(expressions.unit.resolution().of(module.name()));
            nodes.add(new ImportNode(expressions.unit.importer(), module, null,
                    new WriteNode[] {target}).at(module.span()));
        }
        return nodes.size() == 1 ? nodes.getFirst() : new BlockNode(nodes.toArray(new ExpressionNode[0]));
    }
}
