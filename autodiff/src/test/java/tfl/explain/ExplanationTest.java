package tfl.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tfl.backend.Backend;
import tfl.backend.reference.ReferenceBackend;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.language.source.Source;
import tfl.lower.Fused;
import tfl.lower.Lower;
import tfl.optimise.Pipeline;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cond;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/** What users read of a function in graph mode. */
class ExplanationTest {
    private static final EagerOps REFERENCE = new EagerOps(new ReferenceBackend());
    private static final long LONG_AGO = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private static final Source MODEL = Source.of("model.tfl", """
            fn layer(x, w, b) {
                let a = x @ w + b
                tanh(a)
            }
            """);

    /** {@code tanh(x @ w + b)}, its sum, and one of two ends by a condition. */
    private static Graph layer() {
        var b = new GraphBuilder();
        var x = b.input(type(128, 32));
        var w = b.input(type(32, 64));
        var bias = b.input(type(64));
        var truth = b.input(TensorType.scalar(DType.BOOL));
        b.at(new Location(MODEL.span(32, 37), null, null));
        var product = b.call(new MatMul(), x, w);
        b.at(new Location(MODEL.span(32, 41), null, null));
        var sum = b.call(new Binary(BinaryOp.ADD), product, b.call(new BroadcastTo(Shape.of(128, 64)), bias));
        b.at(new Location(MODEL.span(46, 53), null, null));
        var y = b.call(new Unary(UnaryOp.TANH), sum);
        var total = b.call(new ReduceSum(List.of(0, 1)), y);
        var chosen = b.apply(new Cond(unary(UnaryOp.SIN), unary(UnaryOp.COS)), List.of(truth, total)).getFirst();
        return b.graph(List.of(y, chosen));
    }

    private static Graph unary(UnaryOp op) {
        var b = new GraphBuilder();
        return b.graph(List.of(b.call(new Unary(op), b.input(TensorType.scalar(DType.F32)))));
    }

