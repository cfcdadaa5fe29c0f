package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tfl.lower.RandomGraphTest.CPU;
import static tfl.lower.RandomGraphTest.REFERENCE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cast;
import tfl.primitive.Iota;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Scan;
import tfl.primitive.Softmax;
import tfl.primitive.Standardize;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Which kernels graphs become, and that these give what the equations say. */
class FusionTest {
    /** A graph and its kernels, one a line. */
    private record Case(String name, Program program, String... kernels) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Program {
        List<Atom> of(Writer b);
    }

    private interface Body {
        List<Atom> of(Writer b, List<Atom> constantsAndStates);
    }

    /** Short names for writing graphs. */
    private static final class Writer {
        final GraphBuilder builder = new GraphBuilder();

        Atom in(long... dims) {
            return builder.input(new TensorType(DType.F32, Shape.of(dims)));
        }

        List<Atom> loop(int rounds, List<Atom> constants, List<Atom> states, Body body) {
            return scan(rounds, constants, states, List.of(), body);
        }

        List<Atom> scan(int rounds, List<Atom> constants, List<Atom> states, List<Atom> sequences, Body body) {
            var inner = new Writer();
            var all = Stream.of(constants, states, sequences).flatMap(List::stream).toList();
            var inputs = new ArrayList<Atom>();
            for (int k = 0; k < all.size(); k++) {
                var dims = all.get(k).type().shape().dims();
                boolean whole = k < all.size() - sequences.size();
                inputs.add(inner.in(whole ? dims : Arrays.copyOfRange(dims, 1, dims.length)));
            }
            var region = inner.builder.graph(body.of(inner, inputs));
            return List.copyOf(builder.apply(new Scan(region, rounds, constants.size(), states.size(), false, 0), all));
        }

        Atom op(BinaryOp op, Atom x, Atom y) {
            return builder.call(new Binary(op), x, y);
        }

        Atom op(UnaryOp op, Atom x) {
            return builder.call(new Unary(op), x);
        }

        Atom add(Atom x, Atom y) {
            return op(BinaryOp.ADD, x, y);
        }

        Atom mul(Atom x, Atom y) {
            return op(BinaryOp.MUL, x, y);
        }

        Atom sub(Atom x, Atom y) {
            return op(BinaryOp.SUB, x, y);
        }

        Atom number(Atom like, double value) {
            return builder.full(like.type(), value);
        }

        Atom spread(Atom x, long... dims) {
            return builder.call(new BroadcastTo(Shape.of(dims)), x);
        }

        /** One number for each row, along the rows. */
        Atom along(Atom x, long rows, long length) {
            return spread(builder.call(new Reshape(Shape.of(rows, 1)), x), rows, length);
        }

        Atom turned(Atom x) {
            return builder.call(Transpose.matrices(3), x);
        }

        /** Attention and its gradients; those of the scores come from its cotangent or from the values' gradient. */
        List<Atom> attention(long heads, long queries, long keys, BinaryOperator<Atom> from) {
            var q = in(heads, queries, 4);
            var k = in(heads, keys, 4);
            var v = in(heads, keys, 5);
            var weights = builder.call(new Softmax(), builder.call(new MatMul(), q, turned(k)));
            var mean = builder.call(new MatMul(), weights, v);
            var cotangent = op(UnaryOp.TANH, mean);
            var values = builder.call(new MatMul(), turned(weights), cotangent);
            var back = builder.call(new MatMul(), from.apply(cotangent, values), turned(v));
            var whole = weights.type().shape();
            var total = builder.call(new Reshape(Shape.of(heads, queries, 1)), sum(mul(weights, back), 2));
            var scores = mul(weights, sub(back, builder.call(new BroadcastTo(whole), total)));
            return List.of(mean, values, builder.call(new MatMul(), scores, k), builder.call(new MatMul(), turned(
                    scores), q));
        }

        /** Attention with some of its weights left out, and its gradients. */
        List<Atom> dropped(long heads, long queries, long keys) {
            var q = in(heads, queries, 4);
            var k = in(heads, keys, 4);
            var v = in(heads, keys, 5);
            var mask = in(heads, queries, keys);
            var weights = builder.call(new Softmax(), builder.call(new MatMul(), q, turned(k)));
            var kept = mul(weights, mask);
            var mean = builder.call(new MatMul(), kept, v);
            var cotangent = op(UnaryOp.TANH, mean);
            var back = mul(mask, builder.call(new MatMul(), cotangent, turned(v)));
            var total = builder.call(new Reshape(Shape.of(heads, queries, 1)), sum(mul(weights, back), 2));
            var scores = mul(weights, sub(back, builder.call(new BroadcastTo(weights.type().shape()), total)));
            return List.of(mean, builder.call(new MatMul(), turned(kept), cotangent),
                    builder.call(new MatMul(), scores, k), builder.call(new MatMul(), turned(scores), q));
        }

