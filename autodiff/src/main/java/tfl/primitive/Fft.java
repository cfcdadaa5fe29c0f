package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/** The discrete Fourier transform along the last axis, c64, unscaled: {@code sum(x_j exp(∓2πi jk / n))}. */
public record Fft(boolean inverse) implements Primitive {
    @Override
    public String name() {
        return inverse ? "ifft" : "fft";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        if (inputs.getFirst().dtype() != DType.C64) {
            throw Check.dtype(name(), "c64", inputs.getFirst().dtype());
        }
        Check.axis(name(), -1, inputs.getFirst().shape().rank());
        return inputs;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return Matrices.library(new Routine.Fft(inverse));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // The matrix of the transform is symmetric: its adjoint is its conjugate, the other direction.
        return List.of(ops.call(new Fft(!inverse), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return ops.apply(this, tangents);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}
