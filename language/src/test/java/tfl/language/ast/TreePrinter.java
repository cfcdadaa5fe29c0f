package tfl.language.ast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes trees as compact s-expressions, without spans: equal text, equal tree. */
public final class TreePrinter {
    private TreePrinter() {}

    public static String print(Node node) {
        return switch (node) {
            case Expr e -> expr(e);
            case Statement s -> statement(s);
            case Pattern p -> pattern(p);
            case Module m -> m.doc().map(doc -> "(doc " + quote(doc) + ") ").orElse("")
                    + spaced(m.statements()) + (m.silent() ? " ;" : "");
            default -> part(node);
        };
    }

    private static String expr(Expr expr) {
        return switch (expr) {
            case Expr.Name e -> e.name();
            case Expr.IntLiteral e -> e.value() + e.suffix().orElse("");
            case Expr.FloatLiteral e -> e.value() + e.suffix().orElse("");
            case Expr.BoolLiteral e -> String.valueOf(e.value());
            case Expr.NoneLiteral _ -> "none";
            case Expr.StringLiteral e -> e.parts().size() == 1
                    && e.parts().getFirst() instanceof StringPart.Text(String text, _)
                    ? quote(text) : e.parts().isEmpty() ? "\"\"" : list("string", e.parts());
            case Expr.Tuple e -> list("tuple", e.elements());
            case Expr.Tensor e -> list("tensor", e.elements());
            case Expr.Record e -> list("record", e.entries());
            case Expr.Comprehension e -> "(" + e.kind().name().toLowerCase(java.util.Locale.ROOT) + "-of "
                    + print(e.result()) + " "
                    + spaced(e.clauses()) + ")";
            case Expr.Lambda e -> part(e.function());
            case Expr.Call e -> "(call " + print(e.callee()) + after(e.arguments()) + ")";
            case Expr.Index e -> "(index " + print(e.target()) + after(e.subscripts()) + ")";
            case Expr.Field e -> "(. " + print(e.target()) + " " + e.name() + ")";
            case Expr.Unary e -> "(" + e.operator().symbol() + " " + print(e.operand()) + ")";
            case Expr.Binary e -> "(" + e.operator().symbol() + " " + print(e.left()) + " " + print(e.right())
                    + ")";
            case Expr.Comparison e -> "(compare " + print(e.first()) + e.links().stream()
                    .map(link -> " " + link.operator().symbol() + " " + print(link.right()))
                            .collect(Collectors.joining()) + ")";
            case Expr.And e -> "(and " + print(e.left()) + " " + print(e.right()) + ")";
            case Expr.Or e -> "(or " + print(e.left()) + " " + print(e.right()) + ")";
            case Expr.Range e -> "(" + (e.inclusive() ? "..= " : ".. ") + print(e.start()) + " "
                    + print(e.end()) + optional(e.step()) + ")";
            case Expr.Pipe e -> "(|> " + print(e.value()) + " " + print(e.target()) + ")";
            case Expr.Block e -> "{" + spaced(e.statements()) + "}";
            case Expr.If e -> "(if " + print(e.condition()) + " " + print(e.thenBranch())
                    + optional(e.elseBranch()) + ")";
            case Expr.While e -> "(while " + print(e.condition()) + " " + print(e.body()) + ")";
            case Expr.For e -> "(for " + print(e.pattern()) + " " + print(e.sequence()) + " "
                    + print(e.body()) + ")";
            case Expr.Break _ -> "break";
            case Expr.Continue _ -> "continue";
            case Expr.Return e -> "(return" + optional(e.value()) + ")";
            case Expr.Match e -> "(match " + print(e.subject()) + after(e.arms()) + ")";
            case Expr.Try e -> "(try " + print(e.body()) + optional(e.handler())
                    + e.cleanup().map(block -> " (finally " + print(block) + ")").orElse("") + ")";
            case Expr.Assert e -> "(assert " + print(e.condition()) + optional(e.message()) + ")";
        };
    }

    private static String statement(Statement statement) {
        return switch (statement) {
            case Statement.Expression s -> print(s.value());
            case Statement.Assign s -> "(= " + print(s.target()) + " " + print(s.value()) + doc(s.doc())
                    + ")";
            case Statement.Update s -> "(" + s.operator().map(BinaryOperator::symbol).orElse("") + "= "
                    + print(s.path()) + " "
                    + print(s.value()) + ")";
            case Statement.FunctionDefinition s -> "(def " + s.name() + after(s.decorators()) + " "
                    + part(s.function()) + doc(s.doc()) + ")";
            case Statement.StructDefinition s -> "(struct " + s.name() + " (" + spaced(s.fields()) + ")"
                    + after(s.methods()) + doc(s.doc()) + ")";
            case Statement.Import s -> list("import", s.modules());
            case Statement.FromImport s -> "(from " + print(s.module()) + after(s.names()) + ")";
            case Statement.Test s -> "(test " + quote(s.name()) + " " + print(s.body().body()) + ")";
            case Statement.Bench s -> "(bench " + quote(s.name()) + " " + print(s.body().body()) + ")";
        };
    }

