package tfl.language.format;

import java.util.Optional;
import tfl.language.ast.Module;
import tfl.language.lex.Lexer;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/**
 * The one layout: two spaces of indentation, lines of 100 columns, one empty line at most, two spaces or
 * more before a comment behind code. Blocks on one line stay there if they fit. Strings and numbers stay as written. A
 * statement with a comment at a place where the layout has none keeps its own line breaks.
 */
public final class Formatter {
    private static final int WIDTH = 100;
    private static final int SETTLES = 4;

    private Formatter() {}

    /** The formatted text of a source, which formats to itself; empty if it has syntax errors. */
    public static Optional<String> format(Source source) {
        var parsed = Parser.parse(source);
        if (!parsed.isValid()) {
            return Optional.empty();
        }
        var text = format(parsed.module());
        // A block that had to be broken lets the call around it close up, which shows only in the new text.
        for (int round = 0; round < SETTLES; round++) {
            var next = format(Parser.parse(Source.of(source.name(), text)).module());
            if (next.equals(text)) {
                break;
            }
            text = next;
        }
        return Optional.of(text);
    }

    private static String format(Module module) {
        var trivia = new Trivia(Lexer.tokens(module.span().source()));
        var statements = new StatementDocs(trivia);
        var last = module.statements().isEmpty() ? null : module.statements().getLast();
        var body = statements.sequence(module.statements(), 0, module.span().end(), statement -> {
            var doc = statements.statement(statement);
            return module.silent() && statement == last ? Doc.concat(doc, Doc.text(";")) : doc;
        });
        return body.isEmpty() ? "" : Layout.write(Doc.concat(body), WIDTH) + "\n";
    }
}
