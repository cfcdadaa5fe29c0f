package tfl.editor.feature;

import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Expr;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.shape.Value;
import tfl.language.symbol.Occurrence;
import tfl.language.symbol.Symbol;

/** What stands under the pointer: how it is called, what it does, and its shape. */
public final class Hovers {
    private static final int LONGEST = 60;
    private final Project project;
    private final Document document;

    private Hovers(Project project, Document document) {
        this.project = project;
        this.document = document;
    }

    public static Optional<Hover> at(Project project, Document document, Position position) {
        return new Hovers(project, document).at(document.positions().offset(position));
    }

    private Optional<Hover> at(int offset) {
        var found = project.analysis(document).symbols().at(offset);
        if (found.isPresent()) {
            return found.flatMap(this::text).map(text -> hover(text, found.get().span().start(),
                    found.get().span().end()));
        }
        return token(offset).flatMap(token -> expression(token, offset).or(() -> keyword(token)));
    }

    private Optional<String> text(Occurrence occurrence) {
        var symbol = occurrence.symbol();
        if (symbol.kind() == Symbol.Kind.MODULE) {
            return module(symbol);
        }
        var described = Describe.of(project, document, symbol);
        boolean hasValue = symbol.kind() == Symbol.Kind.VARIABLE || symbol.kind() == Symbol.Kind.PARAMETER
                || symbol.kind() == Symbol.Kind.DIMENSION;
        return hasValue ? described.map(each -> value(occurrence, each).markdown()) : described.map(Describe::markdown);
    }

    /** {@code x: f32[32, 784]}; a parameter that says what it is keeps its own words as well. */
    private Describe value(Occurrence occurrence, Describe described) {
        var value = Shapes.at(project.analysis(document), occurrence.span());
        if (value instanceof Value.Unknown) {
            return described;
        }
        var head = occurrence.symbol().name() + ": " + value;
        boolean annotated = described.head().contains(":") && !described.head().equals(head);
        return new Describe(annotated ? described.head() + "\n" + head : head, described.doc(), described.origin());
    }

    private Optional<String> module(Symbol symbol) {
        var module = symbol.module().orElseThrow();
        var doc = project.module(document, module)
                .flatMap(there -> project.analysis(there).parsed().module().doc()).orElse("");
        return Optional.of(new Describe("import " + Describe.oneLine(module.span().text()), doc, "").markdown());
    }

    /** The value of what an operator, a bracket or a number belongs to. */
    private Optional<Hover> expression(Token token, int offset) {
        boolean asks = switch (token.kind().group()) {
            case OPERATOR, PUNCTUATION, NUMBER -> token.kind() != TokenKind.LEFT_BRACE
                    && token.kind() != TokenKind.RIGHT_BRACE;
            default -> false;
        };
        if (!asks) {
            return Optional.empty();
        }
        var analysis = project.analysis(document);
        return Trees.innermost(analysis.parsed().module(), offset, Expr.class)
                .filter(each -> analysis.shapes().of(each) instanceof Value.Tensor
                        || analysis.shapes().of(each) instanceof Value.Tuple)
                .map(each -> hover("```tfl\n" + shortened(each) + ": " + analysis.shapes().of(each) + "\n```\n",
                        each.span().start(), each.span().end()));
    }

    private static String shortened(Expr expr) {
        var text = Describe.oneLine(expr.span().text());
        return text.codePointCount(0, text.length()) <= LONGEST ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
    }

    private Optional<Hover> keyword(Token token) {
        return Keywords.help(document.text().substring(token.start(), token.end()))
                .map(each -> hover(each, token.start(), token.end()));
    }

    private Optional<Token> token(int offset) {
        return Lexer.tokens(document.source()).list().stream()
                .filter(each -> each.start() <= offset && offset < each.end()).findFirst();
    }

    private Hover hover(String text, int start, int end) {
        return new Hover(new MarkupContent(MarkupKind.MARKDOWN, text), document.positions().range(start, end));
    }
}
