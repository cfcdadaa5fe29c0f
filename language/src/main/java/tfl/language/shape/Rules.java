package tfl.language.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tfl.language.shape.ShapeFault.Mismatch;

/** How shapes meet. A shape is null if its number of axes is not known; the rules complain only about what is sure. */
final class Rules {
    private static final List<String> ORDER = List.of("bool", "u8", "i8", "i16", "i32", "i64", "f16", "f32", "f64");

    private Rules() {}

    /** NumPy's broadcasting. */
    static List<Dim> broadcast(List<Dim> a, List<Dim> b, String left, String right) {
        if (a == null || b == null) {
            return null;
        }
        var dims = new ArrayList<Dim>();
        for (int back = 1; back <= Math.max(a.size(), b.size()); back++) {
            var x = back <= a.size() ? a.get(a.size() - back) : Dim.of(1);
            var y = back <= b.size() ? b.get(b.size() - back) : Dim.of(1);
            if (x.isNumber() && y.isNumber() && !x.is(1) && !y.is(1) && x.surelyDiffers(y)) {
                throw new Mismatch("TFL-E0302", "the shapes (" + sizes(a) + ") of {0} and (" + sizes(b)
                        + ") of {1} do not broadcast: axis -" + back + " is " + x + " in {0} and " + y + " in {1}",
                        broadcastHelp(a, b), left, right);
            }
            dims.add(x.is(1) ? y : y.is(1) || x.surelyEquals(y) ? x : meet(x, y));
        }
        Collections.reverse(dims);
        return dims;
    }

    /** A number other than 1 wins over what is not known: the other is the same, or 1. */
    private static Dim meet(Dim x, Dim y) {
        return x.isNumber() ? x : y.isNumber() ? y : Dim.UNKNOWN;
    }

    private static String broadcastHelp(List<Dim> a, List<Dim> b) {
        if (a.size() == b.size() + 1 && startsWith(a, b)) {
            return "add an axis to {1}: {1}[..., none]";
        }
        if (b.size() == a.size() + 1 && startsWith(b, a)) {
            return "add an axis to {0}: {0}[..., none]";
        }
        return a.size() == 2 && b.size() == 2 && a.get(0).surelyEquals(b.get(1)) && a.get(1).surelyEquals(b.get(0))
                ? "transpose one of them: {1}.T" : null;
    }

