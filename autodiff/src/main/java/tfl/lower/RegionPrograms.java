package tfl.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import tfl.graph.Graph;
import tfl.graph.GraphPrinter;
import tfl.plan.ProgramPlan;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.Region;
import tfl.primitive.Scan;
import tfl.tensor.Tensor;
import tfl.transform.EagerOps;

/** Runs the regions of a control-flow primitive as programs; those that it makes on the way, one by one. */
record RegionPrograms(Map<Region, Program> programs, Lowering.Runner eager) implements Lowering.Runner {
    /** The regions of a primitive, each compiled once. */
    static RegionPrograms of(Primitive primitive, EagerOps ops, Function<Graph, Program> compile) {
        var programs = new IdentityHashMap<Region, Program>();
        for (var region : primitive.regions()) {
            if (region instanceof Graph graph && !programs.containsKey(region)) {
                programs.put(region, compile.apply(graph));
            }
        }
        return new RegionPrograms(programs, ops.runner());
    }

    /** The regions of a primitive, each that is a graph with its program. */
    static RegionPrograms of(Primitive primitive, EagerOps ops, List<Program> each) {
        var programs = new IdentityHashMap<Region, Program>();
        var graphs = primitive.regions().stream().filter(Graph.class::isInstance).iterator();
        each.forEach(program -> programs.put(graphs.next(), program));
        return new RegionPrograms(programs, ops.runner());
    }

    /** The plans of the programs, in the order of the primitive's regions. */
    List<ProgramPlan> plans(Primitive primitive) {
        return primitive.regions().stream().map(programs::get).filter(Objects::nonNull).map(Program::plan)
                .toList();
    }

    /** What the programs consist of, under the names of the primitive's parts. */
    List<Report.Inner> reports(Primitive primitive) {
        var reports = new ArrayList<Report.Inner>();
        long rounds = primitive instanceof Scan scan ? scan.length() : 0;
        GraphPrinter.regions(primitive).forEach((name, region) -> {
            if (programs.get(region) instanceof Program program) {
                reports.add(new Report.Inner(name, program.report(), rounds));
            }
        });
        return reports;
    }

    @Override
    public Tensor[] run(Region region, Tensor[] inputs, long donated, Tensor... places) {
        var program = programs.get(region);
        return program == null ? eager.run(region, inputs, donated, places) : program.run(inputs, donated, places);
    }

    @Override
    public Tensor[] apply(Primitive primitive, Tensor... inputs) {
        return eager.apply(primitive, inputs);
    }

    @Override
    public Tensor dense(Tensor value) {
        return eager.dense(value);
    }
}
