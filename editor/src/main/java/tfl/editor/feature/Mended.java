package tfl.editor.feature;

import java.util.ArrayDeque;
import java.util.List;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.lex.Lexer;
import tfl.language.lex.Names;
import tfl.language.lex.TokenKind;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/**
 * A text with what is missing at the cursor put there, so that the statement that is being typed has a tree: a name
 * where one must follow, and the brackets that are still open. Offsets up to the cursor stay what they are.
 */
final class Mended {
    /** No one types it, and no name of the prelude is like it. */
    static final String NAME = "ˍhere";

    private Mended() {}

    /** The text itself, if nothing is missing. */
    static Document at(Project project, Document document, int offset) {
        var text = document.text();
        boolean within = offset < text.length() && Names.isPart(text.codePointAt(offset));
        boolean behindName = offset > 0 && Names.isPart(text.codePointBefore(offset));
        String name = within || behindName ? "" : NAME;
        var before = text.substring(0, offset);
        var after = text.substring(offset);
        var closers = closers(before);
        if (name.isEmpty() && project.analysis(document).parsed().isValid()) {
            return document;
        }
        var best = before + name + after;
        int fewest = problems(best);
        for (var tail : List.of(closers + after, closers + lineBreak(after))) {
            var mended = before + name + tail;
            int found = fewest == 0 || mended.equals(best) ? fewest : problems(mended);
            if (found < fewest) {
                best = mended;
                fewest = found;
            }
        }
        return new Document(document.uri(), -1, document.source().name(), best);
    }

    private static int problems(String text) {
        return Parser.parse(Source.of("", text)).problems().size();
    }

    /** What stands behind the cursor in its line left out: the rest of a call that is being typed anew. */
    private static String lineBreak(String after) {
        int end = after.indexOf('\n');
        return end < 0 ? "" : after.substring(end);
    }

    /** The brackets that close what is open; braces are left to the parser, which knows where blocks end. */
    private static String closers(String before) {
        var open = new ArrayDeque<String>();
        for (var token : Lexer.tokens(Source.of("", before)).list()) {
            switch (token.kind()) {
                case LEFT_PAREN -> open.push(TokenKind.RIGHT_PAREN.text());
                case LEFT_BRACKET -> open.push(TokenKind.RIGHT_BRACKET.text());
                case LEFT_BRACE, INTERPOLATION_BEGIN -> open.push("");
                case RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE, INTERPOLATION_END -> open.poll();
                default -> { }
            }
        }
        var text = new StringBuilder();
        for (var each : open) {
            if (each.isEmpty()) {
                break;
            }
            text.append(each);
        }
        return text.toString();
    }
}
