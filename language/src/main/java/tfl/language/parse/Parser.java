package tfl.language.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Expr;
import tfl.language.ast.Module;
import tfl.language.ast.Statement;
import tfl.language.lex.Lexer;
import tfl.language.lex.Spellings;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.language.source.Span;

/**
 * Recursive descent, one method a rule, named after it. {@code NL} is a line break that ends a statement.
 * <pre>
 * module      = statements END
 * statements  = [ statement { (NL | ";") [ statement ] } ]
 * statement   = definition | import | test | bench | assignment | expression
 * assignment  = expression ( "=" | "+=" | "-=" | ... ) expression          left side read as pattern or path
 * block       = "{" statements "}"
 *
 * definition  = { "@" postfix NL } "fn" NAME "(" [ parameters ] ")" [ "->" annotation ]
 *               ( "=" expression | block )
 *             | "struct" NAME [ "(" [ field { "," field } ] ")" ] [ "{" { definition NL } "}" ]
 * field       = [ "static" ] NAME [ ":" annotation ] [ "=" expression ]
 * parameters  = parameter { "," parameter }
 * parameter   = pattern [ ":" annotation ] [ "=" expression ] | "*" NAME | "**" NAME
 * import      = "import" module { "," module } | "from" module "import" NAME [ "as" NAME ] { "," ... }
 * module      = ( NAME { "." NAME } | STRING | "java" STRING ) [ "as" NAME ]
 * test        = "test" STRING block
 * bench       = "bench" STRING block
 *
 * expression  = ( NAME | "(" [ parameters ] ")" | fields ) "->" body | pipeline
 * body        = block | expression
 * pipeline    = disjunction { "|>" disjunction }
 * disjunction = conjunction { "or" conjunction }
 * conjunction = negation { "and" negation }
 * negation    = "not" negation | comparison
 * comparison  = range { ( "==" | "!=" | "<" | "<=" | ">" | ">=" | [ "not" ] "in" ) range }
 * range       = arithmetic [ ( ".." | "..=" ) arithmetic [ "by" arithmetic ] ]
 * arithmetic  = unary { operator unary }                             | ^ &amp; &lt;&lt; &gt;&gt; + - @ * / // %
 * unary       = ( "-" | "+" | "~" | "not" ) unary | power
 * power       = postfix [ "**" unary ]
 * postfix     = primary { "(" [ arguments ] ")" | "[" subscripts "]" | "." NAME }
 * primary     = NAME | NUMBER | STRING | "true" | "false" | "none" | tuple | tensor | record
 *             | block | control
 * tuple       = "(" [ element { "," element } [ "," ] ] ")" | "(" expression clauses ")"
 * tensor      = "[" [ element { "," element } [ "," ] ] "]" | "[" expression clauses "]"
 * element     = [ "*" ] expression
 * clauses     = "for" pattern "in" pipeline { "for" pattern "in" pipeline | "if" pipeline }
 * record      = "{" [ entry { "," entry } [ "," ] ] "}"
 * entry       = ( NAME | STRING ) [ ":" expression ] | "..." expression
 * argument    = expression | NAME "=" expression | "*" expression | "**" expression | expression clauses
 * subscript   = expression | [ expression ] ":" [ expression ] [ ":" [ expression ] ] | "..."
 *
 * control     = "if" expression block [ "else" ( control-if | block ) ]
 *             | "while" expression block | "for" pattern "in" expression block
 *             | "match" expression "{" { pattern [ "if" pipeline ] "->" body ( "," | NL ) } "}"
 *             | "try" block [ "catch" [ NAME ] block ] [ "finally" block ]
 *             | "return" [ expression ] | "break" | "continue" | "assert" expression [ "," expression ]
 *
 * pattern     = "_" | NAME | "(" [ [ "*" ] pattern { "," ... } ] ")" | fields
 *             | literal | pattern ":" annotation                           these two in match only
 * fields      = "{" [ NAME [ ":" pattern ] { "," ... } [ "..." NAME ] ] "}"
 * annotation  = NAME { "." NAME } [ "[" [ dim { "," dim } ] "]" ]
 * dim         = INT | "_" | "..." | [ INT "*" ] NAME [ "*" INT ] [ ( "+" | "-" ) INT ]
 * </pre>
 * A syntax error drops the statement it is in; parsing goes on at the next line that is indented no deeper.
 */