    private static TensorType type(long... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    private static Explanation explained(Graph graph, EagerOps ops) {
        return explained(graph, ops, Fused.Origin.MADE);
    }

    private static Explanation explained(Graph graph, EagerOps ops, Fused.Origin origin) {
        return explained(graph, ops, origin, LONG_AGO);
    }

    private static Explanation explained(Graph graph, EagerOps ops, Fused.Origin origin, long began) {
        var optimised = Pipeline.STANDARD.run(graph);
        return new Explanation("layer", List.of(), graph, optimised,
                Lower.of(optimised.graph(), ops).report(), began, 1_240_000,
                24_000_000_000L, origin,
                List.of(new Explanation.Signature("x: f32[64, 32], w: f32[32, 64], b: f32[64]", ""),
                        new Explanation.Signature("x: f32[128, 32], w: f32[32, 64], b: f32[64]",
                                "x: f32[128, 32] here, f32[64, 32] before")), Explanation.Code.FUSED);
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+(\\.\\d+)? (µs|ms|s)\\b", "# ms").replaceAll("# ms +", "# ms ");
    }

    @Test
    void aProgramFromDiskIsToldAsSuch() {
        var told = withoutTimes(explained(unary(UnaryOp.SIN), REFERENCE, Fused.Origin.DISK).text());
        assertTrue(told.contains("\n  traced in # ms · fused by an earlier process, ready # ms later\n"), told);
    }

    @Test
    void aSmallGraphIsToldInFull() {
        assertEquals("""
                layer: 6 equations, 6 after optimising, 4 kernels
                  655 kFLOP · 156 kB · 4.2 FLOP/byte · 33 kB at most beside the inputs
                  and what branches and loops do, as often as values ask for it
                  traced in # ms · optimised in # ms · lowered in # ms
                  the fused kernels are in use

                Signatures
                  1  x: f32[64, 32], w: f32[32, 64], b: f32[64]
                  2  x: f32[128, 32], w: f32[32, 64], b: f32[64]
                     x: f32[128, 32] here, f32[64, 32] before

                Traced graph
                  given %0: f32[128, 32], %1: f32[32, 64], %2: f32[64], %3: bool[]
                  %4: f32[128, 64] = matmul %0 %1                         # model.tfl:2
                  %5: f32[128, 64] = broadcast_to %2                      # model.tfl:2
                  %6: f32[128, 64] = add %4 %5                            # model.tfl:2
                  %7: f32[128, 64] = tanh %6                              # model.tfl:3
                  %8: f32[] = sum %7 axes=[0, 1]                          # model.tfl:3
                  %9: f32[] = cond %3 %8                                  # model.tfl:3
                    yes:
                      given %10: f32[]
                      %11: f32[] = sin %10
                      gives %11
                    no:
                      given %12: f32[]
                      %13: f32[] = cos %12
                      gives %13
                  gives %7, %9

                Optimised graph
                  given %0: f32[128, 32], %1: f32[32, 64], %2: f32[64], %3: bool[]
                  %4: f32[128, 64] = matmul %0 %1                         # model.tfl:2
                  %5: f32[128, 64] = broadcast_to %2                      # model.tfl:2
                  %6: f32[128, 64] = add %4 %5                            # model.tfl:2
                  %7: f32[128, 64] = tanh %6                              # model.tfl:3
                  %8: f32[] = sum %7 axes=[0, 1]                          # model.tfl:3
                  %9: f32[] = cond %3 %8                                  # model.tfl:3
                    yes:
                      given %10: f32[]
                      %11: f32[] = sin %10
                      gives %11
                    no:
                      given %12: f32[]
                      %13: f32[] = cos %12
                      gives %13
                  gives %7, %9

                Passes
                  inline     6             # ms write out functions with their own derivatives
                  dead code  6             # ms drop equations whose results nobody reads
                  cse        6             # ms compute what is written twice once
                  simplify   6             # ms leave out what changes nothing, join what is one step
                  fold       6             # ms work out small constants
                  dead code  6             # ms drop equations whose results nobody reads
                  layout     6             # ms move elements after computing with them
                  cse        6             # ms compute what is written twice once
                  residuals  6             # ms keep what a loop backwards would compute again
                  dead code  6             # ms drop equations whose results nobody reads

                Kernels
                  1  contract  f32[128, 32], f32[32, 64] → f32[128, 64]
                     from      @
                     written   model.tfl:2
                     computes  contract(f32)
                     costs     524 kFLOP · 57 kB · 9.1 FLOP/byte
                  2  loop  f32[128, 64], f32[128, 64] → f32[128, 64]
                     from      add, tanh
                     written   model.tfl:2, 3
                     computes  loop(x0: f32, x1: f32) -> tanh(x0 + x1)
                     costs     123 kFLOP · 66 kB · 1.9 FLOP/byte
                  3  sum  f32[128, 64] → f32[]
                     from      sum
                     written   model.tfl:3
                     computes  sum[0, 1](x0: f32) -> x0 : f32
                     costs     8.2 kFLOP · 33 kB · 0.25 FLOP/byte
                  4  step  bool[], f32[] → f32[]
                     from      cond
                     written   model.tfl:3
                     costs     0 FLOP · 9 B, and its parts as often as they run
                     yes: 1 kernel
                       4.yes.1 loop  f32[] → f32[]
                          from      sin
                          computes  loop(x0: f32) -> sin(x0)
                          costs     25 FLOP · 8 B · 3.1 FLOP/byte
                     no: 1 kernel
                       4.no.1 loop  f32[] → f32[]
                          from      cos
                          computes  loop(x0: f32) -> cos(x0)
                          costs     25 FLOP · 8 B · 3.1 FLOP/byte
                  and 1 view at no cost
                """, withoutTimes(explained(layer(), REFERENCE).text()));
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        var b = new GraphBuilder();
        Atom x = b.input(type(7, 1));
        for (int k = 0; k < 40; k++) {
            x = b.call(new Binary(BinaryOp.ADD), b.call(new Unary(UnaryOp.SIN), x), b.input(type(7, 1)));
        }
        var text = explained(b.graph(List.of(x)), REFERENCE).text();
        assertEquals(List.of(), text.lines().filter(line -> line.length() > Page.COLUMNS).toList());
        assertTrue(text.contains("sin ×"), text);
    }

    @Test
    void generatedCodeIsShownIfWanted() {
        var cpu = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
        var explained = explained(layer(), cpu);
        assertTrue(explained.text(true).contains("define void @kernel"));
        assertTrue(explained.text(true).contains("; assembly"));
        assertTrue(withoutTimes(explained.text()).contains(" # ms"));
        assertTrue(explained.text().contains("read from disk"));
    }

    @Test
    void codeThatAnEarlierGraphNeededWasThereBefore() {
        var cpu = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
        explained(layer(), cpu);
        var text = explained(layer(), cpu, Fused.Origin.MADE, System.nanoTime()).text()
                .replaceAll("\\s+", " ");
        assertTrue(text.contains("(0 kernels compiled, 0 read from disk, "), text);
        assertTrue(text.contains("compiled for a graph before this one, "), text);
    }

    @Test
    void numbersHaveUnits() {
        assertEquals("999 FLOP · 1.0 kB · 1.0 FLOP/byte", Quantity.cost(999, 1000));
        assertEquals("1.2 MFLOP · 3.1 MB · 0.39 FLOP/byte", Quantity.cost(1_210_000, 3_100_000));
        assertEquals("1.0 GFLOP · 0 B", Quantity.cost(999_900_000, 0));
        assertEquals("812 ns", Quantity.time(812));
        assertEquals("830 µs", Quantity.time(830_000));
        assertEquals("1.00 ms", Quantity.time(999_900));
        assertEquals("12.3 ms", Quantity.time(12_300_000));
        assertEquals("1.30 s", Quantity.time(1_300_000_000));
    }

    @Test
    void theDrawingIsXmlWithABoxForEachKernel() throws ParserConfigurationException, IOException, SAXException {
        var explained = explained(layer(), REFERENCE);
        var root = parsed(explained.svg());
        assertEquals("svg", root.getTagName());
        int ends = 4 + 1;
        assertEquals(explained.report().kernels().size() + ends, rectangles(root).size());
        var tooltips = root.getElementsByTagName("title");
        var all = IntStream.range(0, tooltips.getLength()).mapToObj(k -> tooltips.item(k).getTextContent()).toList();
        assertTrue(all.stream().anyMatch(each -> each.contains("tanh  model.tfl:3")), all.toString());
    }

    @Test
    void boxesStandApartAndEdgesPassBetweenThem() throws ParserConfigurationException, IOException, SAXException {
        var random = new Random(7);
        var b = new GraphBuilder();
        var values = new ArrayList<Atom>();
        IntStream.range(0, 5).forEach(_ -> values.add(b.input(type(4, 4))));
        for (int k = 0; k < 30; k++) {
            int late = values.size() - 1 - random.nextInt(3);
            values.add(b.call(new MatMul(), values.get(random.nextInt(values.size())), values.get(late)));
        }
        var root = parsed(explained(b.graph(values.subList(28, 35)), REFERENCE).svg());
        var boxes = rectangles(root);
        for (int i = 0; i < boxes.size(); i++) {
            for (int k = 0; k < i; k++) {
                assertTrue(areApart(boxes.get(i), boxes.get(k)));
            }
        }
        var paths = root.getElementsByTagName("path");
        for (int k = 0; k < paths.getLength(); k++) {
            var numbers = Pattern.compile("-?\\d+(\\.\\d+)?").matcher(((Element) paths.item(k)).getAttribute("d"))
                    .results().map(MatchResult::group).mapToDouble(Double::parseDouble).toArray();
            if (numbers.length > 6) {
                assertTrue(isClear(numbers, boxes), Arrays.toString(numbers));
            }
        }
    }

    /** Whether the straight parts, and the ends of the curves between them, lie inside of no box. */
    private static boolean isClear(double[] path, List<double[]> boxes) {
        for (int k = 0; k + 3 < path.length; k += 2) {
            double x = (path[k] + path[k + 2]) / 2;
            double y = (path[k + 1] + path[k + 3]) / 2;
            if (boxes.stream().anyMatch(box -> box[0] < x && x < box[0] + box[2] && box[1] + 0.2 < y
                    && y < box[1] + box[3] - 0.2)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void pagesOfExpressionsAreCutUnlessTheCodeIsWanted() {
        var b = new GraphBuilder();
        Atom x = b.input(type(8, 8));
        for (int k = 0; k < 60; k++) {
            x = b.call(new Binary(BinaryOp.MUL), b.call(new Unary(UnaryOp.SIN), x), b.full(type(8, 8), 1.5 + k));
        }
        var explained = explained(b.graph(List.of(x)), REFERENCE);
        assertTrue(explained.text().contains("letters more)"));
        assertFalse(explained.text(true).contains("letters more)"));
    }

    private static Element parsed(String svg) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static List<double[]> rectangles(Element root) {
        var found = new ArrayList<double[]>();
        var nodes = root.getElementsByTagName("rect");
        for (int k = 0; k < nodes.getLength(); k++) {
            var node = (Element) nodes.item(k);
            found.add(List.of("x", "y", "width", "height").stream()
                    .mapToDouble(name -> Double.parseDouble(node.getAttribute(name))).toArray());
        }
        return found;
    }

    private static boolean areApart(double[] a, double[] b) {
        return a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1];
    }

    @Test
    void oddNamesDoNotBreakTheDrawing() throws ParserConfigurationException, IOException, SAXException {
        var b = new GraphBuilder();
        var graph = b.graph(List.of(b.input(type(2))));
        var optimised = Pipeline.STANDARD.run(graph);
        var svg = new Explanation("<f> & \"g\"\u0001", List.of(), graph, optimised,
                Lower.of(graph, REFERENCE).report(), LONG_AGO, 0, 0, Fused.Origin.MADE,
                List.of(), Explanation.Code.OVER_BUDGET).svg();
        assertEquals(2, rectangles(parsed(svg)).size());
    }
}
