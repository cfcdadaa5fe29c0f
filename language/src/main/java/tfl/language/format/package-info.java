/**
 * Tree back to text, in one layout for everybody. Entry: {@link tfl.language.format.Formatter#format}. The
 * tree says what to write, the tokens where comments stand and which operands had brackets. Formatting keeps
 * the tree and every comment, and formatting twice changes nothing.
 */
package tfl.language.format;