public final class Parser {
    final TokenCursor cursor;
    final Expressions expressions;
    final Primaries primaries;
    final ControlFlow controlFlow;
    final Patterns patterns;
    final Definitions definitions;
    private final List<Located> problems;
    private final List<Comment> comments;
    private boolean endedEarly;

    private Parser(Source source) {
        var tokens = Lexer.tokens(source);
        this.cursor = new TokenCursor(tokens);
        this.expressions = new Expressions(this);
        this.primaries = new Primaries(this);
        this.controlFlow = new ControlFlow(this);
        this.patterns = new Patterns(this);
        this.problems = new ArrayList<>(tokens.problems());
        this.comments = cursor.comments();
        this.definitions = new Definitions(this, new DocComments(comments));
        this.endedEarly = tokens.problems().size() == 1
                && tokens.problems().getFirst()
                        .problem() instanceof SyntaxProblem.UnterminatedString(String quote)
                && quote.length() == 3;
    }

    /** The tree of a text, with all its syntax errors. Never throws. */
    public static Parsed parse(Source source) {
        var parser = new Parser(source);
        var module = parser.module();
        TreeDepth.firstTooDeep(module).ifPresent(node -> parser.problems.add(
                new Located(new SyntaxProblem.TooDeep(TreeDepth.DEEPEST), node.span())));
        parser.problems.sort(Comparator.comparingInt(problem -> problem.span().start()));
        return new Parsed(module, parser.problems, parser.comments, parser.completeness());
    }

    private Completeness completeness() {
        if (problems.isEmpty()) {
            return Completeness.COMPLETE;
        }
        return endedEarly && problems.size() == 1 ? Completeness.INCOMPLETE : Completeness.INVALID;
    }

    private Module module() {
        var statements = statements(TokenKind.END);
        boolean silent = !statements.isEmpty() && cursor.previous().kind() == TokenKind.SEMICOLON;
        return new Module(statements, definitions.moduleDoc(), silent, cursor.source().whole());
    }

    /**
     * Statements up to, not including, the token that ends them. Always makes it there, or to the end of the
     * text.
     */
    List<Statement> statements(TokenKind end) {
        var statements = new ArrayList<Statement>();
        while (true) {
            cursor.skipLineBreaks();
            while (cursor.accept(TokenKind.SEMICOLON)) {
                cursor.skipLineBreaks();
            }
            if (cursor.is(end) || cursor.is(TokenKind.END)) {
                return statements;
            }
            statementOrRecovery(end).ifPresent(statements::add);
        }
    }

    private Optional<Statement> statementOrRecovery(TokenKind end) {
        int start = cursor.index();
        int depth = cursor.depth();
        boolean lineBreaks = cursor.lineBreaksMatter(true);
        try {
            var statement = statement();
            endOfStatement(statement, end);
            return Optional.of(statement);
        } catch (Failure failure) {
            failure.problem.filter(problem -> !failure.atEnd || !endedEarly).ifPresent(problems::add);
            endedEarly |= failure.atEnd;
            cursor.depth(depth);
            cursor.lineBreaksMatter(true);
            recover(start, end);
            return Optional.empty();
        } finally {
            cursor.lineBreaksMatter(lineBreaks);
        }
    }

    private Statement statement() {
        var first = cursor.token();
        return switch (cursor.peek()) {
            case FN, STRUCT, AT -> definitions.definition();
            case IMPORT -> definitions.importModules();
            case RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE ->
                throw cursor.failure(new SyntaxProblem.NeverOpened(cursor.text(first)), cursor.span(first));
            case NAME -> switch (cursor.peekAt(1)) {
                case STRING_BEGIN -> named(first);
                case NAME -> cursor.isWord("from") ? definitions.fromImport() : assignmentOrExpression();
                default -> assignmentOrExpression();
            };
            default -> assignmentOrExpression();
        };
    }

    private Statement named(Token first) {
        return switch (cursor.text(first)) {
            case "test" -> definitions.test();
            case "bench" -> definitions.bench();
            case "from" -> definitions.fromImport();
            default -> assignmentOrExpression();
        };
    }

