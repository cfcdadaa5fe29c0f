/**
 * From a graph to kernels in order: {@link tfl.lower.Lower} makes a {@link tfl.lower.Program}, which runs.
 *
 * <pre>
 * var program = Lower.of(graph, ops);          // or Lower.unfused, ready at once
 * Tensor[] results = program.run(inputs, 0);
 * program.report();                            // which equations became which kernels
 * </pre>
 *
 * <p>Products are taken out of loops ({@code LoopProducts}), sum in the order in which their operands lie
 * ({@code SumOrder}), and one element of each row is written as a comparison ({@code OneHot}). The graph is read as a
 * flow of values ({@code Flow}); equations become groups ({@code Fusion}), each group a kernel over what comes from
 * outside ({@code Draft}); loops ({@code Rounds}) and products ({@code Products}) may become kernels of their own; and
 * the kernels tasks with registers ({@code Schedule}), those that may write over arguments last ({@code Updates}) and
 * at one time ({@code UpdateGroup}). What graphs of several sizes became tells what others become ({@code SizedPlans}).
 * The fuser knows no primitive by its name: what an equation is to it, {@code Form} reads from its kernel.
 *
 * <p>Results are those of the graph applied equation by equation: bit for bit for integers and for arithmetic on
 * floats. Sums may be added in another order, and a transcendental function may differ in its last bits where an
 * element lies in the rest of a vector in one kernel and not in the other.
 */
package tfl.lower;
