package tfl.backend.small;

import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;

/**
 * Folds of a register seen as {@code [outer, count, inner]} over its middle axis, into {@code outer * inner} elements.
 * Floats are summed in doubles.
 */
record Folds(int outer, int count, int inner) {
    /** The step, or null where there is none. */
    Step step(Fold fold, DType dtype, int from, int to) {
        if (fold == Fold.ARG_MAX || fold == Fold.ARG_MIN) {
            return null;
        }
        return switch (dtype) {
            case F32 -> (registers, inputs) -> floats(fold, registers.floats(from), registers.floats(to));
            case F64 -> (registers, inputs) -> doubles(fold, registers.doubles(from), registers.doubles(to));
            default -> (registers, inputs) -> longs(fold, dtype, registers.longs(from), registers.longs(to));
        };
    }

    private void floats(Fold fold, float[] x, float[] r) {
        for (int i = 0; i < outer * inner; i++) {
            int at = i / inner * count * inner + i % inner;
            r[i] = switch (fold) {
                case SUM -> (float) sum(x, at);
                case PROD -> {
                    double product = 1;
                    for (int k = 0; k < count; k++) {
                        product *= x[at + k * inner];
                    }
                    yield (float) product;
                }
                case MAX -> {
                    float most = Float.NEGATIVE_INFINITY;
                    for (int k = 0; k < count; k++) {
                        most = Math.max(most, x[at + k * inner]);
                    }
                    yield most;
                }
                default -> {
                    float least = Float.POSITIVE_INFINITY;
                    for (int k = 0; k < count; k++) {
                        least = Math.min(least, x[at + k * inner]);
                    }
                    yield least;
                }
            };
        }
    }

    /** Four sums side by side, so that additions need not wait for each other. */
    private double sum(float[] x, int start) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        int at = start;
        for (; k + 3 < count; k += 4, at += 4 * inner) {
            a += x[at];
            b += x[at + inner];
            c += x[at + 2 * inner];
            d += x[at + 3 * inner];
        }
        for (; k < count; k++, at += inner) {
            a += x[at];
        }
        return a + b + (c + d);
    }

    private double sum(double[] x, int start) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        int at = start;
        for (; k + 3 < count; k += 4, at += 4 * inner) {
            a += x[at];
            b += x[at + inner];
            c += x[at + 2 * inner];
            d += x[at + 3 * inner];
        }
        for (; k < count; k++, at += inner) {
            a += x[at];
        }
        return a + b + (c + d);
    }

    private void doubles(Fold fold, double[] x, double[] r) {
        for (int i = 0; i < outer * inner; i++) {
            int at = i / inner * count * inner + i % inner;
            r[i] = fold == Fold.SUM ? sum(x, at) : other(fold, x, at);
        }
    }

    private double other(Fold fold, double[] x, int start) {
        double result = switch (fold) {
            case PROD -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            default -> Double.POSITIVE_INFINITY;
        };
        for (int k = 0; k < count; k++) {
            double next = x[start + k * inner];
            result = switch (fold) {
                case PROD -> result * next;
                case MAX -> Math.max(result, next);
                default -> Math.min(result, next);
            };
        }
        return result;
    }

    private void longs(Fold fold, DType dtype, long[] x, long[] r) {
        long least = dtype == DType.BOOL || dtype == DType.U8 ? 0 : -1L << 8 * dtype.bytes() - 1;
        long most = dtype == DType.BOOL ? 1 : dtype == DType.U8 ? 255 : ~least;
        for (int i = 0; i < outer * inner; i++) {
            int at = i / inner * count * inner + i % inner;
            long result = switch (fold) {
                case SUM, ANY -> 0;
                case PROD, ALL -> 1;
                case MAX -> least;
                default -> most;
            };
            for (int k = 0; k < count; k++) {
                long next = x[at + k * inner];
                result = switch (fold) {
                    case SUM -> result + next;
                    case PROD -> result * next;
                    case MAX, ANY -> Math.max(result, next);
                    default -> Math.min(result, next);
                };
            }
            r[i] = result;
        }
        LongLoops.wrap(dtype, r, outer * inner);
    }

    /** Of each row its first element. */
    Step first(DType dtype, int from, int to) {
        return switch (dtype) {
            case F32 -> (registers, inputs) -> {
                var x = registers.floats(from);
                var r = registers.floats(to);
                for (int i = 0; i < outer; i++) {
                    r[i] = x[i * count];
                }
            };
            case F64 -> (registers, inputs) -> {
                var x = registers.doubles(from);
                var r = registers.doubles(to);
                for (int i = 0; i < outer; i++) {
                    r[i] = x[i * count];
                }
            };
            default -> (registers, inputs) -> {
                var x = registers.longs(from);
                var r = registers.longs(to);
                for (int i = 0; i < outer; i++) {
                    r[i] = x[i * count];
                }
            };
        };
    }

    /** Repeats each of {@code outer} elements {@code count} times. */
    Step spread(DType dtype, int from, int to) {
        return switch (dtype) {
            case F32 -> (registers, inputs) -> {
                var x = registers.floats(from);
                var r = registers.floats(to);
                for (int i = 0; i < outer * count; i++) {
                    r[i] = x[i / count];
                }
            };
            case F64 -> (registers, inputs) -> {
                var x = registers.doubles(from);
                var r = registers.doubles(to);
                for (int i = 0; i < outer * count; i++) {
                    r[i] = x[i / count];
                }
            };
            default -> (registers, inputs) -> {
                var x = registers.longs(from);
                var r = registers.longs(to);
                for (int i = 0; i < outer * count; i++) {
                    r[i] = x[i / count];
                }
            };
        };
    }
}
