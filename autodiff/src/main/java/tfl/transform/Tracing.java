package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.language.source.Location;
import tfl.primitive.Ops;
import tfl.primitive.Region;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * A function written down.
 *
 * @param graph first the function's arguments, then what it captured
 * @param captured the values of further out that the function read
 */
public record Tracing(Graph graph, List<TensorValue> captured) {
    /** Traces a function of values of those types. */
    public static Tracing of(List<TensorType> types, UnaryOperator<List<TensorValue>> function,
            Supplier<Location> place) {
        return of(types, types.stream().map(type -> false).toList(), function, place);
    }

    /** Traces a function as it would see those arguments. */
    static Tracing like(List<TensorValue> arguments, UnaryOperator<List<TensorValue>> function,
            Supplier<Location> place) {
        return of(arguments.stream().map(TensorValue::type).toList(), arguments.stream().map(Lifted::isWeak).toList(),
                function, place);
    }

    private static Tracing of(List<TensorType> types, List<Boolean> weak, UnaryOperator<List<TensorValue>> function,
            Supplier<Location> place) {
        try (var trace = new Trace(place).enter()) {
            var arguments = new ArrayList<TensorValue>();
            for (int k = 0; k < types.size(); k++) {
                arguments.add(trace.input(types.get(k), weak.get(k)));
            }
            return new Tracing(trace.graph(function.apply(arguments)), trace.captured());
        }
    }

    /** A region that is given more than the other one reads: values of those types, of which some positions. */
    static Graph reading(Region region, List<TensorType> types, List<Integer> positions) {
        return GraphBuilder.build(types, new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return region.apply(ops, positions.stream().map(inputs::get).toList());
            }
        });
    }
}
