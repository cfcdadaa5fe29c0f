/**
 * The {@code tfl} command: reads a line or a file, shows a value or a caret, keeps history.
 *
 * <p>Entry: {@link tfl.repl.Main}. Knows the language's text and the polyglot API; never nodes or graphs.
 */
package tfl.repl;
