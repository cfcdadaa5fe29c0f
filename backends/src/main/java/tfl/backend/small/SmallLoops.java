package tfl.backend.small;

import java.lang.ref.Reference;
import java.util.List;
import java.util.stream.Stream;
import tfl.backend.Executable;
import tfl.kernel.Kernel;
import tfl.kernel.KernelTypes;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Prepares kernels over few elements. A run costs some tens of nanoseconds beside its loops. */
public final class SmallLoops {
    /** Elements times additions above which compiled code is worth its start. */
    private static final long MOST_WORK = 32 << 10;

    private SmallLoops() {}

    /**
     * A kernel as Java loops.
     *
     * @param isArithmetic whether it computes each element by itself with operations that leave no choice of
     *     rounding, so that compiled code gives the same bits
     */
    public record Prepared(Executable executable, boolean isArithmetic) {}

    /**
     * The kernel as Java loops, or null where it has more elements than pay, or holds what these loops do not know:
     * loops, row-wise kernels, reductions over neighbouring axes and copies of f32, f64, integers and bools are known.
     *
     * @throws IllegalArgumentException if the types do not fit the kernel
     */
    public static Prepared tryCompile(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
        var shape = inputs.isEmpty() ? outputs.getFirst().shape() : inputs.getFirst().shape();
        if (shape.size() > Registers.LENGTH || outputs.getFirst().shape().size() > Registers.LENGTH) {
            return null;
        }
        var program = new Program(shape);
        var results = switch (kernel) {
            case Kernel.Loop(var dtypes, var bodies) -> bodies.stream().mapToInt(program::compute).toArray();
            case Kernel.Copy(var dtype) -> new int[] {program.compute(new ScalarExpr.Input(0, dtype))};
            case Kernel.Reduce reduce -> reduce(reduce, shape, program);
            case Kernel.Rows rows -> rows(rows, shape, program);
            default -> null;
        };
        if (results == null || !program.possible() || program.cost() * shape.size() > MOST_WORK) {
            return null;
        }
        KernelTypes.check(kernel, inputs, outputs);
        var executable = executable(program, results, outputs.toArray(TensorType[]::new));
        boolean each = kernel instanceof Kernel.Loop || kernel instanceof Kernel.Copy;
        return new Prepared(Direct.of(kernel, outputs.getFirst(), executable), each && program.isArithmetic());
    }

    private static Executable executable(Program program, int[] results, TensorType[] types) {
        var steps = program.steps();
        int count = program.registers();
        return (inputs, donated) -> {
            var registers = Registers.local(count);
            for (var step : steps) {
                step.run(registers, inputs);
            }
            Reference.reachabilityFence(inputs);
            var outputs = new Tensor[types.length];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = Tensor.allocate(types[i]);
                Transfer.store(registers, results[i], outputs[i]);
            }
            Reference.reachabilityFence(outputs);
            return outputs;
        };
    }

    private static int[] reduce(Kernel.Reduce kernel, Shape shape, Program program) {
        var axes = kernel.axes();
        for (int i = 1; i < axes.size(); i++) {
            if (axes.get(i) != axes.get(i - 1) + 1) {
                return null;
            }
        }
        int from = program.compute(kernel.body());
        int first = axes.isEmpty() ? shape.rank() : axes.getFirst();
        var fold = new Folds(size(shape, 0, first), size(shape, first, first + axes.size()),
                size(shape, first + axes.size(), shape.rank()));
        int to = program.fresh();
        if (!Transfer.holds(kernel.output()) || !Transfer.holds(kernel.accumulator())) {
            return null;
        }
        var step = fold.step(kernel.fold(), kernel.accumulator(), from, to);
        if (step == null) {
            return null;
        }
        program.addFold(step);
        if (kernel.accumulator() == kernel.output()) {
            return new int[] {to};
        }
        int converted = program.fresh();
        program.add(Casts.step(kernel.accumulator(), kernel.output(), to, converted, fold.outer() * fold.inner()));
        return new int[] {converted};
    }

    private static int size(Shape shape, int from, int to) {
        int size = 1;
        for (int axis = from; axis < to; axis++) {
            size *= (int) shape.dim(axis);
        }
        return size;
    }

    private static int[] rows(Kernel.Rows kernel, Shape shape, Program program) {
        int rows = size(shape, 0, shape.rank() - 1);
        var fold = new Folds(rows, (int) shape.dim(shape.rank() - 1), 1);
        for (int i = 0; i < kernel.stages().size(); i++) {
            var stage = kernel.stages().get(i);
            DType dtype = stage.body().dtype();
            int value = program.compute(stage.body());
            if (!program.possible()) {
                return null;
            }
            int folded = program.fresh();
            int spread = program.fresh();
            if (stage.isStep()) {
                program.add(fold.first(dtype, value, folded));
            } else {
                program.addFold(fold.step(stage.fold(), dtype, value, folded));
            }
            program.add(fold.spread(dtype, folded, spread));
            value = spread;
            program.know(new ScalarExpr.Stage(i, dtype), value);
        }
        var whole = kernel.bodies().stream().map(program::compute);
        var totals = kernel.totals().stream().map(total -> {
            int value = program.compute(total);
            int first = program.fresh();
            if (program.possible()) {
                program.add(fold.first(total.dtype(), value, first));
            }
            return first;
        });
        return Stream.concat(whole, totals).mapToInt(register -> register).toArray();
    }
}
