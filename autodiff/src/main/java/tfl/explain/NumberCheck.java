package tfl.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tfl.backend.KernelCancelled;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.language.source.Location;
import tfl.lower.FailedStep;
import tfl.primitive.Elementwise;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.Region;
import tfl.primitive.Reshape;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/**
 * Runs a graph primitive by primitive, branches and loops included, and stops at the first that makes a nan or an
 * infinity out of finite numbers. Slow: it looks at every element.
 */
public final class NumberCheck implements Lowering.Runner {
    private static final int SHOWN = 4;
    private final EagerOps ops;
    private final ElementText text;

    /** The text of the element of a tensor at a row-major position. */
    @FunctionalInterface
    public interface ElementText {
        String of(Tensor tensor, long position);
    }

    /** @param text writes elements as the language does */
    public NumberCheck(EagerOps ops, ElementText text) {
        this.ops = ops;
        this.text = text;
    }

    /**
     * Runs a graph.
     *
     * @throws BadNumber at the first bad number
     * @throws FailedStep if an operation fails
     */
    @Override
    public Tensor[] run(Region region, Tensor[] inputs, long donated, Tensor... places) {
        var graph = (Graph) region;
        Map<Var, Tensor> values = new HashMap<>();
        for (int k = 0; k < inputs.length; k++) {
            values.put(graph.inputs().get(k), inputs[k]);
        }
        for (var equation : graph.equations()) {
            var operands = operands(values, equation.in());
            var results = applied(graph, equation, operands);
            for (int k = 0; k < results.length; k++) {
                values.put(equation.out().get(k), results[k]);
            }
        }
        var results = operands(values, graph.outputs());
        for (int k = 0; k < results.length; k++) {
            results[k] = results[k].asStrided(results[k].type(), results[k].strides(), results[k].offset());
        }
        return results;
    }

    private Tensor[] applied(Graph graph, Equation equation, Tensor[] operands) {
        try {
            var results = apply(equation.op(), operands);
            check(equation.op(), equation.at(), operands, results, () -> written(graph, equation));
            return results;
        } catch (BadNumber | KernelCancelled stopped) {
            throw stopped;
        } catch (RuntimeException problem) {
            throw FailedStep.of(problem, equation.at());
        }
    }

    /** What the operands and results are in the program: vectors, where a product of matrices is given columns. */
    private static List<TensorType> written(Graph graph, Equation equation) {
        var before = new HashMap<Atom, Atom>();
        var after = new HashMap<Atom, Atom>();
        for (var each : graph.equations()) {
            if (each.op() instanceof Reshape && each.at().equals(equation.at())) {
                before.put(each.out().getFirst(), each.in().getFirst());
                after.put(each.in().getFirst(), each.out().getFirst());
            }
        }
        return Stream.concat(equation.in().stream().map(operand -> last(operand, before)),
                equation.out().stream().map(result -> last(result, after))).map(Atom::type).toList();
    }

    private static Atom last(Atom first, Map<Atom, Atom> next) {
        var atom = first;
        while (next.containsKey(atom)) {
            atom = next.get(atom);
        }
        return atom;
    }

    private Tensor[] operands(Map<Var, Tensor> values, List<? extends Atom> atoms) {
        return atoms.stream().map(atom -> switch (atom) {
            case Var variable -> values.get(variable);
            case Literal literal -> (Tensor) literal.<TensorValue>in(ops);
        }).toArray(Tensor[]::new);
    }

    @Override
    public Tensor[] apply(Primitive primitive, Tensor... inputs) {
        var types = new ArrayList<TensorType>();
        for (var input : inputs) {
            types.add(input.type());
        }
        return primitive.lower(types) instanceof Lowering.Control(var conductor) ? conductor.run(this, inputs)
                : ops.run(primitive, 0, inputs);
    }

    @Override
    public Tensor dense(Tensor value) {
        return ops.copy(value);
    }

    /**
     * Looks at one operation.
     *
     * @throws BadNumber if it made a bad number out of finite ones
     */
    public void check(Primitive primitive, Location at, Tensor[] operands, Tensor[] results) {
        check(primitive, at, operands, results,
                () -> Stream.of(operands, results).flatMap(Stream::of).map(Tensor::type).toList());
    }

    /** @param written the types of the operands and results as the program has them */
    private void check(Primitive primitive, Location at, Tensor[] operands, Tensor[] results,
            Supplier<List<TensorType>> written) {
        for (int k = 0; k < results.length; k++) {
            long bad = firstBad(results[k]);
            if (bad >= 0 && allFinite(operands)) {
                var types = written.get();
                throw new BadNumber(message(primitive, operands, types, results[k],
                        types.get(operands.length + k).shape(), bad), at);
            }
        }
    }

    private static boolean allFinite(Tensor[] operands) {
        for (var operand : operands) {
            if (firstBad(operand) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static long firstBad(Tensor tensor) {
        if (tensor.dtype().isDifferentiable()) {
            for (long k = 0; k < tensor.size(); k++) {
                if (!Double.isFinite(tensor.readDouble(k)) || !Double.isFinite(tensor.readImaginary(k))) {
                    return k;
                }
            }
        }
        return -1;
    }

    private String message(Primitive primitive, Tensor[] operands, List<TensorType> types, Tensor result, Shape shape,
            long bad) {
        String place = shape.rank() == 0 ? "" : " at " + index(shape, bad);
        var shown = new ArrayList<String>();
        for (int k = 0; k < operands.length && k < SHOWN; k++) {
            boolean same = primitive instanceof Elementwise && operands[k].shape().equals(result.shape());
            shown.add(same ? text.of(operands[k], bad) + " (" + types.get(k) + ")" : types.get(k).toString());
        }
        String of = shown.isEmpty() ? "" : " of " + shown.stream().collect(Collectors.joining(" and "));
        return primitive.name() + " gives " + text.of(result, bad) + place + of;
    }

    private static String index(Shape shape, long position) {
        var at = new ArrayList<String>();
        long rest = position;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            at.addFirst(Long.toString(rest % shape.dim(axis)));
            rest /= shape.dim(axis);
        }
        return "[" + String.join(", ", at) + "]";
    }
}
