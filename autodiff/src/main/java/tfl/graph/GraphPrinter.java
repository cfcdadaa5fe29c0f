package tfl.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tfl.primitive.Elementwise;
import tfl.primitive.Primitive;
import tfl.primitive.Region;
import tfl.tensor.TensorType;

/**
 * Graphs as one reads them, one line an equation. Variables are numbered in the order of printing, whatever their own
 * numbers, so that graphs of one form print alike; an unknown one keeps its number behind a question mark.
 *
 * <pre>
 * given %0: f32[2, 3]
 * %1: f32[3, 2] = transpose %0 order=[1, 0]               # model.tfl:12
 * %2: f32[3, 2] = mul %1 2.5                              # model.tfl:13
 * gives %2
 * </pre>
 *
 * <p>The regions of control flow stand indented below its equation, under the names of the record's components.
 */
public final class GraphPrinter {
    private static final String INDENT = "  ";
    private static final int PLACE_COLUMN = 56;
    private static final int AROUND = 3;

    private final Map<Graph, Map<Var, String>> names = new HashMap<>();
    private final Map<Graph, Map<Var, String>> given = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private int next;

    private GraphPrinter() {}

    /** The whole graph; the last line ends with a newline. */
    public static String print(Graph graph) {
        return print(graph, List.of());
    }

    /** The whole graph, with names for its first inputs instead of numbers. */
    public static String print(Graph graph, List<String> inputs) {
        var printer = new GraphPrinter();
        var own = new HashMap<Var, String>();
        for (int k = 0; k < inputs.size(); k++) {
            own.put(graph.inputs().get(k), "%" + inputs.get(k));
        }
        printer.given.put(graph, own);
        printer.graph(graph, "");
        return text(printer.lines);
    }

    /**
     * The few equations around a bad one, marked, and what is wrong with it.
     *
     * @param index of the equation; -1 for the inputs, the number of equations for the outputs
     */
    public static String around(Graph graph, int index, String message) {
        var printer = new GraphPrinter();
        printer.number(graph);
        int from = Math.max(-1, index - AROUND);
        int to = Math.min(graph.equations().size(), index + AROUND);
        for (int k = from; k <= to; k++) {
            int first = printer.lines.size();
            printer.line(graph, k, "");
            for (int line = first; line < printer.lines.size(); line++) {
                printer.lines.set(line, (k == index && line == first ? "> " : INDENT) + printer.lines.get(line));
            }
            if (k == index) {
                printer.lines.add(first + 1, INDENT + "^ " + message);
            }
        }
        return (from > 0 ? INDENT + "...\n" : "") + text(printer.lines)
                + (to < graph.equations().size() ? INDENT + "...\n" : "");
    }

    /** The regions of a primitive under the names that printed graphs show. */
    public static Map<String, Region> regions(Primitive primitive) {
        return Parameters.regions(primitive);
    }

    /** One word for a primitive, as printed equations begin with. */
    public static String word(Primitive primitive) {
        return Parameters.word(primitive);
    }

    /** The parameters of an equation as it is printed: {@code axes=[0]}. */
    public static List<String> parameters(Equation equation) {
        return Parameters.shown(equation.op(), equation.out().stream().map(Var::type).toList());
    }

    /** What printed text calls a variable of that graph. */
    static String name(Graph graph, Var variable) {
        var printer = new GraphPrinter();
        printer.number(graph);
        return printer.atom(graph, variable);
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Names a graph's variables, each equation's regions before what comes after it. */
    private void number(Graph graph) {
        if (names.containsKey(graph)) {
            return;
        }
        var known = new HashMap<>(given.getOrDefault(graph, Map.of()));
        names.put(graph, known);
        graph.inputs().forEach(input -> known.computeIfAbsent(input, unnamed -> "%" + next++));
        for (var equation : graph.equations()) {
            equation.out().forEach(out -> known.putIfAbsent(out, "%" + next++));
            equation.op().regions().forEach(region -> {
                if (region instanceof Graph inner) {
                    number(inner);
                }
            });
        }
    }

    private void graph(Graph graph, String indent) {
        number(graph);
        for (int k = -1; k <= graph.equations().size(); k++) {
            line(graph, k, indent);
        }
    }

    /** The inputs, an equation with its regions, or the outputs. */
    private void line(Graph graph, int index, String indent) {
        if (index < 0) {
            lines.add((indent + "given " + typed(graph, graph.inputs())).stripTrailing());
        } else if (index < graph.equations().size()) {
            equation(graph, graph.equations().get(index), indent);
        } else {
            var outputs = graph.outputs().stream().map(output -> output instanceof Literal literal
                    ? text(literal) + ": " + literal.type() : atom(graph, output));
            lines.add((indent + "gives " + outputs.collect(Collectors.joining(", "))).stripTrailing());
        }
    }

    private void equation(Graph graph, Equation equation, String indent) {
        var left = indent + typed(graph, equation.out()) + (equation.out().isEmpty() ? "" : " = ");
        var right = new StringBuilder(Parameters.word(equation.op()));
        boolean plain = equation.op() instanceof Elementwise
                && equation.in().stream().anyMatch(operand -> operand instanceof Var);
        for (var operand : equation.in()) {
            boolean bare = plain || operand instanceof Var;
            right.append(' ').append(atom(graph, operand)).append(bare ? "" : ":" + operand.type());
        }
        var results = equation.out().stream().map(Var::type).toList();
        Parameters.shown(equation.op(), results).forEach(each -> right.append(' ').append(each));
        var line = left + right;
        lines.add(equation.at().isKnown()
                ? line + " ".repeat(Math.max(2, PLACE_COLUMN - line.length())) + "# "
                        + equation.at().span().lineReference()
                : line);
        Parameters.regions(equation.op()).forEach((name, region) -> region(name, region, indent + INDENT));
    }

    private void region(String name, Region region, String indent) {
        if (region instanceof Graph inner) {
            lines.add(indent + name + ":");
            graph(inner, indent + INDENT);
        } else {
            lines.add(indent + name + ": " + types(region.inputTypes()) + " -> " + types(region.outputTypes()));
        }
    }

    private static String types(List<TensorType> types) {
        return types.stream().map(TensorType::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private String typed(Graph graph, List<Var> variables) {
        return variables.stream().map(each -> atom(graph, each) + ": " + each.type())
                .collect(Collectors.joining(", "));
    }

    private String atom(Graph graph, Atom atom) {
        return switch (atom) {
            case Var variable -> names.get(graph).getOrDefault(variable, "?" + variable);
            case Literal literal -> text(literal);
        };
    }

    /** The number alone, as short as its dtype tells it from its neighbours. */
    public static String text(Literal literal) {
        return switch (literal.type().dtype()) {
            case BOOL -> literal.bits() != 0 ? "true" : "false";
            case U8, I8, I16, I32, I64 -> Long.toString(literal.bits());
            case F64 -> Double.toString(literal.value());
            case F16, BF16, F32, C64 -> Float.toString((float) literal.value());
        };
    }
}
