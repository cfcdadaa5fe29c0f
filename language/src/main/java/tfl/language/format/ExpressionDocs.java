package tfl.language.format;

import java.util.ArrayList;
import java.util.List;
import tfl.language.ast.Argument;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Node;
import tfl.language.ast.Parameter;
import tfl.language.ast.Pattern;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.Statement;
import tfl.language.ast.Subscript;
import tfl.language.ast.UnaryOperator;
import tfl.language.lex.Names;
import tfl.language.lex.TokenKind;

/** Expressions, with brackets where they are needed or were written around an operand. */
final class ExpressionDocs {
    private final Trivia trivia;
    private final Lists lists;
    private final StatementDocs statements;
    private final ControlDocs control;

    ExpressionDocs(Trivia trivia, Lists lists, StatementDocs statements) {
        this.trivia = trivia;
        this.lists = lists;
        this.statements = statements;
        this.control = new ControlDocs(this, statements);
    }

    /**
     * An expression where a whole one is allowed. What would swallow a comma behind it stands in brackets.
     */
    Doc expr(Expr expr) {
        return switch (expr) {
            case Expr.Assert _, Expr.Return _ -> inBrackets(atStatement(expr));
            case Expr.Block block -> freeBlock(block);
            default -> atStatement(expr);
        };
    }

    /** Behind an arrow, where braces are a block unless they show to be a record. */
    Doc body(Expr expr) {
        return switch (expr) {
            case Expr.Block block -> statements.block(block);
            case Expr.Record record when record.entries().isEmpty() -> inBrackets(expr(record));
            case Expr.Record record when record.entries().size() == 1
                    && record.entries().getFirst() instanceof RecordEntry.Field field
                    && isShort(field) -> Doc.concat(Doc.text("{" + field.name() + ": "), expr(field.value()),
                            Doc.text("}"));
            default -> expr(expr);
        };
    }

    /** Where braces are a record unless they show to be a block. */
    private Doc freeBlock(Expr.Block block) {
        boolean looksLikeRecord = block.statements().isEmpty() || block.statements().size() == 1
                && block.statements().getFirst() instanceof Statement.Expression(Expr.Name _);
        if (!looksLikeRecord || trivia.hasUntaken(block.span().start(), block.span().end())) {
            return statements.block(block);
        }
        return Doc.concat(Doc.text("{ "),
                Lists.join(block.statements().stream().map(statements::statement).toList(), Doc.NOTHING),
                Doc.text("; }"));
    }

    /** An operand that must bind as tightly as a level. */
    Doc operand(Expr expr, int level) {
        boolean brackets = Levels.of(expr) < level || trivia.isBracketed(expr);
        return brackets ? inBrackets(expr instanceof Expr.Block ? expr(expr) : atStatement(expr))
                : atStatement(expr);
    }

    private static Doc inBrackets(Doc doc) {
        return Doc.group(Doc.text("("), doc, Doc.text(")"));
    }

    Doc atStatement(Expr expr) {
        return switch (expr) {
            case Expr.Name e -> Doc.text(e.name());
            case Expr.IntLiteral e -> Doc.text(e.span().text().replaceAll("\\s", ""));
            case Expr.FloatLiteral e -> Doc.text(number(e.span().text()));
            case Expr.BoolLiteral e -> Doc.text(String.valueOf(e.value()));
            case Expr.NoneLiteral _ -> Doc.text("none");
            case Expr.StringLiteral e -> string(e);
            case Expr.Tuple e -> tuple(e);
            case Expr.Tensor e -> tensor(e);
            case Expr.Record e -> lists.list("{", e.entries(), e.span().start() + 1, e.span().end() - 1, "}",
                    breaksFirst(e, e.entries()), this::entry);
            case Expr.Comprehension e -> comprehension(e, e.kind() == Expr.Comprehension.Kind.TUPLE ? "()"
                    : "[]");
            case Expr.Lambda e -> lambda(e.function());
            case Expr.Call e -> Doc.concat(operand(e.callee(), Levels.POSTFIX), arguments(e));
            case Expr.Index e -> Doc.concat(operand(e.target(), Levels.POSTFIX), subscripts(e.subscripts()));
            case Expr.Field e -> Doc.concat(operand(e.target(), Levels.POSTFIX), Doc.text("." + e.name()));
            case Expr.Unary e -> e.operator() == UnaryOperator.NOT
                    ? Doc.concat(Doc.text("not "), operand(e.operand(), Levels.NOT))
                    : Doc.concat(Doc.text(e.operator().symbol()), operand(e.operand(), Levels.UNARY));
            case Expr.Binary e -> binary(e);
            case Expr.Comparison e -> comparison(e);
            case Expr.And _, Expr.Or _, Expr.Pipe _ -> chain(expr);
            case Expr.Range e -> range(e);
            default -> control.control(expr);
        };
    }

