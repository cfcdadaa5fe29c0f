package tfl.backend.llvm;

import java.util.List;
import java.util.function.UnaryOperator;

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
public record FourierKernel() {
    /** Sequences side by side. */
    public static final int LANES = 16;

    /** The module's text. */
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

        private String float2(String op, String x, String y) {
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
            return new Complex(float2("fadd", x.re, y.re), float2("fadd", x.im, y.im));
        }

        private Complex subtract(Complex x, Complex y) {
            return new Complex(float2("fsub", x.re, y.re), float2("fsub", x.im, y.im));
        }

        private Complex multiply(Complex x, Complex y) {
            return new Complex(float2("fsub", float2("fmul", x.re, y.re), float2("fmul", x.im, y.im)),
                    float2("fadd", float2("fmul", x.re, y.im), float2("fmul", x.im, y.re)));
        }

        /** A range of the outer index, for each of which a loop over what lies behind it is written. */
        private Code each(UnaryOperator<String> body) {
            code.loop("%begin", "%end", "1", List.of(), (j, none) -> {
                body.apply(j);
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
                return j;
            });
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
                return j;
            });
        }

        private Complex at(String re, String im, String index) {
            return new Complex(load(re, index), load(im, index));
        }

        private void put(Complex value, String re, String im, String index) {
            store(value.re, re, index);
            store(value.im, im, index);
        }

        Code pass2() {
            var x = arguments.pointers(2);
            var y = arguments.pointers(2);
            var roots = arguments.pointers(2);
            var done = arguments.number();
            var left = arguments.number();
            var width = times(done, Integer.toString(LANES));
            var far = times(width, left);
            return each(p -> {
                var root = at(roots.get(0), roots.get(1), times(p, done));
                var from = times(p, width);
                var to = times(from, "2");
                code.independentLoop("0", width, i -> {
                    var a = at(x.get(0), x.get(1), plus(from, i));
                    var b = at(x.get(0), x.get(1), plus(plus(from, far), i));
                    put(add(a, b), y.get(0), y.get(1), plus(to, i));
                    put(multiply(root, subtract(a, b)), y.get(0), y.get(1), plus(plus(to, width), i));
                });
                return p;
            });
        }

        Code pass4() {
            var x = arguments.pointers(2);
            var y = arguments.pointers(2);
            var roots = arguments.pointers(2);
            var done = arguments.number();
            var left = arguments.number();
            var width = times(done, Integer.toString(LANES));
            var far = times(width, left);
            return each(p -> {
                var one = times(p, done);
                var two = times(one, "2");
                var first = at(roots.get(0), roots.get(1), one);
                var second = at(roots.get(0), roots.get(1), two);
                var third = at(roots.get(0), roots.get(1), plus(one, two));
                var from = times(p, width);
                var to = times(from, "4");
                code.independentLoop("0", width, i -> {
                    var a = at(x.get(0), x.get(1), plus(from, i));
                    var b = at(x.get(0), x.get(1), plus(plus(from, far), i));
                    var c = at(x.get(0), x.get(1), plus(plus(from, times(far, "2")), i));
                    var d = at(x.get(0), x.get(1), plus(plus(from, times(far, "3")), i));
                    var ac = add(a, c);
                    var bd = add(b, d);
                    var apart = subtract(a, c);
                    var other = subtract(b, d);
                    // i times that difference, taken away and added.
                    var down = new Complex(float2("fadd", apart.re, other.im), float2("fsub", apart.im, other.re));
                    var up = new Complex(float2("fsub", apart.re, other.im), float2("fadd", apart.im, other.re));
                    put(add(ac, bd), y.get(0), y.get(1), plus(to, i));
                    put(multiply(first, down), y.get(0), y.get(1), plus(plus(to, width), i));
                    put(multiply(second, subtract(ac, bd)), y.get(0), y.get(1), plus(plus(to, times(width, "2")), i));
                    put(multiply(third, up), y.get(0), y.get(1), plus(plus(to, times(width, "3")), i));
                });
                return p;
            });
        }
    }
}
