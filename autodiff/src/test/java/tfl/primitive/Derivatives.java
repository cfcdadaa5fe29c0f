package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import tfl.backend.Backend;
import tfl.kernel.BinaryOp;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;
import tfl.transform.Tape;

/** What the tests of derivatives share: directions, finite differences, inner products. */
final class Derivatives {
    static final EagerOps CPU = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());

    private Derivatives() {}

    /** What is differentiated. */
    interface Program {
        List<TensorValue> apply(List<TensorValue> inputs);
    }

    /** Differences of two inputs of the row: they stay within the row's kind, such as symmetric matrices. */
    static List<Tensor> directions(Case row) {
        var directions = new ArrayList<Tensor>();
        var first = row.inputs(4);
        var second = row.inputs(5);
        for (int k = 0; k < first.size(); k++) {
            boolean fixed = row.arguments().get(k).fixed() != null;
            boolean real = first.get(k).dtype().isDifferentiable();
            directions.add(!real || fixed ? random(first.get(k).type(), 6 + k)
                    : (Tensor) CPU.call(new Binary(BinaryOp.SUB), first.get(k), second.get(k)));
        }
        return directions;
    }

    /** Numbers between -1 and 1. */
    static Tensor random(TensorType type, long seed) {
        return new Case.Argument(type, -1, 1, data -> data, null).make(new java.util.Random(seed), type.dtype());
    }

    /** The cotangents of the differentiable inputs. */
    static List<TensorValue> pulled(Program function, List<TensorValue> inputs,
            List<TensorValue> cotangents) {
        var tape = new Tape(CPU);
        var lifted = new ArrayList<TensorValue>();
        inputs.forEach(input -> lifted.add(input.type().dtype().isDifferentiable() ? tape.lift(input) : input));
        var outputs = function.apply(lifted);
        tape.stop();
        return tape.pull(outputs, cotangents).stream().map(value -> value == null
                ? Tensor.scalar(DType.F64, 0.0) : value).map(TensorValue.class::cast).toList();
    }

    /** Holds the pullback in random cotangents against finite differences. */
    static void derivative(String label, Program function, List<Tensor> inputs, List<Tensor> directions,
            double tolerance) {
        var outputs = function.apply(List.copyOf(inputs));
        var cotangents = randoms(outputs, 21);
        boolean exact = isExact(inputs, outputs);
        double step = exact ? 1e-6 : 1e-2;
        var ahead = function.apply(moved(inputs, directions, step));
        var behind = function.apply(moved(inputs, directions, -step));
        double expected = (inner(cotangents, ahead) - inner(cotangents, behind)) / (2 * step);
        double scale = 1;
        double actual = 0;
        var gradients = pulled(function, List.copyOf(inputs), cotangents).iterator();
        for (int k = 0; k < inputs.size(); k++) {
            if (inputs.get(k).dtype().isDifferentiable()) {
                var gradient = gradients.next();
                if (gradient.type().shape().rank() > 0 || inputs.get(k).rank() == 0) {
                    assertEquals(inputs.get(k).type(), gradient.type(), label);
                    double part = inner(List.of(gradient), List.of(directions.get(k)));
                    actual += part;
                    scale = Math.max(scale, Math.abs(part));
                }
            }
        }
        double error = Math.abs(expected - actual) / Math.max(scale, Math.abs(expected));
        double found = actual;
        assertTrue(error <= Math.max(tolerance, exact ? 0 : 2e-2),
                () -> label + ": finite differences say " + expected + ", the pullback " + found);
    }

    /** A random tensor of each one's type. */
    static List<TensorValue> randoms(List<? extends TensorValue> like, long seed) {
        var randoms = new ArrayList<TensorValue>();
        like.forEach(each -> randoms.add(random(each.type(), seed)));
        return randoms;
    }

    /** Whether everything is computed in f64. */
    static boolean isExact(List<? extends TensorValue> inputs, List<? extends TensorValue> outputs) {
        return Stream.concat(inputs.stream(), outputs.stream()).map(TensorValue::type).map(TensorType::dtype)
                .noneMatch(dtype -> dtype == DType.F32 || dtype == DType.C64);
    }

    /** The inputs, those that differentiate moved by so much along the directions. */
    static List<TensorValue> moved(List<Tensor> inputs, List<Tensor> directions, double step) {
        var moved = new ArrayList<TensorValue>();
        for (int k = 0; k < inputs.size(); k++) {
            var x = inputs.get(k);
            if (!x.dtype().isDifferentiable()) {
                moved.add(x);
                continue;
            }
            var by = CPU.call(new Binary(BinaryOp.MUL), directions.get(k), CPU.full(x.type(), step));
            moved.add(CPU.call(new Binary(BinaryOp.ADD), x, by));
        }
        return moved;
    }

    /** The inner product of all that differentiates, of the two real parts where complex. */
    static double inner(List<? extends TensorValue> a, List<? extends TensorValue> b) {
        double sum = 0;
        for (int k = 0; k < a.size(); k++) {
            if (a.get(k).type().dtype().isDifferentiable() && a.get(k).type().equals(b.get(k).type())) {
                var x = (Tensor) a.get(k);
                var y = (Tensor) b.get(k);
                for (long at = 0; at < x.size(); at++) {
                    sum += x.readDouble(at) * y.readDouble(at) + x.readImaginary(at) * y.readImaginary(at);
                }
            }
        }
        return sum;
    }
}
