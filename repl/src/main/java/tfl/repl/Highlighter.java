package tfl.repl;

import java.util.Map;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.source.Source;
import tfl.session.Brackets;

/** Colours the line being typed, token by token, and the bracket that matches the one at the cursor. */
final class Highlighter implements org.jline.reader.Highlighter {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final Map<TokenKind.Group, AttributedStyle> STYLES = Map.of(
            TokenKind.Group.KEYWORD, PLAIN.foreground(AttributedStyle.MAGENTA),
            TokenKind.Group.WORD_OPERATOR, PLAIN.foreground(AttributedStyle.MAGENTA),
            TokenKind.Group.CONSTANT, PLAIN.foreground(AttributedStyle.CYAN),
            TokenKind.Group.NUMBER, PLAIN.foreground(AttributedStyle.CYAN),
            TokenKind.Group.STRING, PLAIN.foreground(AttributedStyle.GREEN),
            TokenKind.Group.INTERPOLATION, PLAIN.foreground(AttributedStyle.YELLOW),
            TokenKind.Group.COMMENT, PLAIN.foreground(AttributedStyle.BRIGHT),
            TokenKind.Group.ERROR, PLAIN.foreground(AttributedStyle.RED));

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        if (text.startsWith(":") || text.startsWith("?")) {
            return new AttributedString(text, PLAIN.foreground(AttributedStyle.YELLOW));
        }
        var tokens = Lexer.tokens(Source.of("<input>", text));
        var line = new AttributedStringBuilder();
        // What stays on the screen once it runs has no cursor.
        boolean typing = !(reader instanceof PromptReader own) || own.isTyping();
        int[] pair = typing ? Brackets.pairAt(text, tokens.list(), reader.getBuffer().cursor()) : null;
        int at = 0;
        for (var token : tokens.list()) {
            line.append(text, at, token.start());
            line.styled(style(token, pair), text.substring(token.start(), token.end()));
            at = token.end();
        }
        return line.append(text, at, text.length()).toAttributedString();
    }

    private static AttributedStyle style(Token token, int[] pair) {
        var style = STYLES.getOrDefault(token.kind().group(), PLAIN);
        return pair != null && (token.start() == pair[0] || token.start() == pair[1])
                        ? style.bold().underline() : style;
    }
}
