package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;
import tfl.kernel.BinaryOp;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Forward;
import tfl.transform.Tape;

/**
 * All partial derivatives of a function at a place: forward mode, one direction for each element of the argument, or
 * reverse mode, one for each element of the result, all directions at once; whichever has fewer.
 */
final class Jacobian {
    private final CallContext context;
    private final Object function;
    private final Object[] arguments;
    private final RecordValue keywords;
    private final Argnum argnum;
    private final Object chosen;
    private final List<Object> leaves;
    private final List<TensorType> inputs;

    Jacobian(CallContext context, Object function, Argnum argnum, Object[] arguments, RecordValue keywords) {
        this.context = context;
        this.function = function;
        this.arguments = arguments;
        this.keywords = keywords;
        this.argnum = argnum;
        this.chosen = argnum.chosen(arguments);
        this.leaves = Leaves.of(chosen);
        this.inputs = leaves.stream().map(leaf -> Leaves.tensor(leaf).type()).toList();
        if (leaves.isEmpty()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0271", "there is no float to differentiate in this "
                    + Kinds.of(chosen), "ints have no gradient: write 3.0 for 3, or astype(x, f32)");
        }
        Holding.pin(chosen);
    }

    /** By the cheaper mode. */
    Object run() {
        try (var tape = new Tape(Execution.ops())) {
            var lifted = Leaves.with(chosen, leaves.stream()
                    .map(leaf -> tape.lift(Leaves.tensor(leaf), Leaves.isNumber(leaf))).iterator());
            Object result = context.call(function, argnum.with(arguments, lifted), keywords);
            tape.stop();
            var outputs = outputs(result);
            var types = outputs.stream().map(TensorValue::type).toList();
            return size(inputs) < size(types) ? forward() : reverse(tape, result, outputs, types);
        }
    }

    private static List<TensorValue> outputs(Object result) {
        var outputs = Leaves.of(result).stream().map(Leaves::tensor).toList();
        if (outputs.isEmpty()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0273", "the derivative of a function that returns "
                    + Kinds.of(result) + ": there is no float in it", null);
        }
        return outputs;
    }

    private static long size(List<TensorType> types) {
        return types.stream().mapToLong(type -> type.shape().size()).sum();
    }

    private Object reverse(Tape tape, Object result, List<TensorValue> outputs, List<TensorType> types) {
        var seeds = directions(types);
        var pulled = MappedCall.over(size(types), seeds, each -> tape.pull(outputs, each));
        var rows = new ArrayList<Object>();
        long from = 0;
        for (var type : types) {
            long start = from;
            var blocks = new ArrayList<TensorValue>();
            for (int k = 0; k < inputs.size(); k++) {
                blocks.add(block(pulled.get(k), start, type.shape(), inputs.get(k), false));
            }
            rows.add(Leaves.gradient(chosen, blocks.iterator()));
            from += type.shape().size();
        }
        return pinned(Leaves.with(GradientCall.unlifted(tape::unlift, result), rows.iterator()));
    }

    /** By forward mode. */
    Object forward() {
        var tangents = directions(inputs);
        var structure = new Object[1];
        var moved = MappedCall.over(size(inputs), tangents, each -> pushed(each, structure));
        var outputs = outputs(structure[0]);
        var rows = new ArrayList<Object>();
        for (int j = 0; j < outputs.size(); j++) {
            var blocks = new ArrayList<TensorValue>();
            long from = 0;
            for (var input : inputs) {
                blocks.add(block(moved.get(j), from, outputs.get(j).type().shape(), input, true));
                from += input.shape().size();
            }
            rows.add(Leaves.gradient(chosen, blocks.iterator()));
        }
        return pinned(Leaves.with(structure[0], rows.iterator()));
    }

    private List<TensorValue> pushed(List<TensorValue> tangents, Object[] structure) {
        var level = new Forward(Execution.ops());
        var moving = new ArrayList<Object>();
        for (int k = 0; k < leaves.size(); k++) {
            var value = Leaves.tensor(leaves.get(k));
            value.pin();
            moving.add(level.lift(value, tangents.get(k), Leaves.isNumber(leaves.get(k))));
        }
        var lifted = Leaves.with(chosen, moving.iterator());
        Object result = context.call(function, argnum.with(arguments, lifted), keywords);
        Holding.pin(result);
        structure[0] = GradientCall.unlifted(level::primal, result);
        return outputs(result).stream().map(level::tangent).toList();
    }

    /** Unit directions, all of them along axis 0, for tensors of those types. */
    private static List<TensorValue> directions(List<TensorType> types) {
        long all = size(types);
        var directions = new ArrayList<TensorValue>();
        long from = 0;
        for (var type : types) {
            long start = from;
            directions.add(Tensors.work(ops -> {
                long count = type.shape().size();
                var rows = ops.reshape(ops.count(all), all, 1);
                var columns = ops.add(ops.reshape(ops.count(count), 1, count), start);
                var unit = ops.cast(ops.binary(BinaryOp.EQ, rows, columns), type.dtype());
                return ops.reshape(unit, join(Shape.of(all), type.shape()).dims());
            }));
            directions.getLast().pin();
            from += type.shape().size();
        }
        return directions;
    }

    private static Shape join(Shape a, Shape b) {
        return Shape.of(LongStream.concat(Arrays.stream(a.dims()), Arrays.stream(b.dims())).toArray());
    }

    /**
     * The derivatives of one result by one argument, of shape result + argument.
     *
     * @param all one row for each direction; null where zero
     * @param forward whether directions are elements of the argument, and not of the result
     */
    private static TensorValue block(TensorValue all, long from, Shape result, TensorType input, boolean forward) {
        var shape = join(result, input.shape());
        if (all == null) {
            return Execution.ops().full(new TensorType(input.dtype(), shape), 0);
        }
        long count = forward ? input.shape().size() : result.size();
        long rest = forward ? result.size() : input.shape().size();
        var block = Tensors.work(ops -> {
            var rows = ops.slice(ops.reshape(all, all.type().shape().dim(0), rest), 0, from, 1, count);
            return ops.reshape(forward ? ops.permute(rows, 1, 0) : rows, shape.dims());
        });
        block.pin();
        return block;
    }

    private static Object pinned(Object value) {
        Holding.pin(value);
        return value;
    }
}