        /** The gradients of attention for a cotangent that does not depend on its result, and maybe that too. */
        List<Atom> linear(long heads, long queries, long keys, boolean given) {
            var q = in(heads, queries, 4);
            var k = in(heads, keys, 4);
            var v = in(heads, keys, 5);
            var weights = builder.call(new Softmax(), builder.call(new MatMul(), q, turned(k)));
            var cotangent = in(heads, queries, 5);
            var back = builder.call(new MatMul(), cotangent, turned(v));
            var whole = weights.type().shape();
            var total = builder.call(new Reshape(Shape.of(heads, queries, 1)), sum(mul(weights, back), 2));
            var scores = mul(weights, sub(back, builder.call(new BroadcastTo(whole), total)));
            var results = new ArrayList<>(List.of(builder.call(new MatMul(), turned(weights), cotangent),
                    builder.call(new MatMul(), scores, k), builder.call(new MatMul(), turned(scores), q)));
            if (given) {
                results.add(builder.call(new MatMul(), weights, v));
            }
            return results;
        }

        Atom sum(Atom x, Integer... axes) {
            return builder.call(new ReduceSum(List.of(axes)), x);
        }
    }

    private static final String SOFTMAX = "rows(x0: f32) s0 = max x0; s1 = sum exp(x0 - s0); s2 = 1.0 / s1;"
            + " -> exp(x0 - s0) * s2";
    private static final String PULLBACK = "rows(x0: f32, x1: f32) s0 = sum x0 * x1; -> x0 * (x1 - s0)";
    private static final String LINEAR = "attention gradient by x0, x1 of rows(x0: f32, x1: f32) s0 = max x0;"
            + " s1 = sum exp(x0 - s0); s2 = 1.0 / s1; s3 = sum (exp(x0 - s0) * s2) * x1; -> exp(x0 - s0) * s2,"
            + " (exp(x0 - s0) * s2) * (x1 - s3)";

    private static final String DROPPED = "rows(x0: f32, x1: f32) s0 = max x0; s1 = sum exp(x0 - s0); s2 = 1.0 / s1;"
            + " -> exp(x0 - s0) * s2, (exp(x0 - s0) * s2) * x1";

    private static final String SOFTMAX_ATTENTION = "attention by x0 of " + SOFTMAX;

