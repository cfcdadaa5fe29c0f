/**
 * Who is meant by a name: the symbols of a text, each with every place that defines, reads or writes it. Entry:
 * {@link tfl.language.symbol.SymbolTable#of}. Serves editors; built from what the resolver decided, so that a name
 * means here what it means when the program runs.
 */
package tfl.language.symbol;
