package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.GraphPrinter;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/**
 * A graph as a value of the language, for programs that draw or convert it: {@code {inputs, equations, results}}.
 * Inputs are {@code {name, type}}; an equation is {@code {op, parameters, of, outputs, at, regions}}, where {@code of}
 * and the results are names of variables, which begin with {@code %}, or numbers, and regions are graphs by name.
 */
final class GraphOutline {
    private final Map<Var, String> names = new HashMap<>();
    private int next;

    private GraphOutline() {}

    static RecordValue of(Graph graph) {
        return new GraphOutline().outline(graph);
    }

    private RecordValue outline(Graph graph) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("inputs", variables(graph.inputs()));
        var equations = new ArrayList<Object>();
        graph.equations().forEach(equation -> equations.add(equation(equation)));
        fields.put("equations", new TupleValue(equations.toArray()));
        fields.put("results", atoms(graph.outputs()));
        return RecordValue.of(fields);
    }

    private RecordValue equation(Equation equation) {
        var regions = new LinkedHashMap<String, Object>();
        GraphPrinter.regions(equation.op()).forEach((name, region) -> {
            if (region instanceof Graph inner) {
                regions.put(name, of(inner));
            }
        });
        var fields = new LinkedHashMap<String, Object>();
        fields.put("op", GraphPrinter.word(equation.op()));
        fields.put("parameters", new TupleValue(GraphPrinter.parameters(equation).toArray()));
        fields.put("of", atoms(equation.in()));
        fields.put("outputs", variables(equation.out()));
        fields.put("at", equation.at().isKnown() ? equation.at().span().lineReference() : "");
        fields.put("regions", RecordValue.of(regions));
        return RecordValue.of(fields);
    }

    private TupleValue variables(List<Var> variables) {
        return new TupleValue(variables.stream().map(variable -> RecordValue.of(ordered(variable))).toArray());
    }

    private Map<String, Object> ordered(Var variable) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", name(variable));
        fields.put("type", variable.type().toString());
        return fields;
    }

    private TupleValue atoms(List<? extends Atom> atoms) {
        return new TupleValue(atoms.stream().map(atom -> switch (atom) {
            case Var variable -> name(variable);
            case Literal literal -> GraphPrinter.text(literal);
        }).toArray());
    }

    private String name(Var variable) {
        return names.computeIfAbsent(variable, none -> "%" + next++);
    }
}
