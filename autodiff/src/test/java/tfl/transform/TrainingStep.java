package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import tfl.backend.Backend;
import tfl.kernel.BinaryOp;
import tfl.primitive.Activation;
import tfl.primitive.AlongAxis;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.LogSoftmax;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * Gradient descent on a classifier of three dense layers, as the interpreter would run it; its main times it.
 */
final class TrainingStep {
    private final EagerOps ops;
    private final Tensor images;
    private final Tensor labels;
    private final List<Tensor> parameters = new ArrayList<>();
    private final List<TensorValue> temporaries = new ArrayList<>();

    TrainingStep(EagerOps ops, int batch, int inputs, int hidden) {
        this.ops = ops;
        var random = new Random(1);
        images = random(random, 1, batch, inputs);
        var classes = new long[batch];
        java.util.Arrays.setAll(classes, k -> k % 10);
        labels = Tensor.of(classes, batch, 1);
        int[] sizes = {inputs, hidden, hidden, 10};
        for (int layer = 0; layer < 3; layer++) {
            parameters.add(random(random, 1 / Math.sqrt(sizes[layer]), sizes[layer], sizes[layer + 1]));
            parameters.add(random(random, 0, sizes[layer + 1]));
        }
        images.retain();
        labels.retain();
        parameters.forEach(Tensor::retain);
    }

    private static Tensor random(Random random, double scale, int... dims) {
        long[] shape = java.util.Arrays.stream(dims).asLongStream().toArray();
        var data = new float[(int) Shape.of(shape).size()];
        for (int k = 0; k < data.length; k++) {
            data[k] = (float) (scale * random.nextGaussian());
        }
        return Tensor.of(data, shape);
    }

    /** One step; the loss before it. */
    double run() {
        double loss;
        List<TensorValue> gradients;
        try (var tape = new Tape(ops)) {
            var lifted = parameters.stream().map(tape::lift).map(TensorValue.class::cast).toList();
            var result = loss(lifted);
            tape.stop();
            loss = Recorded.plain(result).readDouble(0);
            gradients = tape.pull(List.of(result), List.of(noted(Gradient.seed(ops, result.type()))));
            temporaries.forEach(TensorValue::discard);
            temporaries.clear();
        }
        update(gradients);
        return loss;
    }

    private TensorValue loss(List<TensorValue> p) {
        TensorValue x = images;
        for (int layer = 0; layer < 3; layer++) {
            var product = noted(ops.call(new MatMul(), x, p.get(2 * layer)));
            var bias = noted(ops.call(new BroadcastTo(product.type().shape()), p.get(2 * layer + 1)));
            x = noted(ops.call(new Binary(BinaryOp.ADD), product, bias));
            if (layer < 2) {
                x = noted(ops.call(new Activation(Activation.Function.RELU), x));
            }
        }
        var log = noted(ops.call(new LogSoftmax(), x));
        var picked = noted(AlongAxis.take(ops, log, labels, 1));
        var total = noted(ops.call(new ReduceSum(List.of(0, 1)), picked));
        var scale = noted(ops.full(total.type(), -1.0 / images.shape().dim(0)));
        return noted(ops.call(new Binary(BinaryOp.MUL), total, scale));
    }

    private <T extends TensorValue> T noted(T value) {
        temporaries.add(value);
        return value;
    }

    private void update(List<TensorValue> gradients) {
        for (int k = 0; k < parameters.size(); k++) {
            var old = parameters.get(k);
            var rate = ops.full(new TensorType(old.dtype(), old.shape()), 0.1);
            var change = ops.run(new Binary(BinaryOp.MUL), 1, (Tensor) gradients.get(k), rate)[0];
            var made = ops.run(new Binary(BinaryOp.SUB), 1, old, change)[0];
            made.retain();
            parameters.set(k, made);
            old.release();
            rate.discard();
            change.discard();
            gradients.get(k).discard();
        }
    }

    public static void main(String[] arguments) {
        var ops = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
        var step = new TrainingStep(ops, 128, 784, 512);
        double loss = 0;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int k = 0; k < 100; k++) {
                loss = step.run();
            }
            double milliseconds = (System.nanoTime() - start) / 1e8;
            if (round % 4 == 3) {
                java.lang.System.err.printf("%.2f ms a step, loss %.4f%n", milliseconds, loss);
            }
        }
    }
}
