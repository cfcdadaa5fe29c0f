package tfl.transform;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tfl.backend.Backend;
import tfl.kernel.Kernel;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Lowering;
import tfl.primitive.Ops;
import tfl.primitive.Primitive;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * Runs each primitive at once on a backend; what involves a taped value is written on its tape too. Operands
 * are never used up: results are fresh temporaries, and the caller discards its own. Safe for several
 * threads.
 */
public final class EagerOps implements Ops<TensorValue> {
    private static final int REMEMBERED = 8192;

    private final Backend backend;
    private volatile Lowering.Runner runner = new RegionRunner(this);
    private final ConcurrentHashMap<Key, Plan> plans = new ConcurrentHashMap<>();

    private record Key(Primitive primitive, List<TensorType> inputs) {}

    public EagerOps(Backend backend) {
        this.backend = backend;
    }

    public Backend backend() {
        return backend;
    }

    /** What runs regions primitive by primitive. */
    public Lowering.Runner runner() {
        return runner;
    }

    /**
     * The primitive made ready for these input types.
     *
     * @throws tfl.primitive.ShapeProblem if the inputs do not fit
     */
    public Plan plan(Primitive primitive, TensorType... inputs) {
        var key = new Key(primitive, List.of(inputs));
        var plan = plans.get(key);
        if (plan == null) {
            plan = new Plan(primitive, inputs, backend, runner);
            if (plans.size() >= REMEMBERED) {
                plans.clear();
            }
            plans.put(key, plan);
        }
        return plan;
    }

    @Override
    public List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        var level = Level.innermost(inputs);
        if (level != null) {
            return level.apply(primitive, inputs);
        }
        return List.of(run(primitive, 0, inputs.toArray(Tensor[]::new)));
    }

    @Override
    public TensorValue call(Primitive primitive, TensorValue x) {
        return x instanceof Tensor tensor && !Trace.isActive() ? run(primitive, 0, tensor)[0]
                : apply(primitive, List.of(x)).getFirst();
    }

    @Override
    public TensorValue call(Primitive primitive, TensorValue x, TensorValue y) {
        return x instanceof Tensor first && y instanceof Tensor second && !Trace.isActive()
                ? run(primitive, 0, first, second)[0]
                : apply(primitive, List.of(x, y)).getFirst();
    }

    @Override
    public TensorValue call(Primitive primitive, TensorValue x, TensorValue y, TensorValue z) {
        return apply(primitive, List.of(x, y, z)).getFirst();
    }

    /** Runs a primitive on plain tensors; {@code donated} as in {@link Plan#run}. */
    public Tensor[] run(Primitive primitive, int donated, Tensor... inputs) {
        var types = new TensorType[inputs.length];
        Arrays.setAll(types, index -> inputs[index].type());
        return plan(primitive, types).run(inputs, donated);
    }

    @Override
    public TensorType type(TensorValue value) {
        return value.type();
    }

    @Override
    public boolean isTransposed(TensorValue value) {
        int last = value.type().shape().rank() - 1;
        return last > 0 && value instanceof Tensor tensor && tensor.dim(last - 1) > 1 && tensor.dim(last) > 1
                && tensor.stride(last - 1) == 1 && tensor.stride(last) >= tensor.dim(last - 1);
    }

    /** Says what runs the regions of control flow from now on; at first they run primitive by primitive. */
    public EagerOps runningRegionsBy(Function<EagerOps, Lowering.Runner> runners) {
        runner = runners.apply(this);
        return this;
    }

    /** A dense row-major copy. */
    public Tensor copy(Tensor value) {
        var types = List.of(value.type());
        return backend.compile(new Kernel.Copy(value.dtype()), types, types).run(new Tensor[] {value}, 0)[0];
    }

    @Override
    public void drop(TensorValue value) {
        value.discard();
    }

    /** A tensor filled with one number that takes no more memory than the number. */
    @Override
    public Tensor full(TensorType type, double value) {
        var one = Tensor.scalar(type.dtype(), value);
        if (type.shape().rank() == 0) {
            return one;
        }
        var spread = run(new BroadcastTo(type.shape()), 0, one)[0];
        one.discard();
        return spread;
    }
}
