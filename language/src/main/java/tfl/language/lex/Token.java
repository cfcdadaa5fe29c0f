package tfl.language.lex;

/**
 * A stretch of text, from offset {@code start} to {@code end}.
 *
 * @param startsLine whether a line break stands between the token before and this one
 */
public record Token(TokenKind kind, int start, int end, boolean startsLine) {}
