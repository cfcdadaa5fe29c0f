package tfl.repl.reference;

import java.util.Locale;
import tfl.language.lex.Lexer;
import tfl.language.source.Source;

/** TFL code as HTML, each token in a {@code span} of its group's class. */
final class CodeHtml {
    private CodeHtml() {}

    static String of(String code) {
        var html = new StringBuilder();
        int at = 0;
        for (var token : Lexer.tokens(Source.of("<example>", code)).list()) {
            html.append(escape(code.substring(at, token.start())));
            var text = escape(code.substring(token.start(), token.end()));
            html.append(text.isBlank() ? text : "<span class=\"" + token.kind().group().name().toLowerCase(Locale.ROOT)
                    .replace('_', '-') + "\">" + text + "</span>");
            at = token.end();
        }
        return html.append(escape(code.substring(at))).toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
