package tfl.language.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.Statement;
import tfl.language.parse.Parsed;
import tfl.language.resolve.Known;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;
import tfl.language.resolve.Resolver;
import tfl.language.shape.Inference;
import tfl.language.source.Located;
import tfl.language.source.Span;

/**
 * Walks a tree once and checks calls of functions and structs that the text defines, records and dead
 * statements; shapes that surely do not fit are {@link Inference}'s to find.
 */
public final class Checker {
    private final Resolution resolution;
    private final Signatures signatures;
    private final ArgumentCheck arguments;
    private final List<Located> problems = new ArrayList<>();

    private Checker(Parsed parsed, Resolution resolution) {
        this.resolution = resolution;
        this.signatures = new Signatures(parsed.module());
        this.arguments = new ArgumentCheck(new ValueGuess(parsed.module(), resolution), this::report);
    }

    /**
     * All that is wrong with a text: its syntax errors, or else unknown names, wrong calls, shapes that surely do
     * not fit and dead code, in the order of the text. Warnings are among them.
     */
    public static List<Located> check(Parsed parsed, Known known) {
        if (!parsed.isValid()) {
            return parsed.problems();
        }
        var resolution = Resolver.resolve(parsed.module(), known);
        return check(parsed, resolution, Inference.of(parsed.module(), resolution));
    }

    /** The same of a text whose names and shapes were looked at already. */
    public static List<Located> check(Parsed parsed, Resolution resolution, Inference shapes) {
        if (!parsed.isValid()) {
            return parsed.problems();
        }
        var checker = new Checker(parsed, resolution);
        checker.visit(parsed.module());
        checker.problems.addAll(resolution.problems());
        checker.shapes(shapes.problems());
        checker.problems.sort(Comparator.comparingInt(problem -> problem.span().start()));
        return List.copyOf(checker.problems);
    }

    /** A call that is refused already needs no second reason. */
    private void shapes(List<Located> found) {
        var before = List.copyOf(problems);
        found.stream().filter(each -> before.stream().noneMatch(other -> other.isError()
                && each.span().start() <= other.span().start() && other.span().end() <= each.span().end()))
                .forEach(problems::add);
    }

    private void visit(Node node) {
        switch (node) {
            case Expr.Call call -> signature(call.callee())
                    .ifPresent(signature -> arguments.check(signature, call, Optional.empty()));
            case Expr.Pipe pipe -> {
                pipe(pipe);
                return;
            }
            case Expr.Record record -> fields(record);
            case Expr.Block block -> deadCode(block.statements());
            default -> { }
        }
        Children.of(node).forEach(this::visit);
    }

    /** {@code x |> f(y)} is {@code f(x, y)}. */
    private void pipe(Expr.Pipe pipe) {
        visit(pipe.value());
        if (pipe.target() instanceof Expr.Call call) {
            signature(call.callee())
                    .ifPresent(signature -> arguments.check(signature, call, Optional.of(pipe.value())));
            Children.of(call).forEach(this::visit);
        } else {
            visit(pipe.target());
        }
    }

    private Optional<Signature> signature(Expr callee) {
        return callee instanceof Expr.Name name && resolution.of(name) instanceof Reference.Definition
                ? signatures.of(name.name()) : Optional.empty();
    }

    private void fields(Expr.Record record) {
        var seen = new HashSet<String>();
        for (var entry : record.entries()) {
            if (entry instanceof RecordEntry.Field field && !seen.add(field.name().text())) {
                report(new CheckProblem.GivenTwice("field", field.name().text()), field.span());
            }
        }
    }

    private void deadCode(List<Statement> statements) {
        for (int i = 0; i + 1 < statements.size(); i++) {
            var word = leaves(statements.get(i));
            if (word.isPresent()) {
                report(new CheckProblem.Unreachable(word.get()), statements.get(i + 1).span());
                return;
            }
        }
    }

    private static Optional<String> leaves(Statement statement) {
        if (!(statement instanceof Statement.Expression(Expr value))) {
            return Optional.empty();
        }
        return switch (value) {
            case Expr.Return _ -> Optional.of("return");
            case Expr.Break _ -> Optional.of("break");
            case Expr.Continue _ -> Optional.of("continue");
            default -> Optional.empty();
        };
    }

    private void report(CheckProblem problem, Span span) {
        problems.add(new Located(problem, span));
    }
}
