/**
 * A program written down: {@link tfl.graph.Graph} is a list of equations in the order they run.
 *
 * <pre>
 * graph    ::= inputs: var*  equation*  outputs: atom*
 * equation ::= var* = primitive atom*        at a place in the source
 * atom     ::= var | literal                 a literal is one number filling a type
 * </pre>
 *
 * <p>Every variable is written once, before it is read. {@link tfl.graph.GraphBuilder} writes graphs, as an
 * {@link tfl.primitive.Ops}, so that every rule can; {@link tfl.graph.GraphCheck} looks whether one is sound; {@link
 * tfl.graph.GraphPrinter} shows it. Nothing here knows kernels, devices, Truffle or the tree.
 */
package tfl.graph;
