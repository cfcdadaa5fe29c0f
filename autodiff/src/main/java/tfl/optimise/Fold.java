package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.primitive.ArgExtreme;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Concat;
import tfl.primitive.Cumulative;
import tfl.primitive.Elementwise;
import tfl.primitive.Full;
import tfl.primitive.Insert;
import tfl.primitive.Iota;
import tfl.primitive.Pad;
import tfl.primitive.Primitive;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceLogical;
import tfl.primitive.ReduceProd;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Slice;
import tfl.primitive.Transpose;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Works out small values that depend on no input, by their meaning; one that turns out to be a repeated number becomes
 * a literal. Others stay as they are written, for a graph holds no tensors.
 */
final class Fold {
    static final Pass PASS = new Pass("fold", "work out small constants", graph -> new Fold().run(graph));

    private static final long LARGEST = 1024;

    private final Rewriter rewriter = new Rewriter();
    private final Map<Atom, Tensor> known = new HashMap<>();

    private Graph run(Graph graph) {
        try {
            return rewriter.rewrite(graph, this::results);
        } finally {
            known.values().forEach(Tensor::discard);
        }
    }

    private List<Atom> results(Equation equation, List<Atom> operands) {
        if (!isFoldable(equation, operands)) {
            return rewriter.copy(equation, operands);
        }
        var inputs = operands.stream().map(this::tensor).toList();
        var value = equation.op().eval(inputs).getFirst();
        if (isRepeated(value)) {
            var literal = Exact.literal(value.type(), value);
            value.discard();
            return List.of(literal);
        }
        var results = rewriter.copy(equation, operands);
        known.put(results.getFirst(), value);
        return results;
    }

    private boolean isFoldable(Equation equation, List<Atom> operands) {
        return equation.out().size() == 1 && isSmall(equation.out().getFirst().type())
                && operands.stream().allMatch(operand -> isSmall(operand.type())
                        && (operand instanceof Literal || known.containsKey(operand)))
                && isExact(equation.op(), operands.stream().map(Atom::type).toList(),
                        equation.out().getFirst().type());
    }

    private static boolean isSmall(TensorType type) {
        return type.shape().size() <= LARGEST && !type.dtype().isComplex();
    }

    /** Whether every backend gives the same bits. */
    private static boolean isExact(Primitive op, List<TensorType> inputs, TensorType result) {
        return switch (op) {
            case Elementwise elementwise -> Exact.is(elementwise, inputs);
            case Iota _ -> !result.dtype().isFloat() || result.dtype().bytes() >= 4;
            case Full _, BroadcastTo _, Reshape _, Transpose _, Slice _, Pad _, Concat _, Insert _ -> true;
            case ReduceLogical _ -> true;
            case ReduceSum _, ReduceProd _, ReduceExtreme _, ArgExtreme _, Cumulative _ ->
                !inputs.getFirst().dtype().isDifferentiable();
            default -> false;
        };
    }

    private Tensor tensor(Atom atom) {
        return switch (atom) {
            case Var variable -> known.get(variable);
            case Literal literal -> known.computeIfAbsent(literal, _ -> spread(literal));
        };
    }

    private static Tensor spread(Literal literal) {
        var one = Exact.scalar(literal);
        if (literal.type().shape().rank() == 0) {
            return one;
        }
        var spread = one.broadcastTo(literal.type().shape());
        one.discard();
        return spread;
    }

    private static boolean isRepeated(Tensor value) {
        boolean real = value.dtype().isDifferentiable();
        return value.size() > 0 && (real
                ? LongStream.range(1, value.size()).allMatch(at -> bits(value, at) == bits(value, 0))
                : LongStream.range(1, value.size()).allMatch(at -> value.readLong(at) == value.readLong(0)));
    }

    private static long bits(Tensor value, long at) {
        return Double.doubleToRawLongBits(value.readDouble(at));
    }
}
