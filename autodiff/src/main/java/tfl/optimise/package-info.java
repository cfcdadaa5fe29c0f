/**
 * Makes a graph cheaper without changing what it gives: {@link tfl.optimise.Pipeline#STANDARD} lists the passes, each a
 * {@link tfl.optimise.Pass}: a name, a purpose and a function from graph to graph.
 *
 * <pre>
 * var optimised = Pipeline.STANDARD.run(graph);
 * optimised.graph();       // to be lowered
 * optimised.timings();     // what each pass took
 * </pre>
 *
 * <p>The law: integers and elementwise chains give the very bits that eager gives, NaN, infinities and -0 included (the
 * payload of a NaN is nobody's affair). What depends on the order of a float sum is left as written.
 *
 * <p>An optimised graph is for lowering and no longer for differentiation: {@code stop_gradient} is gone. Its variables
 * are numbered anew; inputs and outputs keep their order.
 */
package tfl.optimise;
