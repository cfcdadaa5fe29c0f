package tfl.language.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes directly below a node, in the order of the text; for passes that treat most kinds alike. */
public final class Children {
    private final List<Node> list = new ArrayList<>();

    private Children() {}

    public static List<Node> of(Node node) {
        var children = new Children();
        switch (node) {
            case Expr expr -> children.ofExpr(expr);
            case Statement statement -> children.ofStatement(statement);
            case Pattern pattern -> children.ofPattern(pattern);
            default -> children.ofPart(node);
        }
        return children.list;
    }

    private Children add(Node... nodes) {
        list.addAll(List.of(nodes));
        return this;
    }

    private Children add(List<? extends Node> nodes) {
        list.addAll(nodes);
        return this;
    }

    private Children add(Optional<? extends Node> node) {
        node.ifPresent(list::add);
        return this;
    }

    private Children ofExpr(Expr expr) {
        return switch (expr) {
            case Expr.Name _, Expr.IntLiteral _, Expr.FloatLiteral _, Expr.BoolLiteral _, Expr.NoneLiteral _,
                    Expr.Break _, Expr.Continue _ -> this;
            case Expr.StringLiteral e -> add(e.parts());
            case Expr.Tuple e -> add(e.elements());
            case Expr.Tensor e -> add(e.elements());
            case Expr.Record e -> add(e.entries());
            case Expr.Comprehension e -> add(e.result()).add(e.clauses());
            case Expr.Lambda e -> add(e.function());
            case Expr.Call e -> add(e.callee()).add(e.arguments());
            case Expr.Index e -> add(e.target()).add(e.subscripts());
            case Expr.Field e -> add(e.target(), e.name());
            case Expr.Unary e -> add(e.operand());
            case Expr.Binary e -> add(e.left(), e.right());
            case Expr.Comparison e -> add(e.first())
                    .add(e.links().stream().map(Expr.Comparison.Link::right).toList());
            case Expr.And e -> add(e.left(), e.right());
            case Expr.Or e -> add(e.left(), e.right());
            case Expr.Range e -> add(e.start(), e.end()).add(e.step());
            case Expr.Pipe e -> add(e.value(), e.target());
            case Expr.Block e -> add(e.statements());
            case Expr.If e -> add(e.condition(), e.thenBranch()).add(e.elseBranch());
            case Expr.While e -> add(e.condition(), e.body());
            case Expr.For e -> add(e.pattern(), e.sequence(), e.body());
            case Expr.Return e -> add(e.value());
            case Expr.Match e -> add(e.subject()).add(e.arms());
            case Expr.Try e -> add(e.body()).add(e.handler()).add(e.cleanup());
            case Expr.Assert e -> add(e.condition()).add(e.message());
        };
    }

    private Children ofStatement(Statement statement) {
        return switch (statement) {
            case Statement.Expression s -> add(s.value());
            case Statement.Assign s -> add(s.target(), s.value());
            case Statement.Update s -> add(s.path(), s.value());
            case Statement.FunctionDefinition s -> add(s.decorators()).add(s.name(), s.function());
            case Statement.StructDefinition s -> add(s.name()).add(s.fields()).add(s.methods());
            case Statement.Import s -> add(s.modules());
            case Statement.FromImport s -> add(s.module()).add(s.names());
            case Statement.Test s -> add(s.body());
            case Statement.Bench s -> add(s.body());
        };
    }

    private Children ofPattern(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Wildcard _, Pattern.Bind _ -> this;
            case Pattern.Literal p -> add(p.value());
            case Pattern.Tuple p -> add(p.elements());
            case Pattern.Rest p -> add(p.name());
            case Pattern.Fields p -> add(p.fields()).add(p.rest());
            case Pattern.Typed p -> add(p.pattern(), p.annotation());
        };
    }

    /** Nodes that are no expression, statement or pattern. */
    private Children ofPart(Node node) {
        return switch (node) {
            case Module m -> add(m.statements());
            case Function f -> add(f.parameters()).add(f.result()).add(f.body());
            case Parameter p -> add(p.pattern()).add(p.annotation()).add(p.defaultValue());
            case Argument a -> add(a.value());
            case Element.Item e -> add(e.value());
            case Element.Spread e -> add(e.value());
            case RecordEntry.Field e -> add(e.name(), e.value());
            case RecordEntry.Spread e -> add(e.value());
            case StringPart.Interpolation p -> add(p.value());
            case Clause.For c -> add(c.pattern(), c.sequence());
            case Clause.If c -> add(c.condition());
            case Subscript.At s -> add(s.value());
            case Subscript.Slice s -> add(s.start()).add(s.stop()).add(s.step());
            case Expr.Match.Arm a -> add(a.pattern()).add(a.guard()).add(a.body());
            case Expr.Try.Catch c -> add(c.error()).add(c.body());
            case Path p -> add(p.root()).add(p.steps());
            case Path.Step.Field s -> add(s.name());
            case Path.Step.Index s -> add(s.subscripts());
            case Annotation.Tensor a -> add(a.dims());
            case Pattern.FieldPattern f -> add(f.name(), f.pattern());
            case Statement.Decorator d -> add(d.value());
            case Statement.StructField f -> add(f.name()).add(f.annotation()).add(f.defaultValue());
            case Statement.ImportedModule m -> add(m.name());
            case Statement.ImportedName n -> add(n.name()).add(n.alias());
            default -> this;
        };
    }
}
