package tfl.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tfl.optimise.Pass;
import tfl.optimise.Pipeline;

/** Starts the microbenchmarks with the class path and flags of the tests. */
class InsideTest {
    @Test
    @EnabledIfSystemProperty(named = "tfl.jmh", matches = ".+")
    void run() throws Exception {
        var options = new OptionsBuilder().include(System.getProperty("tfl.jmh")).forks(1).warmupIterations(3)
                .warmupTime(TimeValue.seconds(1)).measurementIterations(5).measurementTime(TimeValue.seconds(1))
                .resultFormat(ResultFormatType.JSON)
                .result(Path.of("..", "build", "inside.json").toAbsolutePath().toString()).build();
        assertFalse(new Runner(options).run().isEmpty(), "no benchmark has such a name");
    }

    @Test
    void everyPassIsMeasured() throws Exception {
        var measured = PassBenchmark.class.getField("pass").getAnnotation(Param.class).value();
        assertEquals(Pipeline.STANDARD.passes().stream().map(Pass::name).collect(Collectors.toSet()),
                Stream.of(measured).collect(Collectors.toSet()));
        assertEquals(6 * ExampleGraph.LAYERS, ExampleGraph.trace().equations().size());
    }
}
