package tfl.editor.feature;

import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.symbol.Symbol;

/** What stands under the pointer: how it is called, what it does, and its shape. */
public final class Hovers {
    private Hovers() {}

    public static Optional<Hover> at(Project project, Document document, Position position) {
        int offset = document.positions().offset(position);
        var found = project.analysis(document).symbols().at(offset);
        if (found.isPresent()) {
            return found.flatMap(each -> text(project, document, each.symbol()).map(text ->
                    hover(text, document, each.span().start(), each.span().end())));
        }
        return keyword(document, offset);
    }

    private static Optional<String> text(Project project, Document document, Symbol symbol) {
        if (symbol.kind() == Symbol.Kind.MODULE) {
            return module(project, document, symbol);
        }
        return Describe.of(project, document, symbol).map(Describe::markdown);
    }

    private static Optional<String> module(Project project, Document document, Symbol symbol) {
        var module = symbol.module().orElseThrow();
        var doc = project.module(document, module)
                .flatMap(there -> project.analysis(there).parsed().module().doc()).orElse("");
        return Optional.of(new Describe("import " + Describe.oneLine(module.span().text()), doc, "").markdown());
    }

    private static Optional<Hover> keyword(Document document, int offset) {
        return token(document, offset).flatMap(token -> {
            var text = Keywords.help(document.text().substring(token.start(), token.end()));
            return text.map(each -> hover(each, document, token.start(), token.end()));
        });
    }

    static Optional<Token> token(Document document, int offset) {
        return Lexer.tokens(document.source()).list().stream()
                .filter(each -> each.start() <= offset && offset < each.end()).findFirst();
    }

    private static Hover hover(String text, Document document, int start, int end) {
        return new Hover(new MarkupContent(MarkupKind.MARKDOWN, text), document.positions().range(start, end));
    }
}
