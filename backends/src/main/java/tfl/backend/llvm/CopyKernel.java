package tfl.backend.llvm;

import java.util.List;

/**
 * Code for copies between strided memory: function {@code kernel}, over ranges of elements. Arguments:
 * target, source, the sizes of {@code rank} axes, the target's strides, the source's.
 *
 * @param bytes of an element: 1, 2, 4 or 8
 * @param inner how target and source move along the innermost axis
 */
public record CopyKernel(int bytes, int rank, List<InnerStride> inner) implements KernelSource {
    @Override
    public String text() {
        var code = new Code();
        var type = "i" + 8 * bytes;
        var arguments = new Arguments(code);
        var target = arguments.pointer();
        var source = arguments.pointer();
        var nest = Nest.read(code, arguments, rank, inner);
        nest.walk("%begin", "%end", List.of(), (run, none) -> {
            var to = code.element(type, target, run.offsets().getFirst());
            var from = code.element(type, source, run.offsets().getLast());
            code.independentLoop("0", run.length(), i -> {
                var value = code.load(type, code.element(type, from,
                        code.integer("mul", i, nest.innerStride(1))));
                code.store(type, value, code.element(type, to, code.integer("mul", i, nest.innerStride(0))));
            });
            return none;
        });
        return new Module().add("kernel", code).text();
    }
}
