/**
 * Tokens to tree. Entry: {@link tfl.language.parse.Parser#parse}, which always gives a tree and lists every
 * syntax error it found; {@link tfl.language.parse.Completeness} tells a prompt whether to wait for more. No
 * name is looked up here.
 * {@snippet : Parsed parsed = Parser.parse(Source.of("a.tfl", "x = 1")); }
 */
package tfl.language.parse;