    private Statement assignmentOrExpression() {
        var first = cursor.token();
        var left = expressions.expression();
        var operator = Operators.update(cursor.peek());
        if (cursor.is(TokenKind.ASSIGN)) {
            cursor.next();
            var target = Targets.of(left);
            var value = expressions.expression();
            if (cursor.is(TokenKind.ASSIGN)) {
                throw cursor.expected("the end of the line", Optional.of("assign to one target at a time"));
            }
            return switch (target) {
                case Targets.Taken taken -> new Statement.Assign(taken.pattern(), value,
                        definitions.doc(first), cursor.since(first));
                case Targets.Updated updated -> new Statement.Update(updated.path(), Optional.empty(), value,
                        cursor.since(first));
            };
        }
        if (operator.isPresent()) {
            cursor.next();
            var path = Targets.path(left);
            var value = expressions.expression();
            return new Statement.Update(path, operator, value, cursor.since(first));
        }
        return new Statement.Expression(left);
    }

    private void endOfStatement(Statement statement, TokenKind end) {
        if (cursor.is(TokenKind.NEWLINE) || cursor.is(TokenKind.SEMICOLON) || cursor.is(TokenKind.END)
                || cursor.is(end)) {
            return;
        }
        var last = cursor.previous();
        var advice = last.kind() == TokenKind.NAME ? Spellings.ofWord(cursor.text(last))
                : Optional.<String>empty();
        if (advice.isPresent()) {
            throw cursor.failure(new SyntaxProblem.ForeignSpelling(cursor.text(last), advice.get()),
                    cursor.span(last));
        }
        if (cursor.is(TokenKind.NAME) && Spellings.ofWord(cursor.text(cursor.token())).isPresent()) {
            throw cursor.expected("the end of the statement");
        }
        throw cursor.expected("the end of the statement", switch (cursor.peek()) {
            case COMMA -> Optional.of("write a tuple in brackets: (a, b)");
            case COLON -> Optional.of("variables have no annotations, and blocks are written in { }");
            case IF -> Optional.of("write `if c { a } else { b }`");
            case ARROW -> Optional.of("put a function that stands behind an operator in ( )");
            case STRING_BEGIN, NAME, INT, FLOAT -> statement instanceof Statement.Expression(Expr.Name name)
                    ? Optional.of("to call it, write " + name.name() + "(...)") : Optional.empty();
            default -> Optional.empty();
        });
    }

    /** A block with its braces. Line breaks before it are allowed. */
    Expr.Block block() {
        boolean outer = cursor.lineBreaksMatter(true);
        if (cursor.is(TokenKind.NEWLINE) && cursor.token().kind() == TokenKind.LEFT_BRACE) {
            cursor.skipLineBreaks();
        }
        if (!cursor.is(TokenKind.LEFT_BRACE)) {
            throw cursor.expected("`{`", cursor.is(TokenKind.COLON) ? Optional.of("blocks are written in { }")
                    : Optional.empty());
        }
        cursor.enter();
        var opening = cursor.next();
        var statements = statements(TokenKind.RIGHT_BRACE);
        cursor.skipLineBreaks();
        cursor.close(TokenKind.RIGHT_BRACE, opening);
        cursor.leave();
        cursor.lineBreaksMatter(outer);
        return new Expr.Block(statements, cursor.since(opening));
    }

    /** Goes on behind a fault: at the next statement of this block, or at the end of it. */
    private void recover(int start, TokenKind end) {
        int indentation = cursor.indentation(cursor.tokenAt(start));
        if (cursor.index() == start) {
            cursor.next();
        }
        int braces = 0;
        while (!cursor.is(TokenKind.END)) {
            var token = cursor.token();
            if (token.startsLine() && token.kind() != TokenKind.RIGHT_BRACE
                    && cursor.indentation(token) <= indentation) {
                return;
            }
            switch (token.kind()) {
                case LEFT_BRACE -> {
                    cursor.next();
                    if (cursor.token().startsLine() && cursor.depth() < TokenCursor.DEEPEST) {
                        cursor.enter();
                        statements(TokenKind.RIGHT_BRACE);
                        cursor.leave();
                    }
                    braces++;
                }
                case RIGHT_BRACE -> {
                    if (braces == 0 && end == TokenKind.RIGHT_BRACE) {
                        return;
                    }
                    braces = Math.max(0, braces - 1);
                    cursor.next();
                }
                case SEMICOLON -> {
                    if (braces == 0) {
                        return;
                    }
                    cursor.next();
                }
                default -> cursor.next();
            }
        }
    }

    /** Adds a complaint about something that does not keep the tree from being built. */
    void report(SyntaxProblem problem, Span span) {
        problems.add(new Located(problem, span));
    }
}
