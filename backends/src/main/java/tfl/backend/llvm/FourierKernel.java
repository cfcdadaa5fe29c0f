package tfl.backend.llvm;

import java.util.List;
import java.util.function.Consumer;

/**
 * Code for the parts of a Fourier transform of {@link #LANES} sequences side by side, element {@code j} of sequence
 * {@code b} at {@code j * LANES + b} of two arrays, for real and imaginary parts; over ranges of {@code j}, or of
 * {@code p} in the passes.
 *
 * <ul>
 * <li>{@code load}: real parts, imaginary parts, complex numbers, distance of elements; sequences touch there.
 * <li>{@code turn}: the same, with the distance of sequences instead; elements touch.
 * <li>{@code store}: as for {@code load}, the other way.
 * <li>{@code twiddle}: real parts, imaginary parts, two arrays of factors of each element of a sequence, two of each
 * element and sequence: multiplies by both.
 * <li>{@code pass2}, {@code pass4}: Stockham's pass of that radix, see {@code FourierPlan}. Real and imaginary parts
 * before it, after it, of the roots of unity; what is done of the length, what is left of it.
 * </ul>
 */
public record FourierKernel() implements KernelSource {
    /** Sequences side by side. */
    public static final int LANES = 16;
    /** Rows from one that is read or written to one that is asked for meanwhile. */
    private static final String AHEAD = "24";

    @Override
    public String text() {
        var module = new Module();
        module.add("load", new Writer().move(true, false));
        module.add("turn", new Writer().move(true, true));
        module.add("store", new Writer().move(false, false));
        module.add("twiddle", new Writer().twiddle());
        module.add("pass2", new Writer().pass2());
        return module.add("pass4", new Writer().pass4()).text();
    }

    /** A complex number in registers. */
    private record Complex(String re, String im) {}

    private static final class Writer {
        private final Code code = new Code();
        private final Arguments arguments = new Arguments(code);

        private String operate(String op, String x, String y) {
            return code.emit(op + " contract float " + x + ", " + y);
        }

        private String load(String base, String index) {
            return code.load("float", code.element("float", base, index));
        }

        private void store(String value, String base, String index) {
            code.store("float", value, code.element("float", base, index));
        }

        private String plus(String x, String y) {
            return code.integer("add nsw", x, y);
        }

        private String times(String x, String y) {
            return code.integer("mul", x, y);
        }

        private Complex add(Complex x, Complex y) {
            return new Complex(operate("fadd", x.re, y.re), operate("fadd", x.im, y.im));
        }

        private Complex subtract(Complex x, Complex y) {
            return new Complex(operate("fsub", x.re, y.re), operate("fsub", x.im, y.im));
        }

        private Complex multiply(Complex x, Complex y) {
            return new Complex(operate("fsub", operate("fmul", x.re, y.re), operate("fmul", x.im, y.im)),
                    operate("fadd", operate("fmul", x.re, y.im), operate("fmul", x.im, y.re)));
        }

        /** A range of the outer index, for each of which a loop over what lies behind it is written. */
        private Code each(Consumer<String> body) {
            code.loop("%begin", "%end", "1", List.of(), (j, none) -> {
                body.accept(j);
                return none;
            });
            return code;
        }

        Code move(boolean in, boolean turned) {
            var re = arguments.pointer();
            var im = arguments.pointer();
            var numbers = arguments.pointer();
            var distance = arguments.number();
            return each(j -> {
                var row = turned ? j : times(j, distance);
                if (!turned) {
                    ahead(numbers, times(plus(j, AHEAD), distance), in);
                }
                var at = times(j, Integer.toString(LANES));
                code.independentLoop("0", Integer.toString(LANES), b -> {
                    var place = code.emit("shl i64 " + plus(row, turned ? times(b, distance) : b) + ", 1");
                    var own = plus(at, b);
                    if (in) {
                        store(load(numbers, place), re, own);
                        store(load(numbers, plus(place, "1")), im, own);
                    } else {
                        store(load(re, own), numbers, place);
                        store(load(im, own), numbers, plus(place, "1"));
                    }
                });
            });
        }

