package tfl.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.Literal;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cast;
import tfl.primitive.Concat;
import tfl.primitive.Full;
import tfl.primitive.Iota;
import tfl.primitive.Pad;
import tfl.primitive.Primitive;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceLogical;
import tfl.primitive.ReduceProd;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Select;
import tfl.primitive.ShapeProblem;
import tfl.primitive.Slice;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** A graph of elementwise, movement and reduction primitives, drawn at random, mostly of one dtype. */
final class RandomGraph {
    private static final int STEPS = 24;
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 2, 0.5, 3, Double.NaN, Double.POSITIVE_INFINITY};
    private static final List<UnaryOp> LIKELY = List.of(UnaryOp.NEG, UnaryOp.NOT, UnaryOp.ABS, UnaryOp.FLOOR,
            UnaryOp.ROUND, UnaryOp.SIGN, UnaryOp.SQRT, UnaryOp.CONJ, UnaryOp.REAL, UnaryOp.IMAG, UnaryOp.EXP);

    private final Random random;
    private final DType dtype;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Atom> values = new ArrayList<>();

    RandomGraph(long seed, DType dtype) {
        this.random = new Random(seed);
        this.dtype = dtype;
    }

    Graph graph() {
        values.add(builder.input(new TensorType(dtype, Shape.of(2, 3))));
        values.add(builder.input(new TensorType(dtype, Shape.of(2, 3))));
        values.add(builder.input(new TensorType(dtype, Shape.of(3))));
        values.add(builder.input(new TensorType(DType.BOOL, Shape.of(2, 3))));
        for (int step = 0; step < STEPS; step++) {
            try {
                step();
            } catch (ShapeProblem drawnBadly) {
                values.add(literal(values.getFirst().type()));
            }
        }
        return builder.graph(values.subList(values.size() - 4, values.size()));
    }

    private void step() {
        var x = any();
        switch (random.nextInt(6)) {
            case 0 -> add(new Unary(LIKELY.get(random.nextInt(LIKELY.size()))), x);
            case 1, 2 -> binary(x);
            case 3 -> add(movement(x.type()), x);
            case 4 -> rest(x);
            default -> reduce(x);
        }
    }

    private void binary(Atom x) {
        var y = random.nextInt(3) == 0 ? literal(x.type()) : like(x.type());
        var ops = BinaryOp.values();
        var op = new Binary(ops[random.nextInt(ops.length)]);
        if (random.nextBoolean()) {
            add(op, x, y);
        } else {
            add(op, y, x);
        }
    }

    private void rest(Atom x) {
        var type = x.type();
        switch (random.nextInt(6)) {
            case 0, 1 -> add(new Cast(DType.values()[random.nextInt(DType.values().length)]), x);
            case 2 -> add(new Activation(Activation.Function.RELU), x);
            case 3 -> add(new Iota(new TensorType(dtype, Shape.of(2, 3)), 1, 1, random.nextInt(2)));
            case 4 -> add(Full.of(type, NUMBERS[random.nextInt(NUMBERS.length)]));
            default -> {
                var condition = like(new TensorType(DType.BOOL, type.shape()));
                add(new Select(), condition, x, like(type));
            }
        }
    }

    private void reduce(Atom x) {
        int rank = x.type().shape().rank();
        var axes = IntStream.range(0, rank).filter(axis -> random.nextInt(3) == 0).boxed().toList();
        add(switch (random.nextInt(5)) {
            case 0, 1 -> new ReduceSum(axes);
            case 2 -> new ReduceProd(axes);
            case 3 -> new ReduceExtreme(random.nextBoolean(), axes);
            default -> new ReduceLogical(random.nextBoolean(), axes);
        }, x);
    }

    private Primitive movement(TensorType type) {
        var shape = type.shape();
        var dims = Arrays.stream(shape.dims()).boxed().toList();
        var zeros = Collections.nCopies(shape.rank(), 0L);
        return switch (random.nextInt(7)) {
            case 0, 1 -> {
                var order = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
                Collections.shuffle(order, random);
                yield new Transpose(List.copyOf(order));
            }
            case 2 -> new Reshape(random.nextBoolean() ? Shape.of(shape.size()) : Shape.of(2, 3));
            case 3 -> new BroadcastTo(random.nextBoolean() ? Shape.of(2, 3) : Shape.of(2, 2, 3));
            case 4 -> random.nextBoolean() ? Slice.reversing(shape, List.of(0))
                    : Slice.along(shape, 0, random.nextInt(2), shape.rank() == 0 ? 0 : shape.dim(0));
            case 5 -> new Pad(zeros, zeros.stream().map(zero -> (long) random.nextInt(2)).toList(), zeros,
                    NUMBERS[random.nextInt(NUMBERS.length)]);
            default -> new Slice(zeros, dims, Collections.nCopies(shape.rank(), 1L));
        };
    }

    private void add(Primitive op, Atom... operands) {
        values.add(builder.apply(op, List.of(operands)).getFirst());
        if (operands.length == 1 && random.nextInt(8) == 0) {
            values.add(builder.apply(new Concat(0), List.of(operands[0], operands[0])).getFirst());
        }
    }

    private Atom any() {
        return values.get(values.size() - 1 - random.nextInt(Math.min(values.size(), 6)));
    }

    /** A value of that type: one there is, or a literal. */
    private Atom like(TensorType type) {
        var fitting = values.stream().filter(value -> value.type().equals(type)).toList();
        return fitting.isEmpty() ? literal(type) : fitting.get(random.nextInt(fitting.size()));
    }

    private Atom literal(TensorType type) {
        double number = NUMBERS[random.nextInt(NUMBERS.length)];
        return switch (type.dtype().kind()) {
            case BOOL -> Literal.of(type, random.nextInt(2));
            case UNSIGNED -> Literal.of(type, random.nextBoolean() ? 255 : random.nextInt(3));
            case SIGNED -> Literal.of(type, random.nextInt(-2, 4));
            case FLOAT, COMPLEX -> Literal.of(type, number);
        };
    }
}
