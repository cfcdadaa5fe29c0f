package tfl.tests;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;

/**
 * How long the border takes. No test: {@code mvn -pl tests -am -Dtest=InteropSpeed
 * -Dsurefire.failIfNoSpecifiedTests=false verify} prints it.
 */
class InteropSpeed {
    private static final int ELEMENTS = 1_000_000;
    private static final int CALLS = 2_000_000;
    private static final int ROUNDS = 8;

    private interface Work {
        double run();
    }

    @Test
    void measure() {
        try (var context = Context.newBuilder("tfl").option("engine.WarnInterpreterOnly", "false").build()) {
            calls(context);
            memory(context, context.eval("tfl", "arange(" + ELEMENTS + ".0)"));
        }
    }

    private static void calls(Context context) {
        Value square = context.eval("tfl", "x -> x * x + 1.0");
        report("execute(double)", CALLS, () -> {
            double sum = 0;
            for (int i = 0; i < CALLS; i++) {
                sum += square.execute(0.5).asDouble();
            }
            return sum;
        });
        var function = square.as(DoubleUnaryOperator.class);
        report("DoubleUnaryOperator", CALLS, () -> {
            double sum = 0;
            for (int i = 0; i < CALLS; i++) {
                sum += function.applyAsDouble(0.5);
            }
            return sum;
        });
        Value total = context.eval("tfl", "x -> sum(x)");
        var input = new float[16];
        report("float[16] in, a number out", CALLS / 20, () -> {
            double sum = 0;
            for (int i = 0; i < CALLS / 20; i++) {
                sum += total.execute((Object) input).asDouble();
            }
            return sum;
        });
    }

    private static void memory(Context context, Value x) {
        FloatBuffer view = x.invokeMember("asFloatBuffer").asHostObject();
        var array = new float[ELEMENTS];
        report("FloatBuffer, all at once", ELEMENTS, () -> {
            view.get(0, array);
            return array[1];
        });
        report("FloatBuffer, one by one", ELEMENTS, () -> {
            double sum = 0;
            for (int i = 0; i < ELEMENTS; i++) {
                sum += view.get(i);
            }
            return sum;
        });
        var bytes = new byte[4 * ELEMENTS];
        report("readBuffer, all at once", ELEMENTS, () -> {
            x.readBuffer(0, bytes, 0, bytes.length);
            return bytes[1];
        });
        report("readBufferFloat", ELEMENTS, () -> {
            double sum = 0;
            for (int i = 0; i < ELEMENTS; i++) {
                sum += x.readBufferFloat(ByteOrder.LITTLE_ENDIAN, 4L * i);
            }
            return sum;
        });
        report("getArrayElement", ELEMENTS, () -> {
            double sum = 0;
            for (int i = 0; i < ELEMENTS; i++) {
                sum += x.getArrayElement(i).asDouble();
            }
            return sum;
        });
        Value first = context.eval("tfl", "x -> x[0]");
        report("float[] in", ELEMENTS, () -> first.execute((Object) array).asDouble());
    }

    private static void report(String what, int count, Work work) {
        long best = Long.MAX_VALUE;
        double seen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            seen += work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf("%-28s %8.2f ns each (%s)%n", what, (double) best / count, seen);
    }
}
