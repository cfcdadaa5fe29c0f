package tfl.tests.inside;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tfl.graph.Graph;
import tfl.optimise.Pass;
import tfl.optimise.Pipeline;

/** The tracer, and each pass of the optimiser, on a graph of 600 operations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PassBenchmark {
    /** Names of passes. */
    @Param({"inline", "dead code", "cse", "simplify", "fold", "layout", "residuals"})
    public String pass;

    private Pass chosen;
    private Graph graph;

    @Setup
    public void trace() {
        chosen = Pipeline.STANDARD.passes().stream().filter(each -> each.name().equals(pass)).findFirst()
                .orElseThrow();
        graph = ExampleGraph.trace();
    }

    @Benchmark
    public Graph onePass() {
        return chosen.on(graph);
    }
}