    private static String pattern(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Wildcard _ -> "_";
            case Pattern.Bind p -> p.name();
            case Pattern.Literal p -> "'" + print(p.value());
            case Pattern.Tuple p -> list("tuple", p.elements());
            case Pattern.Rest p -> "*" + p.name().map(Identifier::text).orElse("_");
            case Pattern.Fields p -> "(fields" + after(p.fields()) + p.rest().map(name -> " ..." + name)
                    .orElse("") + ")";
            case Pattern.Typed p -> "(: " + print(p.pattern()) + " " + print(p.annotation()) + ")";
        };
    }

    private static String part(Node node) {
        return switch (node) {
            case Function f -> "(fn (" + spaced(f.parameters()) + ")" + f.result()
                    .map(type -> " -> " + print(type)).orElse("")
                    + " " + print(f.body()) + ")";
            case Parameter p -> switch (p.kind()) {
                case PLAIN -> "";
                case REST -> "*";
                case OPTIONS -> "**";
            } + print(p.pattern()) + p.annotation().map(type -> ":" + print(type)).orElse("")
                    + p.defaultValue().map(value -> "=" + print(value)).orElse("");
            case Annotation.Named a -> a.name();
            case Annotation.Tensor a -> a.dtype() + a.dims().stream().map(TreePrinter::print)
                    .collect(Collectors.joining(",", "[", "]"));
            case Annotation.Dim.Size d -> String.valueOf(d.size());
            case Annotation.Dim.Named d -> d.name() + (d.factor() == 1 ? "" : "*" + d.factor())
                    + (d.offset() == 0 ? "" : "+" + d.offset());
            case Annotation.Dim.Any _ -> "_";
            case Annotation.Dim.Rest _ -> "...";
            case Argument.Positional a -> print(a.value());
            case Argument.Keyword a -> a.name() + "=" + print(a.value());
            case Argument.Spread a -> "*" + print(a.value());
            case Argument.SpreadFields a -> "**" + print(a.value());
            case Element.Item e -> print(e.value());
            case Element.Spread e -> "*" + print(e.value());
            case RecordEntry.Field e -> e.name() + ":" + print(e.value());
            case RecordEntry.Spread e -> "..." + print(e.value());
            case StringPart.Text p -> quote(p.value());
            case StringPart.Interpolation p -> "{" + print(p.value()) + (p.format().isEmpty() ? ""
                    : ":" + p.format()) + "}";
            case Clause.For c -> "(for " + print(c.pattern()) + " " + print(c.sequence()) + ")";
            case Clause.If c -> "(if " + print(c.condition()) + ")";
            case Subscript.At s -> print(s.value());
            case Subscript.Slice s -> "(:" + or(s.start()) + or(s.stop()) + or(s.step()) + ")";
            case Subscript.Ellipsis _ -> "...";
            case Expr.Match.Arm a -> "(" + print(a.pattern()) + a.guard().map(guard -> " if " + print(guard))
                    .orElse("") + " -> "
                    + print(a.body()) + ")";
            case Expr.Try.Catch c -> "(catch " + c.error().map(Identifier::text).orElse("_") + " "
                    + print(c.body()) + ")";
            case Path p -> p.root() + p.steps().stream().map(TreePrinter::print)
                    .collect(Collectors.joining());
            case Path.Step.Field s -> "." + s.name();
            case Path.Step.Index s -> "[" + spaced(s.subscripts()) + "]";
            case Pattern.FieldPattern f -> f.name() + ":" + print(f.pattern());
            case Statement.Decorator d -> "@" + print(d.value());
            case Statement.StructField f -> (f.isStatic() ? "static " : "") + f.name() + f.annotation()
                    .map(type -> ":" + print(type)).orElse("")
                    + f.defaultValue().map(value -> "=" + print(value)).orElse("");
            case Statement.ImportedModule m -> m.kind().name().toLowerCase(java.util.Locale.ROOT) + ":"
                    + m.target()
                    + (m.name().text().equals(m.target()) ? "" : "/" + m.name());
            case Statement.ImportedName n -> n.name() + n.alias().map(alias -> "/" + alias).orElse("");
            default -> throw new AssertionError("no way to print " + node.getClass());
        };
    }

    private static String list(String head, List<? extends Node> nodes) {
        return "(" + head + after(nodes) + ")";
    }

    private static String spaced(List<? extends Node> nodes) {
        return nodes.stream().map(TreePrinter::print).collect(Collectors.joining(" "));
    }

    private static String after(List<? extends Node> nodes) {
        return nodes.stream().map(node -> " " + print(node)).collect(Collectors.joining());
    }

    private static String optional(Optional<? extends Node> node) {
        return node.map(each -> " " + print(each)).orElse("");
    }

    private static String or(Optional<? extends Node> node) {
        return " " + node.map(TreePrinter::print).orElse("_");
    }

    private static String doc(Optional<String> doc) {
        return doc.map(text -> " ##" + quote(text)).orElse("");
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + "\"";
    }
}