        /** Asks for the two lines of a later row, which lies far away. */
        private void ahead(String numbers, String row, boolean in) {
            for (int line = 0; line < 2; line++) {
                var place = plus(code.emit("shl i64 " + row + ", 1"), Integer.toString(line * LANES));
                // Behind the last row it is an address of nothing, which may be asked for but is not "inbounds".
                var address = code.emit("getelementptr float, ptr " + numbers + ", i64 " + place);
                code.line("call void @llvm.prefetch.p0(ptr " + address + ", i32 " + (in ? 0 : 1) + ", i32 3, i32 1)");
            }
        }

        Code twiddle() {
            var pointers = arguments.pointers(6);
            return each(j -> {
                var first = new Complex(load(pointers.get(2), j), load(pointers.get(3), j));
                var at = times(j, Integer.toString(LANES));
                code.independentLoop("0", Integer.toString(LANES), b -> {
                    var own = plus(at, b);
                    var factor = multiply(first, at(pointers.get(4), pointers.get(5), own));
                    put(multiply(at(pointers.get(0), pointers.get(1), own), factor), pointers.get(0), pointers.get(1),
                            own);
                });
            });
        }

        private Complex at(String re, String im, String index) {
            return new Complex(load(re, index), load(im, index));
        }

        private void put(Complex value, String re, String im, String index) {
            store(value.re, re, index);
            store(value.im, im, index);
        }

        /** What a pass reads and writes; {@code k} counts the parts of a butterfly. */
        private final class Pass {
            private final List<String> x = arguments.pointers(2);
            private final List<String> y = arguments.pointers(2);
            private final List<String> roots = arguments.pointers(2);
            private final String done = arguments.number();
            private final String left = arguments.number();
            private final String width = times(done, Integer.toString(LANES));
            private final String far = times(width, left);

            Complex root(String p, int k) {
                return at(roots.get(0), roots.get(1), times(times(p, done), Integer.toString(k)));
            }

            Complex in(String p, int k, String i) {
                return at(x.get(0), x.get(1), plus(plus(times(p, width), times(far, Integer.toString(k))), i));
            }

            void out(Complex value, String p, int radix, int k, String i) {
                var to = plus(times(times(p, width), Integer.toString(radix)), times(width, Integer.toString(k)));
                put(value, y.get(0), y.get(1), plus(to, i));
            }
        }

        Code pass2() {
            var pass = new Pass();
            return each(p -> {
                var root = pass.root(p, 1);
                code.independentLoop("0", pass.width, i -> {
                    var a = pass.in(p, 0, i);
                    var b = pass.in(p, 1, i);
                    pass.out(add(a, b), p, 2, 0, i);
                    pass.out(multiply(root, subtract(a, b)), p, 2, 1, i);
                });
            });
        }

        Code pass4() {
            var pass = new Pass();
            return each(p -> {
                var first = pass.root(p, 1);
                var second = pass.root(p, 2);
                var third = pass.root(p, 3);
                code.independentLoop("0", pass.width, i -> {
                    var a = pass.in(p, 0, i);
                    var b = pass.in(p, 1, i);
                    var c = pass.in(p, 2, i);
                    var d = pass.in(p, 3, i);
                    var ac = add(a, c);
                    var bd = add(b, d);
                    var apart = subtract(a, c);
                    var other = subtract(b, d);
                    // i times that difference, taken away and added.
                    var down = new Complex(operate("fadd", apart.re, other.im), operate("fsub", apart.im, other.re));
                    var up = new Complex(operate("fsub", apart.re, other.im), operate("fadd", apart.im, other.re));
                    pass.out(add(ac, bd), p, 4, 0, i);
                    pass.out(multiply(first, down), p, 4, 1, i);
                    pass.out(multiply(second, subtract(ac, bd)), p, 4, 2, i);
                    pass.out(multiply(third, up), p, 4, 3, i);
                });
            });
        }
    }
}
