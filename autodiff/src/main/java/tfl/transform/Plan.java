package tfl.transform;

import java.util.Arrays;
import java.util.List;
import tfl.backend.Backend;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.kernel.Kernel;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.Residuals;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * A primitive made ready for inputs of certain types: shapes checked, kernel compiled. Safe for several
 * threads.
 */
public final class Plan implements Executable {
    private final Primitive primitive;
    private final TensorType[] inputs;
    private final TensorType[] outputs;
    private final Executable executable;
    private final Lowering.Rule view;
    private final boolean checked;
    private volatile Residuals residuals;

    Plan(Primitive primitive, TensorType[] inputs, Backend backend, Lowering.Runner runner) {
        this.primitive = primitive;
        this.inputs = inputs.clone();
        var types = List.of(inputs);
        var results = primitive.shape(types);
        this.outputs = results.toArray(TensorType[]::new);
        switch (primitive.lower(types)) {
            case Lowering.Launch(var kernel) -> {
                this.view = null;
                this.executable = backend.compile(kernel, types, results);
            }
            case Lowering.View(var rule) -> {
                this.view = rule;
                this.executable = backend.compile(new Kernel.Copy(inputs[0].dtype()), types, types);
            }
            case Lowering.Control(var conductor) -> {
                this.view = null;
                this.executable = (values, donated) -> conductor.run(runner, values);
            }
        }
        this.checked = primitive.readsTrustedData();
    }

    public Primitive primitive() {
        return primitive;
    }

    /** The types of the results, always the same objects. */
    public TensorType output(int index) {
        return outputs[index];
    }

    /** Whether it was made for such an input: a quick test, by identity first. */
    public boolean fits(int index, TensorType type) {
        return inputs[index] == type || inputs[index].equals(type);
    }

    /**
     * Runs the primitive. The inputs stay the caller's, donated ones too: who donates still discards.
     *
     * @param values tensors of exactly the types it was made for
     * @param donated bit i set: nobody reads input i afterwards, its storage may serve a result
     */
    @Override
    public Tensor[] run(Tensor[] values, int donated) {
        return run(values, donated, Places.ANYWHERE);
    }

    @Override
    public Tensor[] run(Tensor[] values, int donated, Tensor[] places) {
        return !OperationTimes.areWanted() || view != null ? execute(values, donated, places)
                : OperationTimes.time(primitive.name(), () -> execute(values, donated, places));
    }

    private Tensor[] execute(Tensor[] values, int donated, Tensor[] places) {
        if (view != null) {
            return new Tensor[] {view(values[0])};
        }
        if (checked) {
            primitive.check(values);
        }
        return places.length == 0 ? executable.run(values, donated) : executable.run(values, donated, places);
    }

    private Tensor view(Tensor x) {
        var result = view.view(x, outputs[0]);
        if (result == null) {
            var dense = executable.run(new Tensor[] {x}, 0)[0];
            result = view.view(dense, outputs[0]);
            dense.discard();
        }
        return result;
    }

    Residuals residuals() {
        var known = residuals;
        if (known == null) {
            known = primitive.residuals(Arrays.asList(inputs));
            residuals = known;
        }
        return known;
    }
}
