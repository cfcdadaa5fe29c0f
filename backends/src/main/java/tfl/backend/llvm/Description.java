package tfl.backend.llvm;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * What a module is written from, as bytes that could be read back: so one build of the generator writes the same text
 * wherever they are the same, and they cost a tenth of it. Shared parts of expressions are described once and named by
 * number, since the generator too looks at who is the same object.
 */
public final class Description {
    private static final int LONG = 255;

    private final Map<ScalarExpr, Integer> numbers = new IdentityHashMap<>();
    private byte[] bytes = new byte[256];
    private int size;

    private Description() {}

    /** The description of a module. */
    public static byte[] of(KernelSource source) {
        var description = new Description();
        description.source(source);
        return Arrays.copyOf(description.bytes, description.size);
    }

    // Records are taken apart whole, so that a component more does not compile until it is described.

    private void source(KernelSource source) {
        switch (source) {
            case LoopKernel(var loop, int rank, var inner, boolean streams) ->
                tag(0).kernel(loop).number(rank).choices(inner).flag(streams);
            case ReduceKernel(var reduce, int kept, int folded, boolean across, var keptInner, var foldedInner) ->
                tag(1).kernel(reduce).number(kept).number(folded).flag(across).choices(keptInner).choices(foldedInner);
            case RowsKernel(var rows, int last, int outer, var inner) ->
                tag(2).kernel(rows).number(last).number(outer).choices(inner);
            case IterateKernel(var iterate, int rank, var inner) ->
                tag(3).kernel(iterate).number(rank).choices(inner);
            case ScanKernel(var scan, boolean across) -> tag(4).kernel(scan).flag(across);
            case GatherKernel(var dtype, int indexed, int rank, var inner, boolean single, int fixed, int ahead,
                    boolean streams, var combine) ->
                tag(5).choice(dtype).number(indexed).number(rank).choices(inner).flag(single).number(fixed)
                        .number(ahead).flag(streams).choice(combine);
            case CopyKernel(int width, int rank, var inner) -> tag(6).number(width).number(rank).choices(inner);
            case TransposeKernel(int width, int outer, int square, boolean streams) ->
                tag(7).number(width).number(outer).number(square).flag(streams);
            case SortKernel(int bits) -> tag(8).number(bits);
            case WinogradKernel(int lanes) -> tag(9).number(lanes);
            case FourierKernel() -> tag(10);
            case GemmKernel(var loop, int product, int rows, int lanes, boolean whole, boolean turned, var inner) ->
                tag(11).kernel(loop).number(product).number(rows).number(lanes).flag(whole).flag(turned).choices(inner);
        }
    }

    private Description kernel(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Loop(var inputs, var bodies) -> choices(inputs).expressions(bodies);
            case Kernel.Reduce(var inputs, var body, var fold, var axes, var accumulator, var output) -> {
                choices(inputs).expression(body).choice(fold).number(axes.size());
                axes.forEach(this::number);
                yield choice(accumulator).choice(output);
            }
            case Kernel.Rows(var inputs, var stages, var bodies, var totals) -> {
                choices(inputs).number(stages.size());
                for (var stage : stages) {
                    expression(stage.body()).choice(stage.fold());
                }
                yield expressions(bodies).expressions(totals);
            }
            case Kernel.Iterate(var inputs, int states, int sequences, var bodies, long rounds, boolean reverse) ->
                choices(inputs).number(states).number(sequences).expressions(bodies).wide(rounds).flag(reverse);
            case Kernel.Scan(var input, var fold, int axis, boolean reverse, boolean exclusive, var output) ->
                choice(input).choice(fold).number(axis).flag(reverse).flag(exclusive).choice(output);
            default -> throw new IllegalStateException("no code is written for " + kernel);
        };
    }

    private Description expressions(List<ScalarExpr> all) {
        number(all.size());
        all.forEach(this::expression);
        return this;
    }

    /** Its parts that are not described yet, then its number. */
    private Description expression(ScalarExpr expression) {
        int number = numbered(expression);
        return tag(0).number(number);
    }

    private int numbered(ScalarExpr expression) {
        var known = numbers.get(expression);
        if (known != null) {
            return known;
        }
        switch (expression) {
            case ScalarExpr.Input(int index, var dtype) -> tag(1).number(index).choice(dtype);
            case ScalarExpr.Stage(int index, var dtype) -> tag(2).number(index).choice(dtype);
            case ScalarExpr.Constant(long bits, var dtype) -> tag(3).wide(bits).choice(dtype);
            case ScalarExpr.Index(int axis) -> tag(4).number(axis);
            case ScalarExpr.Unary(var op, var x) -> {
                int part = numbered(x);
                tag(5).choice(op).number(part);
            }
            case ScalarExpr.Binary(var op, var x, var y) -> {
                int left = numbered(x);
                int right = numbered(y);
                tag(6).choice(op).number(left).number(right);
            }
            case ScalarExpr.Select(var condition, var yes, var no) -> {
                int first = numbered(condition);
                int second = numbered(yes);
                int third = numbered(no);
                tag(7).number(first).number(second).number(third);
            }
            case ScalarExpr.Cast(DType dtype, var x) -> {
                int part = numbered(x);
                tag(8).choice(dtype).number(part);
            }
        }
        int number = numbers.size();
        numbers.put(expression, number);
        return number;
    }

    private Description choices(List<? extends Enum<?>> values) {
        number(values.size());
        values.forEach(this::choice);
        return this;
    }

    private Description choice(Enum<?> value) {
        return number(value == null ? 0 : 1 + value.ordinal());
    }

    private Description flag(boolean value) {
        return number(value ? 1 : 0);
    }

    private Description tag(int kind) {
        return number(kind);
    }

    /** One byte for small numbers, which nearly all are. */
    private Description number(int value) {
        if (value >= 0 && value < LONG) {
            put(value);
            return this;
        }
        put(LONG);
        return wide(value);
    }

    private Description wide(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            put((int) (value >>> shift));
        }
        return this;
    }

    private void put(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
    }
}
