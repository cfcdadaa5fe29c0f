package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code examples/} do what their first lines promise. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("../examples").toAbsolutePath().normalize();
    private static final Pattern ACCURACY = Pattern.compile("accuracy ([0-9.]+)%");

    @Test
    void digitsLearnsToAtLeast97Percent() throws IOException {
        assertTrue(lastAccuracy(run("digits.tfl")) >= 97);
    }

    @Test
    void theLibrarysLoopLearnsDigitsToAtLeast97Percent() throws IOException {
        assertTrue(lastAccuracy(run("digits_fit.tfl")) >= 97);
    }

    @Test
    void mnistLearnsToAtLeast98PercentInTwoEpochs() throws IOException {
        assumeTrue(System.getenv("TFL_DATA") != null && Files.isDirectory(Path.of(System.getenv("TFL_DATA"), "mnist")),
                "TFL_DATA names no folder with mnist/");
        assertTrue(lastAccuracy(run("mnist.tfl")) >= 98);
    }

    @Test
    void bothLinesOfTheRegressionAgree() throws IOException {
        var lines = run("linear_regression.tfl").lines().toList();
        var numbers = Pattern.compile("-?\\d+\\.\\d+");
        assertEquals(numbers.matcher(lines.get(1)).results().map(result -> result.group()).toList(),
                numbers.matcher(lines.get(2)).results().map(result -> result.group()).toList());
    }

    @Test
    void mandelbrotDrawsText() throws IOException {
        var lines = run("mandelbrot.tfl").lines().toList();
        assertEquals(32, lines.size());
        assertEquals(lines.get(3), lines.get(28), "the set is symmetric");
        assertTrue(lines.get(16).contains("@@@"));
    }

    @Test
    void mandelbrotWritesAPng(@TempDir Path folder) throws IOException {
        var file = folder.resolve("m.png");
        run("mandelbrot.tfl", file.toString());
        var bytes = Files.readAllBytes(file);
        assertEquals("PNG", new String(bytes, 1, 3, StandardCharsets.ISO_8859_1));
        assertTrue(bytes.length > 10_000);
    }

    @Test
    void nBodyKeepsItsEnergy() throws IOException {
        assertTrue(run("nbody.tfl").contains("relative drift"));
    }

    @Test
    void theBestStartOfKMeansFindsTheClusters() throws IOException {
        var matcher = Pattern.compile("as far as ([0-9.]+) from").matcher(run("kmeans.tfl"));
        assertTrue(matcher.find() && Double.parseDouble(matcher.group(1)) < 0.5);
    }

    @Test
    void theThrowHitsItsTarget() throws IOException {
        var matcher = Pattern.compile("lands at ([0-9.]+) m").matcher(run("physics.tfl"));
        assertTrue(matcher.find() && Math.abs(Double.parseDouble(matcher.group(1)) - 60) < 0.5);
    }

    @Test
    void winesAreToldApart() throws IOException {
        assertTrue(lastAccuracy(run("wine.tfl")) >= 90);
    }

    @Test
    void tumoursAreToldApart() throws IOException {
        var output = run("breast_cancer.tfl");
        assertTrue(lastAccuracy(output) >= 95, output);
        assertTrue(number("under the curve ([0-9.]+)", output) > 0.98, output);
    }

    @Test
    void networksExplainDiabetesAtLeastAsWellAsALine() throws IOException {
        var output = run("diabetes.tfl");
        double line = number("linear regression: R2 ([0-9.]+)", output);
        assertTrue(line > 0.45 && number("with networks: R2 ([0-9.]+)", output) > line - 0.02, output);
    }

    @Test
    void anLstmContinuesASeries() throws IOException {
        var output = run("series.tfl");
        assertTrue(number("LSTM: rmse ([0-9.]+)", output) < 0.12, output);
        assertTrue(number("on its own: rmse ([0-9.]+)", output) < 0.3, output);
    }

    @Test
    void anAutoencoderBeatsPrincipalComponents(@TempDir Path folder) throws IOException {
        var file = folder.resolve("digits.svg");
        var output = run("autoencoder.tfl", file.toString());
        assertTrue(number("autoencoder: error ([0-9.]+)", output)
                < 0.8 * number("components: error ([0-9.]+)", output), output);
        assertTrue(Files.readString(file).contains("Learning"));
    }

    @Test
    void thePoleStaysUpright() throws IOException {
        var output = run("cartpole.tfl");
        assertTrue(number("mean return ([0-9.]+) of 200", output) >= 195, output);
    }

    @Test
    void tenComponentsOfDigitsExplainWhatIsKnownOfThem() throws IOException {
        var output = run("pca.tfl");
        assertEquals(73.82, number("10 components explain ([0-9.]+)%", output), 0.01, "scikit-learn, PCA of digits");
        assertTrue(number("covariance differ by ([0-9.e-]+)", output) < 1e-9, output);
    }

    @Test
    void aGaussianProcessFindsTheNoise() throws IOException {
        var output = run("gaussian_process.tfl");
        assertEquals(0.15, number("noise ([0-9.]+) ", output), 0.06);
        assertTrue(number("rmse ([0-9.]+);", output) < 0.15, output);
        assertTrue(number("at ([0-9]+)% of", output) >= 80, output);
    }

    @Test
    void gptLearnsFromTheBundledText() throws IOException {
        var output = run("gpt.tfl", "25", FOLDER.resolve("genesis.txt").toString());
        var losses = Pattern.compile("loss ([0-9.]+)").matcher(output).results()
                .mapToDouble(result -> Double.parseDouble(result.group(1))).toArray();
        assertEquals(Math.log(128), losses[0], 0.5, "at first every character is as likely");
        assertTrue(losses[losses.length - 1] < 3, output);
        assertTrue(output.contains("And God "));
        assertTrue(number("held-out loss ([0-9.]+)", output) < 3.1, output);
    }

    @Test
    void theTourRuns() throws IOException {
        assertTrue(run("tour.tfl").contains("1.259921"));
    }

    @Test
    void everyExampleIsTested() throws IOException {
        var source = Files.readString(Path.of("src/test/java/tfl/tests/ExamplesTest.java"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tfl"))
                    .forEach(name -> assertTrue(source.contains("\"" + name + "\""), name));
        }
    }

    private static String run(String name, String... arguments) throws IOException {
        var file = FOLDER.resolve(name);
        var outcome = Outcome.of(new Program(name, Files.readString(file)), file, arguments);
        assertFalse(outcome.failed(), () -> outcome.output() + outcome.report());
        return outcome.output();
    }

    private static double number(String pattern, String output) {
        var matcher = Pattern.compile(pattern).matcher(output);
        assertTrue(matcher.find(), output);
        return Double.parseDouble(matcher.group(1));
    }

    private static double lastAccuracy(String output) {
        var last = output.lines().reduce((before, line) -> line).orElseThrow();
        var matcher = ACCURACY.matcher(last);
        assertTrue(matcher.find(), last);
        return Double.parseDouble(matcher.group(1));
    }
}
