package tfl.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tfl.lower.Report;
import tfl.tensor.TensorType;

/** Draws the kernels of a program and what flows between them. */
final class Drawing {
    private static final double LETTER = 7.3;
    private static final double LINE = 17;
    private static final double PADDING = 12;
    private static final int WIDEST = 44;
    /** The straight end of an edge, as long as its arrow. */
    private static final double STEM = 8;
    private static final String INK = "#1f2328";
    private static final String FAINT = "#59636e";
    private static final String EDGE = "#818b98";
    /** What dark pages change; the rest stands in attributes, which programs that know no style sheets read too. */
    private static final String DARK = """
            <style>
            @media (prefers-color-scheme: dark) {
            .tfl-graph .paper { fill: #0d1117 }
            .tfl-graph text { fill: #f0f6fc }
            .tfl-graph .faint { fill: #9198a1 }
            .tfl-graph .plain rect { fill: #212830; stroke: #656c76 }
            .tfl-graph .product rect { fill: #0c2d55; stroke: #4493f8 }
            .tfl-graph .fused rect { fill: #0f3a1e; stroke: #3fb950 }
            }
            </style>
            """;

    private final String name;
    private final List<TensorType> inputs;
    private final Report report;
    private final Layers layers = new Layers();
    private final Map<Layers.Box, Content> contents = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    /** What stands in a box, and what is shown when it is pointed at. */
    private record Content(String look, List<String> lines, List<String> tooltip) {}

    Drawing(String name, List<TensorType> inputs, Report report) {
        this.name = name;
        this.inputs = inputs;
        this.report = report;
    }

