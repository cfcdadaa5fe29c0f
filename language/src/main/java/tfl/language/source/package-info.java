/**
 * Where things are in a text, and how a complaint about them looks. Entry: {@link tfl.language.source.Source}
 * for a text, {@link tfl.language.source.Problem} for what went wrong, {@link tfl.language.source.Diagnostic}
 * for the report a user reads. Every room may use this package; it knows no token, tree, tensor or node.
 * {@snippet : System.err.print(Diagnostic.of(new Located(problem, span)).render(Diagnostic.Style.PLAIN)); }
 */
package tfl.language.source;
