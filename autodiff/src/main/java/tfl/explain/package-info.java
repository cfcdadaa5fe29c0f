/**
 * What became of a function: {@link tfl.explain.Explanation} tells of its trace, the passes over its graph, and the
 * kernels that it runs as.
 *
 * <pre>
 * var explanation = new Explanation("step", List.of("x"), graph,
 * optimised, program.report(), began, tracing, compiling, origin,
 *         List.of(), Explanation.Code.FUSED);
 * explanation.text();       // for a terminal
 * explanation.svg();        // the graph of its kernels
 * </pre>
 *
 * <p>Callers: the interpreter. Everything is text; nothing is printed here.
 */
package tfl.explain;