    String draw() {
        connect();
        layers.place();
        text.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" class="tfl-graph" role="img" width="%1$.0f" height="%2$.0f" \
                viewBox="0 0 %1$.0f %2$.0f" font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" \
                font-size="12" text-anchor="middle">
                """, layers.width(), layers.height()));
        text.append("<title>").append(escaped(name)).append("</title>\n").append(DARK);
        text.append(String.format(Locale.ROOT,
                "<path class=\"paper\" d=\"M0 0H%.0fV%.0fH0z\" fill=\"#ffffff\"/>\n", layers.width(),
                layers.height()));
        text.append("""
                <defs><marker id="tfl-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
                orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#818b98"/></marker></defs>
                """);
        layers.routes().forEach(this::edge);
        contents.forEach(this::box);
        return text.append("</svg>\n").toString();
    }

    private void connect() {
        var boxes = new LinkedHashMap<Integer, Layers.Box>();
        var read = new LinkedHashSet<Integer>();
        var steps = report.steps();
        for (int k = 0; k < steps.size(); k++) {
            if (steps.get(k).isKernel()) {
                read.addAll(makers(report.sources().get(k)));
            }
        }
        var results = makers(report.results());
        read.addAll(results);
        read.stream().filter(maker -> maker < 0).sorted((x, y) -> y - x).forEach(maker -> boxes.put(maker,
                box(new Content("end", List.of("input " + (~maker + 1), inputs.get(~maker).toString()), List.of()))));
        int number = 1;
        for (int k = 0; k < steps.size(); k++) {
            if (steps.get(k).isKernel()) {
                var box = box(content(steps.get(k), number++));
                boxes.put(k, box);
                makers(report.sources().get(k)).forEach(maker -> layers.edge(boxes.get(maker), box));
            }
        }
        if (!results.isEmpty()) {
            var end = box(new Content("end", List.of("results"), List.of()));
            results.forEach(maker -> layers.edge(boxes.get(maker), end));
        }
    }

    /** The kernels and inputs from which values come, looked at through views. */
    private Set<Integer> makers(List<Integer> sources) {
        var makers = new LinkedHashSet<Integer>();
        for (int source : sources) {
            if (source < 0 || report.steps().get(source).isKernel()) {
                makers.add(source);
            } else {
                makers.addAll(makers(report.sources().get(source)));
            }
        }
        return makers;
    }

    private static Content content(Report.Entry kernel, int number) {
        var names = Origins.names(kernel.origins());
        var lines = List.of(number + "  " + kernel.kind(), shortened(names),
                shortened(TextReport.types(kernel.outputs())), shortened(Quantity.cost(kernel)));
        var tooltip = new ArrayList<>(Origins.each(kernel.origins()));
        tooltip.add("");
        tooltip.add(kernel.text());
        tooltip.add(TextReport.types(kernel.inputs()) + " → " + TextReport.types(kernel.outputs()));
        for (var inner : kernel.inner()) {
            tooltip.add("");
            tooltip.add(TextReport.title(inner) + ":");
            tooltip.addAll(inner.report().kernels().stream().map(each -> "  " + each).toList());
        }
        return new Content(look(kernel), lines, tooltip);
    }

    private static String look(Report.Entry kernel) {
        return switch (kernel.kind()) {
            case "contract", "convolution" -> "product";
            default -> kernel.origins().size() > 1 ? "fused" : "plain";
        };
    }

    private static String paint(String look) {
        return switch (look) {
            case "end" -> "fill=\"none\" stroke=\"" + EDGE + "\" stroke-dasharray=\"3 3\"";
            case "product" -> "fill=\"#ddf4ff\" stroke=\"#0969da\"";
            case "fused" -> "fill=\"#dafbe1\" stroke=\"#1a7f37\"";
            default -> "fill=\"#f6f8fa\" stroke=\"" + EDGE + "\"";
        };
    }

    private static String shortened(String line) {
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    private Layers.Box box(Content content) {
        int longest = content.lines().stream().mapToInt(String::length).max().orElse(0);
        var box = layers.box(longest * LETTER + 2 * PADDING, content.lines().size() * LINE + PADDING);
        contents.put(box, content);
        return box;
    }

    private void box(Layers.Box box, Content content) {
        text.append("<g class=\"").append(content.look()).append("\">");
        if (!content.tooltip().isEmpty()) {
            text.append("<title>").append(escaped(String.join("\n", content.tooltip()))).append("</title>");
        }
        text.append("<rect x=\"").append(number(box.x() - box.width / 2)).append("\" y=\"").append(number(box.top()))
                .append("\" width=\"").append(number(box.width)).append("\" height=\"").append(number(box.height))
                .append("\" rx=\"6\" ").append(paint(content.look())).append("/>");
        for (int k = 0; k < content.lines().size(); k++) {
            boolean end = content.look().equals("end");
            var look = end || k == content.lines().size() - 1 ? "faint" : k == 0 ? "head" : "plain";
            text.append("<text class=\"").append(look).append("\" fill=\"")
                    .append(look.equals("faint") ? FAINT : INK)
                    .append(look.equals("head") ? "\" font-weight=\"bold" : "").append("\" x=\"")
                    .append(number(box.x())).append("\" y=\"")
                    .append(number(box.top() + PADDING / 2 + k * LINE + LINE * 0.75)).append("\">")
                    .append(escaped(content.lines().get(k))).append("</text>");
        }
        text.append("</g>\n");
    }

    private void edge(List<Layers.Box> route) {
        text.append("<path fill=\"none\" stroke=\"" + EDGE
                + "\" stroke-width=\"1.2\" marker-end=\"url(#tfl-arrow)\" d=\"M")
                .append(point(route.getFirst().x(), route.getFirst().bottom()));
        for (int k = 1; k < route.size(); k++) {
            var from = route.get(k - 1);
            var to = route.get(k);
            // Sideways only between rows, where no box is in the way; the arrow stands upright.
            double end = to.ceiling() - (k + 1 == route.size() ? STEM : 0);
            double middle = (from.floor() + end) / 2;
            if (from.bottom() < from.floor()) {
                text.append(" L").append(point(from.x(), from.floor()));
            }
            text.append(" C").append(point(from.x(), middle)).append(' ').append(point(to.x(), middle)).append(' ')
                    .append(point(to.x(), end));
        }
        text.append(" L").append(point(route.getLast().x(), route.getLast().top()));
        text.append("\"/>\n");
    }

    private static String point(double x, double y) {
        return number(x) + " " + number(y);
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** Text for XML, which has no place for most control characters. */
    private static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD");
    }
}
