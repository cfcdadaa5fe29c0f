/**
 * Characters to tokens. Entry: {@link tfl.language.lex.Lexer#tokens}, which never fails: it serves the
 * parser, the formatter and a prompt's highlighting alike, and reports what it could not read. Knows no
 * grammar; line breaks are a flag on the token behind them, for only the parser can tell which of them end a
 * statement.
 */
package tfl.language.lex;
