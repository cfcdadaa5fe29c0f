package tfl.stdlib.summary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/**
 * A graph, as {@code explain(f, ...).graph} has it, as a {@code GraphDef}: a node for each input, equation, number and
 * result. Control flow is a scope with its regions inside, which TensorBoard opens and closes.
 */
final class GraphEvents {
    private static final int PRODUCER = 22;

    private final Message definition = new Message();
    private final Map<String, Integer> counts = new HashMap<>();

    private GraphEvents() {}

    static Message definition(RecordValue graph) {
        var events = new GraphEvents();
        events.graph(graph, "");
        return events.definition.message(4, new Message().whole(1, PRODUCER));
    }

    private void graph(RecordValue graph, String scope) {
        var makers = new HashMap<String, String>();
        for (var input : records(graph, "inputs")) {
            var node = GraphNode.of(unique(scope + "input"), "Placeholder").results(text(input, "type"));
            makers.put(text(input, "name"), node.name());
            add(node);
        }
        records(graph, "equations").forEach(equation -> equation(equation, scope, makers));
        for (var result : texts(graph, "results")) {
            add(GraphNode.of(unique(scope + "result"), "Identity").input(source(result, scope, makers)));
        }
    }

    private void equation(RecordValue equation, String scope, Map<String, String> makers) {
        var op = text(equation, "op");
        var regions = (RecordValue) equation.find("regions");
        var own = unique(scope + op);
        var node = GraphNode.of(regions.size() == 0 ? own : own + "/" + op, op);
        for (var operand : texts(equation, "of")) {
            node.input(source(operand, scope, makers));
        }
        var outputs = records(equation, "outputs");
        node.results(outputs.stream().map(output -> text(output, "type")).toArray(String[]::new))
                .note("parameters", String.join(" ", texts(equation, "parameters")))
                .note("source", text(equation, "at"));
        add(node);
        for (int k = 0; k < outputs.size(); k++) {
            makers.put(text(outputs.get(k), "name"), k == 0 ? node.name() : node.name() + ":" + k);
        }
        for (int k = 0; k < regions.size(); k++) {
            graph((RecordValue) regions.get(k), own + "/" + regions.layout().name(k).replace(' ', '_') + "/");
        }
    }

    /** The node that an operand comes from; a number gets one of its own. */
    private String source(String operand, String scope, Map<String, String> makers) {
        if (operand.startsWith("%")) {
            return makers.get(operand);
        }
        var node = GraphNode.of(unique(scope + "const"), "Const").note("value", operand);
        add(node);
        return node.name();
    }

    private void add(GraphNode node) {
        definition.message(1, node.message());
    }

    private String unique(String name) {
        return name + "_" + counts.merge(name, 1, Integer::sum);
    }

    private static List<RecordValue> records(RecordValue value, String field) {
        return Arrays.stream(((TupleValue) value.find(field)).toArray()).map(RecordValue.class::cast).toList();
    }

    private static List<String> texts(RecordValue value, String field) {
        return Arrays.stream(((TupleValue) value.find(field)).toArray()).map(String.class::cast).toList();
    }

    private static String text(RecordValue value, String field) {
        return (String) value.find(field);
    }
}