    /** {@code 1.} before {@code ..} would be read as three dots. */
    private static String number(String text) {
        String digits = text.startsWith(".") ? "0" + text : text;
        return digits.endsWith(".") ? digits + "0" : digits;
    }

    /** Strings stay as written, comments in their interpolations included. */
    private Doc string(Expr.StringLiteral literal) {
        trivia.take(literal.span().start(), literal.span().end());
        return Doc.text(literal.span().text().replace("\r\n", "\n"));
    }

    // Operators

    /** What stands behind {@code =}: operators that do not fit behind it begin on a line of their own. */
    Doc value(Expr expr) {
        var doc = expr(expr);
        boolean hangs = Levels.of(expr) > Levels.PIPE && Levels.of(expr) < Levels.UNARY && !mayBreak(expr, doc);
        return hangs ? Doc.group(Doc.indent(Doc.LINE, doc)) : Doc.concat(Doc.text(" "), doc);
    }

    /** Whether lines may break in it although they would fit: at a comment, or as they did in the source. */
    private static boolean mayBreak(Expr expr, Doc doc) {
        return doc.breaks() || keepsLines(expr);
    }

    private static boolean keepsLines(Node node) {
        return node instanceof Expr.Block || node instanceof Expr.Match || node instanceof Expr.Tensor
                || node instanceof Expr.Tuple || node instanceof Expr.Record
                || Children.of(node).stream().anyMatch(ExpressionDocs::keepsLines);
    }

    /** An operator with its right operand goes to the next line where it does not fit on this one. */
    private Doc binary(Expr.Binary binary) {
        int level = Levels.of(binary.operator());
        if (binary.operator() == BinaryOperator.POWER) {
            return Doc.concat(operand(binary.left(), Levels.POSTFIX), Doc.text(" ** "),
                    operand(binary.right(), Levels.UNARY));
        }
        var tail = new ArrayList<Doc>();
        Expr left = binary;
        while (left instanceof Expr.Binary inner && Levels.of(inner.operator()) == level
                && (left == binary || !trivia.isBracketed(left))) {
            var right = operand(inner.right(), level + 1);
            tail.addFirst(Doc.concat(Doc.text(" " + inner.operator().symbol()), mayBreak(inner.right(), right)
                    ? Doc.concat(Doc.text(" "), right) : Doc.group(Doc.indent(Doc.LINE, right))));
            left = inner.left();
        }
        return Doc.group(operand(left, level), Doc.concat(tail));
    }

    private Doc comparison(Expr.Comparison comparison) {
        var tail = comparison.links().stream()
                .map(link -> Doc.concat(Doc.text(" " + link.operator().symbol()), Doc.LINE,
                operand(link.right(), Levels.RANGE))).toList();
        return Doc.group(operand(comparison.first(), Levels.RANGE), Doc.indent(Doc.concat(tail)));
    }

    /** {@code and}, {@code or} break behind the word, {@code |>} before it. */
    private Doc chain(Expr chain) {
        var tail = new ArrayList<Doc>();
        Expr left = chain;
        while (left.getClass() == chain.getClass() && (left == chain || !trivia.isBracketed(left))) {
            switch (left) {
                case Expr.And e -> {
                    tail.addFirst(Doc.concat(Doc.text(" and"), Doc.LINE, operand(e.right(), Levels.AND + 1)));
                    left = e.left();
                }
                case Expr.Or e -> {
                    tail.addFirst(Doc.concat(Doc.text(" or"), Doc.LINE, operand(e.right(), Levels.OR + 1)));
                    left = e.left();
                }
                case Expr.Pipe e -> {
                    tail.addFirst(Doc.concat(Doc.LINE, Doc.text("|> "),
                            operand(e.target(), Levels.PIPE + 1)));
                    left = e.value();
                }
                default -> throw new IllegalStateException("no chain: " + left.getClass());
            }
        }
        return Doc.group(operand(left, Levels.of(chain)), Doc.indent(Doc.concat(tail)));
    }

