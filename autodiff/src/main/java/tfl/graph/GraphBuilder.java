package tfl.graph;

import java.util.ArrayList;
import java.util.List;
import tfl.language.source.Location;
import tfl.primitive.Ops;
import tfl.primitive.Primitive;
import tfl.primitive.Region;
import tfl.tensor.TensorType;

/** Writes a graph, one equation for each primitive that is applied. For one thread. */
public final class GraphBuilder implements Ops<Atom> {
    private final List<Var> inputs = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();
    private int next;
    private Location place = Location.NONE;

    /** The graph of what a program makes of inputs of those types. */
    public static Graph build(List<TensorType> types, Region.Program program) {
        var builder = new GraphBuilder();
        var given = new ArrayList<Atom>();
        types.forEach(type -> given.add(builder.input(type)));
        return builder.graph(program.apply(builder, given));
    }

    /** One more input. */
    public Var input(TensorType type) {
        var variable = fresh(type);
        inputs.add(variable);
        return variable;
    }

    @Override
    public void at(Location next) {
        place = next;
    }

    /** The graph so far, with these outputs. */
    public Graph graph(List<? extends Atom> outputs) {
        return new Graph(inputs, equations, List.copyOf(outputs));
    }

    /** Whether the graph so far does something beside computing. */
    public boolean hasEffect() {
        return equations.stream().anyMatch(equation -> equation.op().hasEffect());
    }

    @Override
    public List<Atom> apply(Primitive primitive, List<Atom> operands) {
        return List.copyOf(add(primitive, operands, primitive.shape(operands.stream().map(Atom::type).toList())).out());
    }

    /** One more equation, whose results are known to have those types. */
    public Equation add(Primitive primitive, List<Atom> operands, List<TensorType> types) {
        var results = new Var[types.size()];
        for (int k = 0; k < results.length; k++) {
            results[k] = fresh(types.get(k));
        }
        var equation = new Equation(List.of(results), primitive, List.copyOf(operands), place);
        equations.add(equation);
        return equation;
    }

    private Var fresh(TensorType type) {
        return new Var(next++, type);
    }

    @Override
    public TensorType type(Atom value) {
        return value.type();
    }

    @Override
    public Atom full(TensorType type, double value) {
        return Literal.of(type, value);
    }
}
