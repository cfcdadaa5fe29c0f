package tfl.backend.llvm;

import java.util.List;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;

/**
 * Code for {@link Kernel.Loop}: function {@code kernel}, over ranges of output elements. Arguments: the
 * outputs, the inputs, the sizes of {@code rank} axes, then each input's strides. Outputs are dense and may
 * be the same memory as an input that is dense too.
 */
public record LoopKernel(Kernel.Loop loop, int rank, List<InnerStride> inner) {
    /**
     * The module's text.
     *
     * @throws Unsupported if an operation is left to the reference
     */
    public String text() {
        var module = new Module();
        return module.add("kernel", write(module.library())).text();
    }

    private Code write(MathLibrary library) {
        var code = new Code();
        var scalars = new Scalars(code, library);
        var arguments = new Arguments(code);
        var outputs = arguments.pointers(loop.bodies().size());
        var inputs = arguments.pointers(loop.inputs().size());
        var nest = Nest.read(code, arguments, rank, inner);
        nest.walk("%begin", "%end", List.of(), (run, none) -> {
            var operands = new Operands(code, loop.inputs(), inner, inputs, run.offsets(), nest::innerStride);
            code.independentLoop("0", run.length(), i -> {
                var place = scalars.at(new Scalars.Leaves(k -> operands.at(k, i), k -> null,
                        axis -> coordinate(code, run, axis, i)));
                var position = code.integer("add nsw", run.position(), i);
                var values = loop.bodies().stream().map(place::write).toList();
                for (int k = 0; k < values.size(); k++) {
                    scalars.memory().store(values.get(k), outputs.get(k), position);
                }
            });
            return none;
        });
        return code;
    }

    private String coordinate(Code code, Nest.Run run, int axis, String i) {
        var start = run.coordinates().get(axis);
        return axis == rank - 1 ? code.integer("add", start, i) : start;
    }

    /** Whether positions matter to an expression, so that axes may not be joined. */
    public static boolean readsIndex(ScalarExpr expr) {
        return expr instanceof ScalarExpr.Index || expr.parts().stream().anyMatch(LoopKernel::readsIndex);
    }
}