    private Doc range(Expr.Range range) {
        var step = range.step().map(each -> Doc.concat(Doc.text(" by "), operand(each, Levels.ARITHMETIC)))
                .orElse(Doc.NOTHING);
        return Doc.concat(operand(range.start(), Levels.ARITHMETIC),
                Doc.text(range.inclusive() ? "..=" : ".."),
                operand(range.end(), Levels.ARITHMETIC), step);
    }

    // Brackets

    private Doc tuple(Expr.Tuple tuple) {
        if (tuple.elements().size() == 1
                && !lists.hasCommentBetween(tuple.elements(), tuple.span().start(), tuple.span().end())) {
            return Doc.concat(Doc.text("("), element(tuple.elements().getFirst()), Doc.text(",)"));
        }
        return lists.list("(", tuple.elements(), tuple.span().start() + 1, tuple.span().end() - 1, ")",
                breaksFirst(tuple, tuple.elements()), this::element);
    }

    /** Rows stay on their lines; numbers fill lines. */
    private Doc tensor(Expr.Tensor tensor) {
        var elements = tensor.elements();
        boolean rows = !elements.isEmpty() && elements.getFirst() instanceof Element.Item(Expr.Tensor _);
        int from = tensor.span().start() + 1;
        if (rows || elements.size() < 2 || trivia.hasUntaken(tensor.span().start(), tensor.span().end())) {
            return lists.list("[", elements, from, tensor.span().end() - 1, "]", rows
                    && trivia.hasLineBreak(tensor.span()), this::element);
        }
        var parts = new ArrayList<Doc>(List.of(Doc.text("["), element(elements.getFirst())));
        for (var element : elements.subList(1, elements.size())) {
            parts.add(Doc.text(","));
            parts.add(Doc.group(Doc.LINE, element(element)));
        }
        return Doc.concat(Doc.indent(Doc.concat(parts)), Doc.text("]"));
    }

    /** Whether the source breaks the line behind the opening bracket. */
    private boolean breaksFirst(Expr expr, List<? extends Node> entries) {
        return !entries.isEmpty()
                && trivia.line(expr.span().start()) != trivia.line(entries.getFirst().span().start());
    }

    private Doc element(Element element) {
        return switch (element) {
            case Element.Item item -> expr(item.value());
            case Element.Spread spread -> Doc.concat(Doc.text("*"), expr(spread.value()));
        };
    }

    private Doc entry(RecordEntry entry) {
        return switch (entry) {
            case RecordEntry.Spread spread -> Doc.concat(Doc.text("..."), expr(spread.value()));
            case RecordEntry.Field field -> isShort(field) ? Doc.text(field.name().text())
                    : Doc.concat(Doc.text(key(field.name()) + ": "), expr(field.value()));
        };
    }

    private static boolean isShort(RecordEntry.Field field) {
        return field.value() instanceof Expr.Name name && name.name().equals(field.name().text());
    }

    static String key(Identifier name) {
        return Names.isName(name.text()) ? name.text() : StatementDocs.quote(name.text());
    }

    private Doc comprehension(Expr.Comprehension comprehension, String brackets) {
        var clauses = comprehension.clauses().stream().map(clause -> switch (clause) {
            case Clause.For loop -> Doc.concat(Doc.LINE, Doc.text("for "),
                    statements.patterns().pattern(loop.pattern()),
                    Doc.text(" in "), operand(loop.sequence(), Levels.PIPE));
            case Clause.If condition -> Doc.concat(Doc.LINE, Doc.text("if "),
                    operand(condition.condition(), Levels.PIPE));
        }).toList();
        return Doc.group(Doc.text(brackets.substring(0, 1)),
                Doc.indent(Doc.SOFT, operand(comprehension.result(), Levels.PIPE),
                Doc.concat(clauses)), Doc.SOFT, Doc.text(brackets.substring(1)));
    }