    private static boolean startsWith(List<Dim> whole, List<Dim> start) {
        for (int i = 0; i < start.size(); i++) {
            if (!whole.get(i).surelyEquals(start.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code a @ b}. */
    static List<Dim> matmul(List<Dim> a, List<Dim> b) {
        if (a == null || b == null || a.isEmpty() || b.isEmpty()) {
            return null;
        }
        var columns = a.getLast();
        var rows = b.get(Math.max(0, b.size() - 2));
        if (columns.surelyDiffers(rows)) {
            String fix = null;
            if (b.size() >= 2 && b.getLast().surelyEquals(columns)) {
                fix = "transpose {1}: {0} @ {1}.mT";
            } else if (a.size() >= 2 && a.get(a.size() - 2).surelyEquals(rows)) {
                fix = "transpose {0}: {0}.mT @ {1}";
            }
            throw new Mismatch("TFL-E0301", "{0} @ {1}: the inner dimensions differ: {0} has " + columns
                    + (a.size() == 1 ? " elements" : " columns") + ", {1} has " + rows
                    + (b.size() == 1 ? " elements" : " rows"), fix, "x", "y");
        }
        var dims = new ArrayList<Dim>();
        if (a.size() > 2 || b.size() > 2) {
            dims.addAll(broadcast(a.subList(0, Math.max(0, a.size() - 2)), b.subList(0, Math.max(0, b.size() - 2)),
                    "the left operand", "the right operand"));
        }
        if (a.size() > 1) {
            dims.add(a.get(a.size() - 2));
        }
        if (b.size() > 1) {
            dims.add(b.getLast());
        }
        return dims;
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new Mismatch("TFL-E0304", "axis " + axis + " is out of range: x" + (rank == 0
                    ? " is a scalar and has no axes" : " has " + rank + (rank == 1 ? " axis" : " axes")),
                    rank == 0 ? null : "axes go from " + -rank + " to " + (rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Distinct axes, counted from the front. */
    static Set<Integer> axes(List<Long> axes, int rank) {
        var normal = new TreeSet<Integer>();
        for (var each : axes.stream().map(each -> axis(each, rank)).sorted().toList()) {
            if (!normal.add(each)) {
                throw new Mismatch("TFL-E0304", "axis " + each + " is named twice", null);
            }
        }
        return normal;
    }

    /** What is left when axes are reduced; {@code axes} is null for all of them. */
    static List<Dim> reduce(List<Dim> shape, List<Long> axes, boolean keep) {
        if (shape == null) {
            return axes == null && !keep ? List.of() : null;
        }
        var gone = axes == null ? null : axes(axes, shape.size());
        var dims = new ArrayList<Dim>();
        for (int i = 0; i < shape.size(); i++) {
            boolean reduced = gone == null || gone.contains(i);
            if (!reduced || keep) {
                dims.add(reduced ? Dim.of(1) : shape.get(i));
            }
        }
        return dims;
    }

    /** {@code x.reshape(sizes)}, one of which may be -1. */
    static List<Dim> reshape(Value.Tensor x, List<Dim> sizes) {
        long known = 1;
        int open = -1;
        boolean concrete = true;
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i).is(-1)) {
                open = i;
            } else if (sizes.get(i).isNumber()) {
                known *= sizes.get(i).offset();
            } else {
                concrete = false;
            }
        }
        if (!concrete || !x.isConcrete()) {
            var dims = new ArrayList<>(sizes);
            if (open >= 0) {
                dims.set(open, Dim.UNKNOWN);
            }
            return dims;
        }
        long size = x.shape().stream().mapToLong(Dim::offset).reduce(1, (a, b) -> a * b);
        boolean fits = open < 0 ? known == size : known != 0 && size % known == 0;
        boolean small = sizes.stream().allMatch(each -> each.offset() >= -1 && each.offset() < 1 << 20)
                && sizes.stream().filter(each -> each.is(-1)).count() <= 1;
        if (!fits && small) {
            throw new Mismatch("TFL-E0306", "{0} has " + size + " elements (" + x + "), which do not fit in ("
                    + sizes(sizes) + ")", null, "x");
        }
        var dims = new ArrayList<>(sizes);
        if (open >= 0) {
            dims.set(open, fits ? Dim.of(size / known) : Dim.UNKNOWN);
        }
        return small ? dims : null;
    }

    static String sizes(List<Dim> shape) {
        return Value.Tensor.sizes(shape);
    }

    /** The dtype in which two meet, where it is one of the plain cases. */
    static String promote(String a, String b) {
        if (a == null || b == null || a.equals(b)) {
            return a == null || b == null ? null : a;
        }
        boolean floats = a.startsWith("f") && b.startsWith("f");
        boolean ints = a.startsWith("i") && b.startsWith("i");
        if (a.equals("bool") || b.equals("bool")) {
            return a.equals("bool") ? b : a;
        }
        var wide = a.equals("f32") || a.equals("f64") ? a : b.equals("f32") || b.equals("f64") ? b : null;
        if (wide != null && isInteger(a.equals(wide) ? b : a)) {
            return wide;
        }
        return floats || ints ? ORDER.get(Math.max(ORDER.indexOf(a), ORDER.indexOf(b))) : null;
    }

    private static boolean isInteger(String dtype) {
        return dtype.startsWith("i") || dtype.startsWith("u");
    }

    /** The dtype of a tensor that meets a number of the language. */
    static String weak(String dtype, Value scalar) {
        if (dtype == null) {
            return null;
        }
        boolean isFloat = dtype.startsWith("f") || dtype.startsWith("b") && !dtype.equals("bool")
                || dtype.startsWith("c");
        if (scalar.equals(Value.FLOAT)) {
            return isFloat ? dtype : "f32";
        }
        return dtype.equals("bool") && scalar instanceof Value.Int ? "i64" : dtype;
    }
}
