package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cast;
import tfl.primitive.Iota;
import tfl.primitive.LogSoftmax;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.RowPullback;
import tfl.primitive.Select;
import tfl.primitive.Slice;
import tfl.primitive.Softmax;
import tfl.primitive.Standardize;
import tfl.primitive.StopGradient;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Random graphs of everything that fuses, over small shapes, and inputs for them. */
final class RandomGraphs {
    private final Random random;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Atom> values = new ArrayList<>();
    private final DType dtype;
    /** Only what comes out bit for bit in whatever order it is done. */
    private final boolean exact;

    private RandomGraphs(long seed, DType dtype, boolean exact) {
        this.random = new Random(seed);
        this.dtype = dtype;
        this.exact = exact;
    }

    static Graph make(long seed, DType dtype, boolean exact, int size, Shape... shapes) {
        return new RandomGraphs(seed, dtype, exact).make(size, shapes);
    }

    static List<Tensor> inputs(Graph graph, long seed) {
        var random = new Random(seed);
        return graph.inputTypes().stream().map(type -> {
            var data = random.doubles(type.shape().size(), -2, 2).toArray();
            return type.shape().rank() == 0 ? Tensor.scalar(type.dtype(), data[0])
                    : Tensor.of(type.dtype(), data, type.shape().dims());
        }).toList();
    }

    private Graph make(int size, Shape... shapes) {
        for (var shape : shapes) {
            values.add(builder.input(new TensorType(dtype, shape)));
        }
        while (values.size() < size) {
            step();
        }
        var outputs = new ArrayList<Atom>();
        int count = 1 + random.nextInt(4);
        for (int k = 0; k < count; k++) {
            outputs.add(k == 0 ? values.getLast() : pick());
        }
        return builder.graph(outputs);
    }

    private Atom pick() {
        // Mostly from the latest, so that chains grow long.
        int back = random.nextInt(random.nextBoolean() ? Math.min(4, values.size()) : values.size());
        return values.get(values.size() - 1 - back);
    }

    private void step() {
        var x = pick();
        var shape = x.type().shape();
        int rank = shape.rank();
        switch (random.nextInt(exact ? 12 : 17)) {
            case 0, 1, 2 -> values.add(builder.call(new Binary(op()), x, like(x)));
            case 3 -> values.add(builder.call(new Unary(random.nextBoolean() ? UnaryOp.NEG : UnaryOp.ABS), x));
            case 4 -> values.add(builder.call(new Binary(op()), x, builder.full(x.type(), random.nextInt(5) - 2)));
            case 5 -> values.add(builder.call(new Select(), builder.call(new Binary(BinaryOp.LT), x, like(x)), like(x),
                    x));
            case 6 -> values.add(builder.call(new Binary(BinaryOp.ADD), x, positions(x.type())));
            case 7 -> {
                if (rank > 1) {
                    values.add(builder.call(Transpose.swapping(rank, random.nextInt(rank), random.nextInt(rank)), x));
                }
            }
            case 8 -> {
                if (rank > 0) {
                    values.add(builder.call(slice(shape), x));
                }
            }
            case 9 -> values.add(builder.call(random.nextBoolean() ? new StopGradient()
                    : new Reshape(Shape.of(shape.size())), x));
            case 10 -> reduceSpread(x, new ReduceExtreme(random.nextBoolean(), axes(rank)));
            case 11 -> values.add(like(x));
            case 12 -> values.add(builder.call(new Unary(random.nextBoolean() ? UnaryOp.TANH : UnaryOp.SIGMOID), x));
            case 13, 14 -> reduceSpread(x, new ReduceSum(axes(rank)));
            case 15 -> {
                if (rank > 0) {
                    values.add(switch (random.nextInt(4)) {
                        case 0 -> builder.call(new Softmax(), x);
                        case 1 -> builder.call(new LogSoftmax(), x);
                        case 2 -> builder.call(new Standardize(1e-2), x);
                        default -> builder.call(new RowPullback(RowPullback.Of.SOFTMAX, 0), x, like(x));
                    });
                }
            }
            default -> {
                if (rank == 2) {
                    var product = builder.call(new MatMul(), x, builder.call(Transpose.matrices(2), like(x)));
                    values.add(builder.call(new Unary(UnaryOp.TANH), product));
                }
            }
        }
    }

    private BinaryOp op() {
        var ops = exact ? List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MAX, BinaryOp.MIN)
                : List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.MAX);
        return ops.get(random.nextInt(ops.size()));
    }

    /** Another value of that type: one that there is, or a smaller one spread. */
    private Atom like(Atom x) {
        var shape = x.type().shape();
        var same = values.stream().filter(value -> value.type().equals(x.type())).toList();
        if (random.nextInt(3) > 0) {
            return same.get(random.nextInt(same.size()));
        }
        var small = values.stream().filter(value -> spreads(value.type().shape(), shape)).toList();
        var from = small.get(random.nextInt(small.size()));
        return builder.call(new BroadcastTo(shape), from);
    }

    private static boolean spreads(Shape from, Shape to) {
        int added = to.rank() - from.rank();
        return added >= 0 && IntStream.range(0, from.rank())
                .allMatch(axis -> from.dim(axis) == 1 || from.dim(axis) == to.dim(axis + added));
    }

    private Atom positions(TensorType type) {
        if (type.shape().rank() == 0) {
            return builder.full(type, 1);
        }
        var index = builder.apply(new Iota(new TensorType(DType.I64, type.shape()),
                random.nextInt(type.shape().rank())), List.of()).getFirst();
        return builder.call(new Cast(type.dtype()), index);
    }

    private Slice slice(Shape shape) {
        var start = new ArrayList<Long>();
        var count = new ArrayList<Long>();
        var step = new ArrayList<Long>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean back = random.nextInt(4) == 0;
            long most = Math.max(1, shape.dim(axis) - (random.nextInt(3) == 0 ? 1 : 0));
            count.add(most);
            start.add(back ? most - 1 : shape.dim(axis) - most);
            step.add(back ? -1L : 1L);
        }
        return new Slice(start, count, step);
    }

    private List<Integer> axes(int rank) {
        if (rank > 0 && random.nextBoolean()) {
            return List.of(rank - 1);
        }
        return IntStream.range(0, rank).filter(axis -> random.nextBoolean()).boxed().toList();
    }

    private void reduceSpread(Atom x, tfl.primitive.Primitive reduce) {
        var total = builder.call(reduce, x);
        values.add(total);
        var axes = reduce instanceof ReduceSum sum ? sum.axes() : ((ReduceExtreme) reduce).axes();
        var dims = x.type().shape().dims();
        axes.forEach(axis -> dims[axis] = 1);
        var kept = builder.call(new Reshape(Shape.of(dims)), total);
        if (random.nextBoolean()) {
            kept = builder.call(new Unary(UnaryOp.NEG), kept);
            values.add(kept);
        }
        values.add(builder.call(new Binary(BinaryOp.SUB), x, builder.call(new BroadcastTo(x.type().shape()), kept)));
    }
}