    Doc subscripts(List<Subscript> subscripts) {
        var docs = subscripts.stream().map(this::subscript).toList();
        return Doc.group(Doc.text("["),
                Doc.indent(Doc.SOFT, Lists.join(docs, Doc.concat(Doc.text(","), Doc.LINE))), Doc.SOFT,
                Doc.text("]"));
    }

    private Doc subscript(Subscript subscript) {
        return switch (subscript) {
            case Subscript.At at -> expr(at.value());
            case Subscript.Ellipsis _ -> Doc.text("...");
            case Subscript.Slice slice -> {
                var parts = new ArrayList<Doc>();
                slice.start().ifPresent(start -> parts.add(operand(start, Levels.PIPE)));
                parts.add(Doc.text(":"));
                slice.stop().ifPresent(stop -> parts.add(operand(stop, Levels.PIPE)));
                slice.step().ifPresent(step ->
                        parts.add(Doc.concat(Doc.text(":"), operand(step, Levels.PIPE))));
                yield Doc.concat(parts);
            }
        };
    }

    // Calls and functions

    private Doc arguments(Expr.Call call) {
        var arguments = call.arguments();
        if (arguments.size() == 1
                && arguments.getFirst() instanceof Argument.Positional(Expr.Comprehension only)
                && only.kind() == Expr.Comprehension.Kind.TUPLE) {
            return comprehension(only, "()");
        }
        int open = trivia.find(TokenKind.LEFT_PAREN, trivia.bracketedEnd(call.callee().span()));
        int close = call.span().end() - 1;
        if (isHugged(arguments) && !trivia.hasUntaken(open, arguments.getLast().span().start())) {
            var docs = arguments.stream().map(this::argument).toList();
            return Doc.concat(Doc.text("("), Lists.join(docs, Doc.text(", ")), Doc.text(")"));
        }
        return lists.list("(", arguments, open + 1, close, ")", this::argument);
    }

    /**
     * Whether the last argument may span lines while the others stay on the first:
     * {@code map(xs, x -> { ... })}.
     */
    private boolean isHugged(List<Argument> arguments) {
        if (arguments.isEmpty()) {
            return false;
        }
        return switch (arguments.getLast().value()) {
            case Expr.Lambda lambda -> lambda.function().body() instanceof Expr.Block block
                    && trivia.hasLineBreak(block.span());
            case Expr.Record _, Expr.Tuple _, Expr.Tensor _, Expr.Match _ -> arguments.size() == 1;
            default -> false;
        };
    }

    private Doc argument(Argument argument) {
        return switch (argument) {
            case Argument.Positional positional -> expr(positional.value());
            case Argument.Keyword keyword -> Doc.concat(Doc.text(keyword.name() + "="),
                    expr(keyword.value()));
            case Argument.Spread spread -> Doc.concat(Doc.text("*"), expr(spread.value()));
            case Argument.SpreadFields spread -> Doc.concat(Doc.text("**"), expr(spread.value()));
        };
    }

    private Doc lambda(Function function) {
        var parameters = function.parameters();
        boolean bare = parameters.size() == 1 && parameters.getFirst().annotation().isEmpty()
                && parameters.getFirst().defaultValue().isEmpty()
                && parameters.getFirst().kind() == Parameter.Kind.PLAIN
                && (parameters.getFirst().pattern() instanceof Pattern.Bind
                        || parameters.getFirst().pattern() instanceof Pattern.Wildcard);
        if (bare) {
            return Doc.concat(statements.patterns().pattern(parameters.getFirst().pattern()),
                    Doc.text(" -> "), body(function.body()));
        }
        int start = function.span().start();
        boolean open = trivia.find(TokenKind.LEFT_PAREN, start) == start;
        int end = open ? statements.patterns().endOfParameters(function, start, trivia) : start;
        var head = lists.list("(", parameters, open ? start + 1 : start, end, ")",
                statements.patterns()::parameter);
        return Doc.concat(head, Doc.text(" -> "), body(function.body()));
    }
}
