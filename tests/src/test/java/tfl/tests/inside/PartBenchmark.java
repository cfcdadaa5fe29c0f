package tfl.tests.inside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tfl.graph.Graph;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.kernel.BinaryOp;
import tfl.language.parse.Parsed;
import tfl.language.parse.Parser;
import tfl.language.source.Source;
import tfl.optimise.Pipeline;
import tfl.primitive.Binary;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** What the parts cost by themselves: dispatch, the allocator, calls, the parser, the tracer, the optimiser. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PartBenchmark {
    private static final int ROUNDS = 1000;
    private static final String PROGRAM = """
            fn next(s, i) = (s * 31 + i) % 1000003
            fn calls(n) { s = 1; for i in 0..n { s = next(s, i) }; s }
            fn adds(n, x, b) { for _ in 0..n { x = x + b }; x }
            total = graph((a, b, c, d) -> a + b + c + d)
            fn graphs(n, x) { y = x; for _ in 0..n { y = total(x, x, x, x) }; y }
            {calls, same: x -> x, adds: n -> adds(n, ones(16), ones(16)), graphs: n -> graphs(n, ones(16))}
            """;
    private final Binary add = new Binary(BinaryOp.ADD);
    private Tensor left;
    private Tensor right;
    private String text;
    private Graph graph;
    private Context context;
    private Value functions;

    @Setup
    public void prepare() throws IOException {
        left = Tensor.of(new float[16], 16);
        right = Tensor.of(new float[16], 16);
        left.retain();
        right.retain();
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("examples/tour.tfl"))) {
            root = root.getParent();
        }
        text = Files.readString(root.resolve("examples/tour.tfl"));
        graph = ExampleGraph.trace();
        context = Context.newBuilder("tfl").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false").build();
        functions = context.eval("tfl", PROGRAM);
    }

    @TearDown
    public void close() {
        context.close();
    }

    /** One primitive on 16 numbers: dispatch, kernel, result, its release. */
    @Benchmark
    public void dispatch() {
        TensorValue sum = Execution.ops().call(add, left, right);
        sum.discard();
    }

    @Benchmark
    public void allocateSmall() {
        Tensor.allocate(DType.F32, 16).discard();
    }

    @Benchmark
    public void allocateLarge() {
        Tensor.allocate(DType.F32, 1 << 22).discard();
    }

    /** A call of a function of the language from Java. */
    @Benchmark
    public Value callFromJava() {
        return functions.getMember("same").execute(1);
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public Value callInTheLanguage() {
        return functions.getMember("calls").execute(ROUNDS);
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public Value primitiveInTheLanguage() {
        return functions.getMember("adds").execute(ROUNDS);
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public Value callOfAGraph() {
        return functions.getMember("graphs").execute(ROUNDS);
    }

    /** The tour, some hundred lines. */
    @Benchmark
    public Parsed parser() {
        return Parser.parse(Source.of("tour.tfl", text));
    }

    /** A graph of 600 operations. */
    @Benchmark
    public Graph tracer() {
        return ExampleGraph.trace();
    }

    @Benchmark
    public Pipeline.Result allPasses() {
        return Pipeline.STANDARD.run(graph);
    }
}