    static List<Case> cases() {
        return List.of(
                new Case("a chain", b -> {
                    var x = b.in(6);
                    return List.of(b.op(UnaryOp.TANH, b.add(b.mul(x, b.in(6)), b.in(6))));
                }, "loop(x0: f32, x1: f32, x2: f32) -> tanh((x0 * x1) + x2)"),
                new Case("a shared part is computed once and given too", b -> {
                    var x = b.in(6);
                    var t = b.op(UnaryOp.TANH, x);
                    return List.of(b.mul(t, t), t);
                }, "loop(x0: f32) -> tanh(x0), tanh(x0) * tanh(x0)"),
                new Case("numbers, positions and views are no kernels", b -> {
                    var x = b.in(3, 4);
                    var i = b.builder.apply(new Iota(new TensorType(DType.I64, Shape.of(3, 4)), 1), List.of());
                    var at = b.builder.call(new Cast(DType.F32), i.getFirst());
                    var turned = b.builder.call(Transpose.matrices(2), b.add(b.mul(x, b.number(x, 2)), at));
                    return List.of(b.add(turned, b.spread(b.in(3), 4, 3)));
                }, "loop(x0: f32, x1: f32) -> ((x0 * 2.0) + f32(i0)) + x1"),
                new Case("what two kernels read is written by one of them", b -> {
                    var x = b.in(4, 5);
                    var e = b.op(UnaryOp.EXP, b.mul(x, b.in(4, 5)));
                    return List.of(b.builder.call(new MatMul(), e, b.in(5, 2)), b.add(e, x));
                }, "loop(x0: f32, x1: f32) -> exp(x0 * x1), exp(x0 * x1) + x0", "contract(f32)"),
                new Case("cheap work is done again rather than kept", b -> {
                    var x = b.in(4, 5);
                    var twice = b.add(x, x);
                    return List.of(b.sum(twice, 0), b.op(UnaryOp.EXP, twice));
                }, "sum[0](x0: f32) -> x0 + x0 : f32", "loop(x0: f32) -> exp(x0 + x0)"),
                new Case("a reduction takes in what it reads", b -> List.of(b.sum(b.mul(b.in(4, 5), b.spread(b.in(5), 4,
                        5)), 0, 1)), "sum[0, 1](x0: f32, x1: f32) -> x0 * x1 : f32"),
                new Case("siblings that read the same", b -> {
                    var x = b.in(7);
                    var y = b.in(7);
                    var ct = b.in(7);
                    return List.of(b.mul(ct, y), b.mul(ct, x));
                }, "loop(x0: f32, x1: f32, x2: f32) -> x0 * x1, x0 * x2"),
                new Case("bias and activation after a product", b -> {
                    var product = b.builder.call(new MatMul(), b.in(4, 3), b.in(3, 5));
                    return List.of(b.builder.call(new Activation(Activation.Function.RELU), b.add(product, b.spread(
                            b.in(5), 4, 5))));
                }, "contract(f32)", "loop(x0: f32, x1: f32) -> where((x0 + x1) <= 0.0, 0.0, x0 + x1)"),
                new Case("layer normalisation of plain operations", b -> {
                    var x = b.in(6, 8);
                    var mean = b.sum(b.mul(x, b.number(x, 0.125)), 1);
                    var centred = b.sub(x, b.along(mean, 6, 8));
                    var variance = b.sum(b.mul(centred, centred), 1);
                    var scale = b.op(UnaryOp.RSQRT, b.add(variance, b.number(variance, 0.5)));
                    return List.of(b.add(b.mul(centred, b.along(scale, 6, 8)), b.spread(b.in(8), 6, 8)), scale);
                }, "rows(x0: f32, x1: f32) s0 = sum x0 * 0.125; s1 = sum (x0 - s0) * (x0 - s0); s2 = s1 + 0.5;"
                        + " s3 = rsqrt(s2); -> ((x0 - s0) * s3) + x1 and for each row -> s3"),
                new Case("two operations on the same rows share their folds", b -> {
                    var x = b.in(6, 8);
                    var standard = b.builder.call(new Standardize(0.5), x);
                    return List.of(standard, b.builder.call(new Standardize(0.5), b.add(x, b.number(x, 0))));
                }, "rows(x0: f32) s0 = sum x0; s1 = s0 * 0.125; s2 = sum (x0 - s1) * (x0 - s1); s3 = rsqrt((s2 * "
                        + "0.125) + 0.5); s4 = sum x0 + 0.0; s5 = s4 * 0.125; s6 = sum ((x0 + 0.0) - s5) * ((x0 + 0.0)"
                        + " - s5); s7 = rsqrt((s6 * 0.125) + 0.5); -> (x0 - s1) * s3, ((x0 + 0.0) - s5) * s7"),
                new Case("a mask before and a scale after softmax", b -> {
                    var x = b.in(6, 8);
                    var soft = b.builder.call(new Softmax(), b.add(x, b.spread(b.in(8), 6, 8)));
                    return List.of(b.mul(soft, b.number(soft, 3)));
                }, "rows(x0: f32, x1: f32) s0 = max x0 + x1; s1 = sum exp((x0 + x1) - s0); s2 = 1.0 / s1;"
                        + " -> (exp((x0 + x1) - s0) * s2) * 3.0"),
                new Case("nothing passes through a kernel that needs it first", b -> {
                    var x = b.in(4, 4);
                    var e = b.op(UnaryOp.EXP, x);
                    var product = b.builder.call(new MatMul(), e, x);
                    return List.of(b.mul(e, product));
                }, "loop(x0: f32) -> exp(x0)", "contract(f32)", "loop(x0: f32, x1: f32) -> x0 * x1"),
                new Case("attention", b -> {
                    var scores = b.builder.call(new MatMul(), b.in(4, 256, 8), b.in(4, 8, 256));
                    var weights = b.builder.call(new Softmax(), b.mul(scores, b.number(scores, 0.5)));
                    return List.of(b.builder.call(new MatMul(), weights, b.in(4, 256, 8)));
                }, "attention by x0 of rows(x0: f32) s0 = max x0 * 0.5; s1 = sum exp((x0 * 0.5) - s0); s2 = 1.0 / s1;"
                        + " -> exp((x0 * 0.5) - s0) * s2"),
                new Case("attention over attention: the product between belongs to the second", b -> {
                    var first = b.builder.call(new Softmax(), b.builder.call(new MatMul(), b.in(4, 256, 8),
                            b.in(4, 8, 256)));
                    var second = b.builder.call(new Softmax(), b.builder.call(new MatMul(), first, b.in(4, 256, 256)));
                    return List.of(b.builder.call(new MatMul(), second, b.in(4, 256, 8)));
                }, "contract(f32)", SOFTMAX, SOFTMAX_ATTENTION),
                new Case("attention whose weights are wanted too", b -> {
                    var scores = b.builder.call(new MatMul(), b.in(4, 256, 8), b.in(4, 8, 256));
                    var weights = b.builder.call(new Softmax(), scores);
                    return List.of(b.builder.call(new MatMul(), weights, b.in(4, 256, 8)), weights);
                }, "contract(f32)", "rows(x0: f32) s0 = max x0; s1 = sum exp(x0 - s0); s2 = 1.0 / s1;"
                        + " -> exp(x0 - s0) * s2", "contract(f32)"),
                new Case("large weights that are wanted later too are computed once more", b -> {
                    var scores = b.builder.call(new MatMul(), b.in(1, 2100, 4), b.in(1, 4, 2100));
                    var weights = b.builder.call(new Softmax(), scores);
                    var mean = b.builder.call(new MatMul(), weights, b.in(1, 2100, 4));
                    var turned = b.builder.call(new Transpose(List.of(0, 2, 1)), weights);
                    return List.of(b.builder.call(new MatMul(), turned, b.op(UnaryOp.TANH, mean)));
                }, SOFTMAX_ATTENTION, "loop(x0: f32) -> tanh(x0)", "contract(f32)", SOFTMAX, "contract(f32)"),
                new Case("large weights of large weights", b -> {
                    var v = b.in(1, 2100, 4);
                    var first = b.builder.call(new Softmax(), b.builder.call(new MatMul(), v, b.in(1, 4, 2100)));
                    var early = b.builder.call(new MatMul(), first, v);
                    var scores = b.builder.call(new MatMul(), first, b.in(1, 2100, 2100));
                    var second = b.builder.call(new Softmax(), scores);
                    var late = b.builder.call(new MatMul(), second, v);
                    var turned = b.builder.call(new Transpose(List.of(0, 2, 1)), second);
                    return List.of(early, b.builder.call(new MatMul(), turned, b.op(UnaryOp.TANH, late)));
                }, SOFTMAX_ATTENTION, "contract(f32)", SOFTMAX, SOFTMAX_ATTENTION, "loop(x0: f32) -> tanh(x0)",
                        "contract(f32)", SOFTMAX, "contract(f32)"),
                new Case("the gradient of attention, whose weights are there", b -> b.attention(2, 300, 600,
                        (mean, values) -> mean), "contract(f32)", SOFTMAX, "contract(f32)", "loop(x0: f32) -> tanh(x0)",
                        "contract(f32)", "attention gradient by x1 of " + PULLBACK),
                new Case("of large weights, which are computed once more within it", b -> b.attention(1, 2100, 2200,
                        (mean, values) -> mean), SOFTMAX_ATTENTION, "loop(x0: f32) -> tanh(x0)",
                        "attention gradient by x0 of " + SOFTMAX + " then by x0, x1 of " + PULLBACK),
                new Case("of large weights, whose sum it reads", b -> b.attention(1, 2100, 2100,
                        (mean, values) -> values), SOFTMAX_ATTENTION, "loop(x0: f32) -> tanh(x0)", "contract(f32)",
                        SOFTMAX, "contract(f32)", "attention gradient by x1 of " + PULLBACK),
                new Case("of large weights, whose sum it waits for", b -> b.attention(1, 2100, 2100,
                        (mean, values) -> b.op(UnaryOp.EXP, values)), SOFTMAX_ATTENTION, "loop(x0: f32) -> tanh(x0)",
                        "contract(f32)", SOFTMAX, "contract(f32)", "loop(x0: f32) -> exp(x0)",
                        "attention gradient by x1 of " + PULLBACK),
                new Case("where the cotangent is given: both products go into one kernel of rows", b -> b.linear(2, 300,
                        600, false), LINEAR),
                new Case("with attention's result", b -> b.linear(2, 300, 600, true), LINEAR),
                new Case("of large weights, some of which are left out", b -> b.dropped(1, 2100, 2200),
                        "attention by x0 of " + DROPPED, "loop(x0: f32) -> tanh(x0)", "attention gradient by x0 of "
                                + DROPPED + " then by x0, x2 of rows(x0: f32, x1: f32, x2: f32) s0 = sum x0"
                                + " * (x1 * x2); -> x0 * ((x1 * x2) - s0)"),
                new Case("weights by themselves, turned", b -> {
                    var weights = b.builder.call(new Softmax(), b.builder.call(new MatMul(), b.in(4, 256, 8),
                            b.in(4, 8, 256)));
                    var turned = b.builder.call(new Transpose(List.of(0, 2, 1)), weights);
                    return List.of(b.builder.call(new MatMul(), weights, turned));
                }, "contract(f32)", SOFTMAX, "contract(f32)"),
                new Case("a product of which only sums of rows are wanted", b -> {
                    var product = b.builder.call(new MatMul(), b.in(512, 8), b.in(8, 512));
                    return List.of(b.sum(b.op(UnaryOp.EXP, b.add(product, b.spread(b.in(512), 512, 512))), 1));
                }, "product x0 of sum[1](x0: f32, x1: f32) -> exp(x0 + x1) : f32"),
                new Case("products of which only another dtype is wanted, one right matrix for all", b -> {
                    var product = b.builder.call(new MatMul(), b.in(4, 256, 8), b.spread(b.in(8, 256), 4, 8, 256));
                    return List.of(b.builder.call(new Cast(DType.F64), b.add(b.in(4, 256, 256), product)));
                }, "product x1 of loop(x0: f32, x1: f32) -> f64(x0 + x1)"),
                new Case("of which another is as large", b -> {
                    var product = b.builder.call(new MatMul(), b.in(512, 8), b.in(8, 512));
                    return List.of(b.add(product, b.in(512, 512)), b.sum(product, 1));
                }, "contract(f32)", "rows(x0: f32, x1: f32) s0 = sum x0; -> x0 + x1 and for each row -> s0"),
                new Case("which something else reads", b -> {
                    var product = b.builder.call(new MatMul(), b.in(512, 8), b.in(8, 512));
                    return List.of(b.sum(product, 1), product);
                }, "contract(f32)", "sum[1](x0: f32) -> x0 : f32"),
                new Case("whose right matrix is large", b -> {
                    var product = b.builder.call(new MatMul(), b.in(512, 520), b.in(520, 512));
                    var scaled = b.mul(product, b.number(product, 0.0009765625));
                    return List.of(b.builder.call(new Cast(DType.F64), scaled));
                }, "contract(f32)", "loop(x0: f32) -> f64(x0 * 9.765625E-4)"),
                new Case("of few rows", b -> List.of(b.sum(b.op(UnaryOp.EXP, b.builder.call(new MatMul(), b.in(500, 3),
                        b.in(3, 512))), 1)), "contract(f32)", "sum[1](x0: f32) -> exp(x0) : f32"),
                new Case("of few rows, element by element", b -> List.of(b.builder.call(new Cast(DType.F64),
                        b.builder.call(new MatMul(), b.in(500, 3), b.in(3, 512)))),
                        "product x0 of loop(x0: f32) -> f64(x0)"),
                new Case("with bias and activation", b -> {
                    var product = b.builder.call(new MatMul(), b.in(256, 4), b.in(4, 256));
                    return List.of(b.builder.call(new Activation(Activation.Function.RELU), b.add(product, b.spread(
                            b.in(256), 256, 256))));
                }, "product x0 of loop(x0: f32, x1: f32) -> where((x0 + x1) <= 0.0, 0.0, x0 + x1)"),
                new Case("whose rows are those of several matrices", b -> {
                    var product = b.builder.call(new MatMul(), b.builder.call(new Reshape(Shape.of(256, 4)),
                            b.in(4, 64, 4)), b.in(4, 256));
                    return List.of(b.add(b.builder.call(new Reshape(Shape.of(4, 64, 256)), product),
                            b.spread(b.in(256), 4, 64, 256)));
                }, "product x0 of loop(x0: f32, x1: f32) -> x0 + x1"),
                new Case("whose rows are others of several matrices", b -> {
                    var product = b.builder.call(new MatMul(), b.in(64, 64), b.in(64, 64));
                    return List.of(b.op(UnaryOp.NEG, b.builder.call(new Reshape(Shape.of(32, 2, 64)), b.builder.call(
                            Transpose.matrices(2), product))));
                }, "contract(f32)", "loop(x0: f32) -> -x0"),
                new Case("which changes a parameter", b -> {
                    var w = b.in(256, 256);
                    return List.of(b.add(w, b.builder.call(new MatMul(), b.in(256, 4), b.in(4, 256))));
                }, "contract(f32)", "loop(x0: f32, x1: f32) -> x0 + x1"),
                new Case("two products, of which one goes on", b -> List.of(b.add(
                        b.builder.call(new MatMul(), b.in(256, 4), b.in(4, 256)),
                        b.builder.call(new MatMul(), b.in(256, 4), b.in(4, 256)))),
                        "contract(f32)", "product x0 of loop(x0: f32, x1: f32) -> x0 + x1"),
                new Case("whose rows are normalised, and which is larger than caches", b -> List.of(b.builder.call(
                        new Softmax(), b.builder.call(new MatMul(), b.in(1100, 3), b.in(3, 4000)))),
                        "product x0 of " + SOFTMAX),
                new Case("whose columns are folded", b -> List.of(b.sum(b.op(UnaryOp.EXP, b.builder.call(new MatMul(),
                        b.in(512, 8), b.in(8, 512))), 0)), "contract(f32)", "sum[0](x0: f32) -> exp(x0) : f32"),
                new Case("a loop whose elements do not meet", b -> b.loop(5, List.of(b.in(), b.in(6)),
                        List.of(b.in(4, 6)), (c, in) -> {
                            var step = c.op(UnaryOp.TANH, c.mul(in.get(0), in.get(0)));
                            return List.of(c.add(c.mul(in.get(2), c.spread(step, 4, 6)), c.spread(in.get(1), 4, 6)));
                        }), "iterate 5 times(x0: f32, x1: f32, x2: f32) -> (x0 * tanh(x1 * x1)) + x2"),
                new Case("states that change places", b -> b.loop(7, List.of(), List.of(b.in(3), b.in(3)), (c, in) ->
                        List.of(in.get(1), c.sub(in.get(0), in.get(1)))),
                        "iterate 7 times(x0: f32, x1: f32) -> x1, x0 - x1"),
                new Case("a recurrence over rows that gives rows", b -> b.scan(5, List.of(b.in()), List.of(b.in(4)),
                        List.of(b.in(5, 4), b.in(5)), (c, in) -> {
                            var next = c.add(c.mul(in.get(1), c.spread(in.get(0), 4)), in.get(2));
                            return List.of(next, c.mul(next, c.spread(in.get(3), 4)));
                        }), "iterate 5 times(x0: f32, x1: f32, x2: f32, x3: f32) by rows of x1, x2 -> (x0 * x3) + x1"
                                + " and for each round -> ((x0 * x3) + x1) * x2"),
                new Case("a loop of more states than a kernel may have stays one", b -> b.loop(2, List.of(),
                        Stream.generate(() -> b.in(3)).limit(13).toList(), (c, in) -> in.stream()
                                .map(each -> c.add(each, each)).toList()), "scan"),
                new Case("a loop whose elements meet stays one", b -> b.loop(3, List.of(), List.of(b.in(5)), (c, in) ->
                        List.of(c.mul(in.get(0), c.spread(c.sum(in.get(0), 0), 5)))), "scan"),
                new Case("a loop that looks at its state from another side stays one", b -> b.loop(3, List.of(),
                        List.of(b.in(4, 4)), (c, in) -> List.of(c.add(in.get(0), c.builder.call(Transpose.matrices(2),
                                in.get(0))))), "scan"),
                new Case("inputs and numbers as results", b -> {
                    var x = b.in(2, 3);
                    return List.of(x, b.builder.call(Transpose.matrices(2), x), b.number(x, 4));
                }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void becomes(Case row) {
        var writer = new Writer();
        var outputs = row.program().of(writer);
        var graph = writer.builder.graph(outputs);
        var program = Lower.of(graph, CPU);
        assertEquals(String.join("\n", row.kernels()), program.report().toString());
        agrees(graph, program);
    }

    private static void agrees(Graph graph, tfl.lower.Program program) {
        var inputs = RandomGraphs.inputs(graph, 3);
        var results = program.run(inputs.toArray(Tensor[]::new), 0);
        RandomGraphTest.close(RandomGraphTest.apply(graph, REFERENCE, inputs), results, 1e-5, "compiled");
    }
}
