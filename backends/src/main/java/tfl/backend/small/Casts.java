package tfl.backend.small;

import tfl.tensor.DType;
import tfl.tensor.Elements;

/** Conversions between registers. */
final class Casts {
    private Casts() {}

    static Step step(DType from, DType to, int x, int r, int n) {
        return switch (from) {
            case F32 -> switch (to) {
                case F32 -> (registers, inputs) -> System.arraycopy(registers.floats(x), 0, registers.floats(r), 0, n);
                case F64 -> (registers, inputs) -> widen(registers.floats(x), registers.doubles(r), n);
                default -> (registers, inputs) -> {
                    var values = registers.floats(x);
                    var result = registers.longs(r);
                    for (int i = 0; i < n; i++) {
                        result[i] = Elements.truncate(to, values[i]);
                    }
                };
            };
            case F64 -> switch (to) {
                case F32 -> (registers, inputs) -> narrow(registers.doubles(x), registers.floats(r), n);
                case F64 -> (registers, inputs) -> System.arraycopy(registers.doubles(x), 0, registers.doubles(r), 0,
                        n);
                default -> (registers, inputs) -> {
                    var values = registers.doubles(x);
                    var result = registers.longs(r);
                    for (int i = 0; i < n; i++) {
                        result[i] = Elements.truncate(to, values[i]);
                    }
                };
            };
            default -> switch (to) {
                case F32 -> (registers, inputs) -> toFloat(registers.longs(x), registers.floats(r), n);
                case F64 -> (registers, inputs) -> toDouble(registers.longs(x), registers.doubles(r), n);
                default -> (registers, inputs) -> {
                    System.arraycopy(registers.longs(x), 0, registers.longs(r), 0, n);
                    LongLoops.wrap(to, registers.longs(r), n);
                };
            };
        };
    }

    private static void widen(float[] x, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = x[i];
        }
    }

    private static void narrow(double[] x, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (float) x[i];
        }
    }

    private static void toFloat(long[] x, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = x[i];
        }
    }

    private static void toDouble(long[] x, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = x[i];
        }
    }
}
