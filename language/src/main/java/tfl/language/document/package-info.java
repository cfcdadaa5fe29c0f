/**
 * The documentation that stands in a text: {@code ##} lines and the heads of definitions. Entry:
 * {@link tfl.language.document.Documentation#of}. Serves {@code tfl doc}, {@code help} and editors; knows no
 * values.
 */
package tfl.language.document;
