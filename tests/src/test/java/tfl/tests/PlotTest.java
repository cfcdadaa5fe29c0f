package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Plots as files: SVG that is well formed, PNG whose pixels are where the numbers say. */
class PlotTest {
    private static final String PROGRAM = """
            import plot
            x = linspace(0, 1, 40)
            p = plot.grid(
              plot.line(x, {a: x, "b<&>": where((x > 0.4) & (x < 0.6), nan, x ** 2)}, title="<&>",
                band={a: 0.1 * x, "b<&>": x}),
              plot.line([1e-5, 1.0, 100.0], y_scale="log", x_label="größe", legend=("log",), dots=true),
              plot.scatter({a: (x, x), b: (x, 1 - x)}, legend="right"),
              plot.scatter(randn((9000,), key=rng(1)), randn((9000,), key=rng(2))),
              plot.bar({one: 1, two: -2, three: 3}),
              plot.hist(randn((900,), key=rng(1))),
              plot.heatmap(x[:6, none] * x[:6], values=true),
              plot.image(rand((4, 5, 3), key=rng(1))),
              plot.contour(x[:, none] ** 2 + x, x, x, filled=true),
              columns=3, theme="%s", title="All")
            """;

    @TempDir
    Path folder;

    private void run(String program) {
        var outcome = Outcome.of(new Program("plot.tfl", program), null);
        assertFalse(outcome.failed(), outcome::report);
    }

    private Element svg(String program) throws Exception {
        var file = folder.resolve("plot.svg");
        run(program + "plot.save(p, \"" + file + "\")\n");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    }

    private BufferedImage png(String program, int scale) throws IOException {
        var file = folder.resolve("plot.png");
        run(program + "plot.save(p, \"" + file + "\", scale=" + scale + ")\n");
        return ImageIO.read(file.toFile());
    }

    @Test
    void everyKindIsWellFormed() throws Exception {
        for (var theme : new String[] {"light", "dark"}) {
            var svg = svg(PROGRAM.formatted(theme));
            assertEquals("svg", svg.getTagName());
            assertTrue(svg.getTextContent().contains("<&>"));
            assertFalse(Files.readString(folder.resolve("plot.svg")).matches("(?s).*\\bnan\\b.*"));
        }
    }

    @Test
    void everyKindBecomesPixels() throws IOException {
        var picture = png(PROGRAM.formatted("dark"), 1);
        assertEquals(1320, picture.getWidth());
        assertEquals(996, picture.getHeight());
        assertEquals(0xff16191d, picture.getRGB(2, 2), "dark paper");
    }

    @Test
    void aLineIsWhereItsNumbersAre() throws Exception {
        var program = "import plot\np = plot.line([0, 10], [0, 5], width=4, x_range=(0, 10), y_range=(0, 5))\n";
        var clip = (Element) svg(program).getElementsByTagName("clipPath").item(0).getChildNodes().item(0);
        double left = number(clip, "x") + 0.5;
        double top = number(clip, "y") + 0.5;
        double width = number(clip, "width") - 1;
        double height = number(clip, "height") - 1;
        var picture = png(program, 2);
        for (double share : new double[] {0.1, 0.35, 0.5, 0.9}) {
            int x = (int) (2 * (left + share * width));
            int y = (int) (2 * (top + (1 - share) * height));
            assertEquals(0xff0072b2, picture.getRGB(x, y), "at " + share);
            assertTrue(picture.getRGB(x, y - 14) != 0xff0072b2 && picture.getRGB(x, y + 14) != 0xff0072b2);
        }
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void cellsHaveTheColoursOfTheirNumbers() throws IOException {
        var picture = png("import plot\np = plot.heatmap([[0.0, 1.0], [1.0, 0.0]], size=(300, 300))\n", 1);
        int low = 0xff440154;
        int high = 0xfffde725;
        assertEquals(low, picture.getRGB(80, 80));
        assertEquals(high, picture.getRGB(200, 80));
        assertEquals(high, picture.getRGB(80, 200));
        assertEquals(low, picture.getRGB(200, 200));
    }

    @Test
    void aMillionPointsMakeASmallFile() throws Exception {
        svg("import plot\nx = linspace(0, 1, 1000000)\np = plot.line(x, randn((1000000,), key=rng(1)))\n");
        assertTrue(Files.size(folder.resolve("plot.svg")) < 100_000);
        svg("import plot\nx = randn((1000000,), key=rng(2))\np = plot.scatter(x, randn((1000000,), key=rng(1)))\n");
        assertTrue(Files.size(folder.resolve("plot.svg")) < 1_000_000);
    }

    @Test
    void notebooksAreGivenWhatAValueShows() {
        try (var context = Context.newBuilder("tfl").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false")
                .build()) {
            var session = context.getBindings("tfl").getMember("__session__");
            var few = context.eval("tfl", "import plot\nplot.line([1, 2])");
            assertEquals("line plot, 1 series, 640 x 420", mime(session, few, "text/plain"));
            assertTrue(mime(session, few, "image/svg+xml").startsWith("<svg"));
            var many = context.eval("tfl", "plot.scatter(rand((3000,)), rand((3000,)))");
            assertTrue(mime(session, many, "image/png").startsWith("iVBORw0KGgo"), "PNG in base 64");
            var graph = context.eval("tfl", "explain(x -> x + 1, 1.0)");
            assertTrue(mime(session, graph, "image/svg+xml").startsWith("<svg"));
            assertEquals("3", mime(session, context.eval("tfl", "1 + 2"), "text/plain"));
            assertTrue(session.getMember("picture").execute(few).asString().startsWith("iVBORw0KGgo"));
            assertEquals("", session.getMember("picture").execute(graph).asString());
        }
    }

    private static String mime(Value session, Value value, String type) {
        return session.getMember("mime").execute(value, 100).getMember(type).asString();
    }

    @Test
    void othersMayReadWhatIsSaved() throws Exception {
        svg("import plot\np = plot.line([1, 2])\n");
        var plain = Files.writeString(folder.resolve("plain"), "");
        assertEquals(Files.getPosixFilePermissions(plain).contains(PosixFilePermission.GROUP_READ),
                Files.getPosixFilePermissions(folder.resolve("plot.svg")).contains(PosixFilePermission.GROUP_READ));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "nothing is left aside");
        }
    }
}
