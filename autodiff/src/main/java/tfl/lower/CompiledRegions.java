package tfl.lower;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import tfl.graph.Graph;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.Region;
import tfl.tensor.Tensor;
import tfl.transform.EagerOps;

/** Runs the regions of control flow that is met outside of graphs: compiled, once they have run a few times. */
public final class CompiledRegions implements Lowering.Runner {
    private final EagerOps ops;
    private final Map<Region, CompiledGraph> graphs = Collections.synchronizedMap(new WeakHashMap<>());

    public CompiledRegions(EagerOps ops) {
        this.ops = ops;
    }

    @Override
    public Tensor[] run(Region region, Tensor[] inputs, long donated, Tensor... places) {
        // Keyed weakly by the region, which the compiled graph must not hold: it holds a copy of its lists.
        var compiled = graphs.computeIfAbsent(region, key -> new CompiledGraph(copy((Graph) key), ops));
        return compiled.run(inputs, donated, places);
    }

    private static Graph copy(Graph graph) {
        return new Graph(graph.inputs(), graph.equations(), graph.outputs());
    }

    @Override
    public Tensor[] apply(Primitive primitive, Tensor... inputs) {
        return ops.run(primitive, 0, inputs);
    }

    @Override
    public Tensor dense(Tensor value) {
        return ops.copy(value);
    }
}
