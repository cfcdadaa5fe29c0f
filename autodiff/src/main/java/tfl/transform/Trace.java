package tfl.transform;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.Literal;
import tfl.language.source.Location;
import tfl.primitive.Primitive;
import tfl.primitive.ShapeProblem;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * Writes down what a function does instead of doing it. While it is open, every primitive that its thread applies
 * becomes an equation, whether or not its operands are traced; values from outside become inputs of the graph.
 */
public final class Trace extends Level implements AutoCloseable {
    private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();
    // Read before the thread's own, so that programs without traces pay one plain read.
    private static final AtomicInteger OPEN = new AtomicInteger();

    private Trace outer;
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<TensorValue, Traced> captures = new IdentityHashMap<>();
    private final List<TensorValue> captured = new ArrayList<>();
    private final Supplier<Location> place;
    private Location borrowed;
    private boolean open = true;
    private boolean entered;

    /**
     * Opens the innermost level; {@link #enter} makes it what this thread's operations belong to.
     *
     * @param place where in the source the operation at hand stands
     */
    public Trace(Supplier<Location> place) {
        this.place = place;
    }

    /** From here to {@link #leave} this thread writes into this trace. May be entered again after it was left. */
    public Trace enter() {
        outer = CURRENT.get();
        CURRENT.set(this);
        OPEN.incrementAndGet();
        entered = true;
        return this;
    }

    /** Back to what this thread wrote into before. */
    public void leave() {
        if (entered) {
            entered = false;
            OPEN.decrementAndGet();
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** The trace that this thread is in, or null. */
    static Trace current() {
        return OPEN.getPlain() == 0 ? null : CURRENT.get();
    }

    /** Does what is no part of the graph that this thread writes, such as computing with numbers that are known. */
    public static <T> T outside(Supplier<T> work) {
        var around = CURRENT.get();
        CURRENT.remove();
        try {
            return work.get();
        } finally {
            if (around != null) {
                CURRENT.set(around);
            }
        }
    }

    /** Whether this thread is writing a graph. */
    public static boolean isActive() {
        return current() != null;
    }

    /** Whether it does something beside computing so far. */
    public boolean hasEffect() {
        return builder.hasEffect();
    }

    /** Whether a graph that this thread writes does. */
    public static boolean anyHasEffect() {
        for (var trace = current(); trace != null; trace = trace.outer) {
            if (trace.hasEffect()) {
                return true;
            }
        }
        return false;
    }

    /** Whether any thread is, for a quick look. */
    public static boolean isAnyActive() {
        return OPEN.getPlain() != 0;
    }

    /** A further input of the graph. */
    public Traced input(TensorType type, boolean weak) {
        return new Traced(this, builder.input(type), weak);
    }

    /** The value inside of this trace; what comes from outside is captured as an input. */
    public Traced lift(TensorValue value) {
        if (value instanceof Traced traced && traced.level() == this) {
            return traced;
        }
        if (value instanceof Lifted lifted && lifted.level().isInside(this)) {
            throw escaped();
        }
        if (value instanceof Traced traced && !traced.level().open) {
            throw escaped();
        }
        return captures.computeIfAbsent(value, this::capture);
    }

    private Traced capture(TensorValue value) {
        if (value instanceof Tensor tensor && isSplat(tensor)) {
            long bits = tensor.dtype().isDifferentiable() ? Double.doubleToRawLongBits(tensor.readDouble(0))
                    : tensor.readLong(0);
            return new Traced(this, new Literal(tensor.type(), bits), false);
        }
        value.pin();
        captured.add(value);
        return new Traced(this, builder.input(value.type()), Lifted.isWeak(value));
    }

    private static boolean isSplat(Tensor tensor) {
        if (tensor.size() == 0 || tensor.dtype().isComplex()) {
            return false;
        }
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (tensor.dim(axis) > 1 && tensor.stride(axis) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isOpen() {
        return open;
    }

    static ShapeProblem escaped() {
        return new ShapeProblem("TFL-E0372", "a value of a graph, a branch or a loop that has ended is used",
                "return it from the traced function");
    }

    /** Where the operation at hand stands; {@link Location#NONE} while this thread writes no graph. */
    static Location here() {
        var trace = current();
        return trace == null ? Location.NONE : trace.at();
    }

    private Location at() {
        return borrowed == null ? place.get() : borrowed;
    }

    /** What is written from here on stands where something earlier stood; null ends that. */
    void borrow(Location earlier) {
        borrowed = earlier;
    }

    @Override
    List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        if (!open) {
            throw escaped();
        }
        builder.at(at());
        var operands = new ArrayList<Atom>();
        inputs.forEach(input -> operands.add(lift(input).atom()));
        var outputs = builder.apply(primitive, operands);
        var watch = Watch.after(primitive, at(), operands.size());
        if (watch != null) {
            var seen = new ArrayList<>(operands);
            seen.addAll(outputs);
            builder.apply(watch, seen);
        }
        var results = new ArrayList<TensorValue>();
        outputs.forEach(result -> results.add(new Traced(this, result, false)));
        return results;
    }

    /** What came from outside, in the order of the inputs that follow those asked for by {@link #input}. */
    public List<TensorValue> captured() {
        return captured;
    }

    /** The graph so far. */
    public Graph graph(List<? extends TensorValue> outputs) {
        return builder.graph(outputs.stream().map(output -> lift(output).atom()).toList());
    }

    /** Leaves, for good: its values are of no use from here on. */
    @Override
    public void close() {
        leave();
        open = false;
    }
}
