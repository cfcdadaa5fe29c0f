package tfl.language.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tfl.language.resolve.Annotations;
import tfl.language.shape.ShapeFault.Mismatch;

/** What functions of the prelude make of what is known of their arguments; those that are not here make what is not. */
final class PreludeRules {
    private static final Set<String> FLOATING = words("exp expm1 log log1p log2 log10 sqrt rsqrt reciprocal erf lgamma "
            + "digamma sigmoid gelu silu elu softplus log_sigmoid sin cos tan asin acos atan sinh cosh tanh asinh "
            + "acosh atanh softmax log_softmax");
    private static final Set<String> ALIKE = words("square relu floor ceil trunc round sign negative positive clip "
            + "stop_gradient flip roll tril triu sort conj cumsum zeros_like ones_like empty_like full_like");
    private static final Set<String> TESTING = words("isnan isinf isfinite signbit logical_not");
    private static final Set<String> PAIRWISE = words("add subtract multiply maximum minimum");
    private static final Set<String> COMPARING = words("equal not_equal less less_equal greater greater_equal "
            + "logical_and logical_or logical_xor");
    private static final Set<String> REDUCING = words("sum prod mean var std max min all any count_nonzero argmax "
            + "argmin logsumexp");

    private PreludeRules() {}

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.split(" ")));
    }

    /**
     * The result of a call.
     *
     * @throws Mismatch if it surely fails
     */
    static Value call(String name, Arguments given) {
        if (!given.complete()) {
            return Value.UNKNOWN;
        }
        if (given.first() instanceof Value.Tensor x) {
            var result = ofTensor(name, x, given);
            if (result != null) {
                return result;
            }
        }
        if (FLOATING.contains(name) && given.first().isScalar()) {
            return Value.FLOAT;
        }
        return switch (name) {
            case "zeros", "ones", "empty" -> made(given.sizes(0, "shape", false), dtype(given, 1, "f32"));
            case "full" -> made(given.sizes(0, "shape", false), null);
            case "rand", "randn" -> given.get(0, "shape").isEmpty() ? Value.UNKNOWN
                    : made(given.sizes(0, "shape", false), dtype(given, 2, "f32"));
            case "eye" -> eye(given);
            case "arange", "linspace" -> Value.UNKNOWN;
            case "concat" -> concat(given);
            case "stack" -> stack(given);
            case "len" -> length(given.first());
            case "int" -> Value.INT;
            case "float" -> Value.FLOAT;
            case "str", "repr", "format", "typeof" -> Value.TEXT;
            case "print" -> Value.NONE;
            default -> Value.UNKNOWN;
        };
    }

    private static Value ofTensor(String name, Value.Tensor x, Arguments given) {
        if (ALIKE.contains(name)) {
            return name.endsWith("_like") && given.get(name.equals("full_like") ? 2 : 1, "dtype").isPresent()
                    ? Value.tensor(null, x.shape()) : name.equals("cumsum") || name.equals("full_like")
                            ? Value.tensor(null, x.shape()) : x;
        }
        if (FLOATING.contains(name)) {
            if (name.endsWith("softmax") && x.shape() != null) {
                axis(given, 1, x.shape().size());
            }
            return Value.tensor(floating(x.dtype()), x.shape());
        }
        if (TESTING.contains(name)) {
            return Value.tensor("bool", x.shape());
        }
        if (REDUCING.contains(name)) {
            return reduced(name, x, given);
        }
        if (PAIRWISE.contains(name) || COMPARING.contains(name)) {
            return pair(name, x, given.get(1, "y").orElse(Value.UNKNOWN));
        }
        return moved(name, x, given);
    }

    private static Value moved(String name, Value.Tensor x, Arguments given) {
        var shape = x.shape();
        return switch (name) {
            case "reshape" -> {
                var sizes = given.sizes(1, "shape", true);
                yield sizes == null ? Value.tensor(x.dtype(), null) : Value.tensor(x.dtype(), Rules.reshape(x, sizes));
            }
            case "flatten" -> Value.tensor(x.dtype(), Rules.reshape(x, List.of(Dim.of(-1))));
            case "astype" -> Value.tensor(given.get(1, "dtype").map(PreludeRules::dtype).orElse(null), shape);
            case "matmul" -> given.get(1, "y").orElse(Value.UNKNOWN) instanceof Value.Tensor y
                    ? Value.tensor(Rules.promote(x.dtype(), y.dtype()), Rules.matmul(shape, y.shape()))
                    : Value.UNKNOWN;
            case "matrix_transpose" -> Value.tensor(x.dtype(), transposed(shape));
            case "permute_dims", "transpose" -> permuted(name, x, given);
            case "expand_dims" -> expanded(x, given);
            case "squeeze" -> squeezed(x, given);
            case "one_hot" -> shape == null ? Value.tensor(null, null)
                    : Value.tensor(null, with(shape, given.get(1, "n").orElse(Value.UNKNOWN)));
            case "argsort" -> Value.tensor("i64", shape);
            default -> null;
        };
    }

    private static List<Dim> with(List<Dim> shape, Value size) {
        var dims = new ArrayList<>(shape);
        dims.add(size instanceof Value.Int(Dim dim) ? dim : Dim.UNKNOWN);
        return dims;
    }

    static List<Dim> transposed(List<Dim> shape) {
        if (shape == null || shape.size() < 2) {
            return null;
        }
        var dims = new ArrayList<>(shape);
        Collections.swap(dims, dims.size() - 1, dims.size() - 2);
        return dims;
    }

    private static Value permuted(String name, Value.Tensor x, Arguments given) {
        if (x.shape() == null) {
            return x;
        }
        var dims = given.sizes(1, "axes", true);
        if (dims == null) {
            var reversed = new ArrayList<>(x.shape());
            Collections.reverse(reversed);
            return name.equals("transpose") && given.get(1, "axes").isEmpty() ? Value.tensor(x.dtype(), reversed)
                    : Value.tensor(x.dtype(), null);
        }
        if (!dims.stream().allMatch(Dim::isNumber)) {
            return Value.tensor(x.dtype(), null);
        }
        var order = dims.stream().map(each -> Rules.axis(each.offset(), x.shape().size())).toList();
        return order.size() == x.shape().size() && Set.copyOf(order).size() == order.size()
                ? Value.tensor(x.dtype(), order.stream().map(x.shape()::get).toList()) : Value.tensor(x.dtype(), null);
    }

    private static Value expanded(Value.Tensor x, Arguments given) {
        var axes = given.get(1, "axis").isEmpty() ? List.of(0L) : given.numbers(1, "axis");
        if (x.shape() == null || axes == null || axes.size() != 1) {
            return Value.tensor(x.dtype(), null);
        }
        var dims = new ArrayList<>(x.shape());
        dims.add(Rules.axis(axes.getFirst(), x.shape().size() + 1), Dim.of(1));
        return Value.tensor(x.dtype(), dims);
    }

    private static Value squeezed(Value.Tensor x, Arguments given) {
        var axes = given.numbers(1, "axis");
        if (x.shape() == null || axes == null) {
            return Value.tensor(x.dtype(), null);
        }
        for (int axis : Rules.axes(axes, x.shape().size())) {
            var size = x.shape().get(axis);
            if (size.isNumber() && !size.is(1)) {
                throw new Mismatch("TFL-E0402", "axis " + axis + " of x has size " + size + ", not 1", null);
            }
        }
        return Value.tensor(x.dtype(), Rules.reduce(x.shape(), axes, false));
    }

    private static void axis(Arguments given, int position, int rank) {
        var axes = given.numbers(position, "axis");
        if (axes != null && axes.size() == 1) {
            Rules.axis(axes.getFirst(), rank);
        }
    }

    private static Value reduced(String name, Value.Tensor x, Arguments given) {
        int keepAt = name.equals("sum") || name.equals("prod") ? 2 : name.equals("var") || name.equals("std") ? 3 : 2;
        var keep = given.get(keepAt, "keepdims");
        var axis = given.get(1, "axis").filter(each -> !each.equals(Value.NONE));
        boolean others = given.positional().size() > keepAt + 1
                || axis.isPresent() && axis.get() instanceof Value.Tensor;
        var axes = axis.map(Arguments::numbers).orElse(null);
        if (others || axis.isPresent() && axes == null || keep.isPresent() && !(keep.get() instanceof Value.Truth)) {
            return Value.tensor(null, null);
        }
        boolean keeps = keep.isPresent() && keep.get() instanceof Value.Truth(boolean truth) && truth;
        return Value.tensor(switch (name) {
            case "max", "min" -> x.dtype();
            case "mean", "var", "std", "logsumexp" -> floating(x.dtype());
            case "all", "any" -> "bool";
            case "argmax", "argmin", "count_nonzero" -> "i64";
            default -> given.get(3, "dtype").isPresent() || x.dtype() == null || !x.dtype().startsWith("f") ? null
                    : x.dtype();
        }, Rules.reduce(x.shape(), axes, keeps));
    }

    private static Value pair(String name, Value.Tensor x, Value y) {
        boolean compares = COMPARING.contains(name);
        if (y.isScalar()) {
            return Value.tensor(compares ? "bool" : Rules.weak(x.dtype(), y), x.shape());
        }
        if (!(y instanceof Value.Tensor other)) {
            return Value.UNKNOWN;
        }
        var shape = Rules.broadcast(x.shape(), other.shape(), "x", "y");
        return Value.tensor(compares ? "bool" : Rules.promote(x.dtype(), other.dtype()), shape);
    }

    private static Value made(List<Dim> shape, String dtype) {
        boolean odd = shape == null || shape.isEmpty() || shape.stream().anyMatch(each -> each.isNumber()
                && each.offset() < 0);
        return odd ? Value.tensor(dtype, null) : Value.tensor(dtype, shape);
    }

    private static Value eye(Arguments given) {
        if (!(given.get(0, "n").orElse(Value.UNKNOWN) instanceof Value.Int(Dim n))) {
            return Value.tensor(null, null);
        }
        var m = given.get(1, "m");
        var columns = m.isEmpty() || m.get().equals(Value.NONE) ? n : m.get() instanceof Value.Int(Dim dim) ? dim
                : Dim.UNKNOWN;
        return made(List.of(n, columns), dtype(given, 3, "f32"));
    }

    private static Value concat(Arguments given) {
        var axis = given.get(1, "axis").isEmpty() ? List.of(0L) : given.numbers(1, "axis");
        var parts = tensors(given.get(0, "xs").orElse(Value.UNKNOWN));
        if (parts == null || axis == null || axis.size() != 1 || parts.isEmpty()) {
            return Value.UNKNOWN;
        }
        var first = parts.getFirst();
        int at = Rules.axis(axis.getFirst(), first.shape().size());
        var dims = new ArrayList<>(first.shape());
        String dtype = first.dtype();
        for (int i = 1; i < parts.size(); i++) {
            var part = parts.get(i);
            boolean differs = part.shape().size() != dims.size();
            for (int each = 0; each < dims.size() && !differs; each++) {
                differs = each != at && part.shape().get(each).surelyDiffers(dims.get(each));
            }
            if (differs) {
                throw new Mismatch("TFL-E0307", "concat on axis " + at + ": the first is " + first + ", number "
                        + (i + 1) + " is " + part, "all sizes but that of axis " + at + " must agree");
            }
            dims.set(at, dims.get(at).plus(part.shape().get(at)));
            dtype = Rules.promote(dtype, part.dtype());
        }
        return Value.tensor(dtype, dims);
    }

    private static Value stack(Arguments given) {
        var axis = given.get(1, "axis").isEmpty() ? List.of(0L) : given.numbers(1, "axis");
        var parts = tensors(given.get(0, "xs").orElse(Value.UNKNOWN));
        if (parts == null || axis == null || axis.size() != 1 || parts.isEmpty()) {
            return Value.UNKNOWN;
        }
        var first = parts.getFirst();
        for (var part : parts) {
            if (surelyDiffer(first.shape(), part.shape())) {
                throw new Mismatch("TFL-E0402", "the shapes differ: " + tuple(first.shape()) + " and "
                        + tuple(part.shape()), null);
            }
        }
        var dims = new ArrayList<>(first.shape());
        dims.add(Rules.axis(axis.getFirst(), dims.size() + 1), Dim.of(parts.size()));
        return Value.tensor(first.dtype(), dims);
    }

    static boolean surelyDiffer(List<Dim> a, List<Dim> b) {
        boolean differs = a.size() != b.size();
        for (int i = 0; i < a.size() && !differs; i++) {
            differs = a.get(i).surelyDiffers(b.get(i));
        }
        return differs;
    }

    private static String tuple(List<Dim> shape) {
        return "(" + Rules.sizes(shape) + (shape.size() == 1 ? ",)" : ")");
    }

    /** The tensors of a tuple whose shapes are all known; else null. */
    private static List<Value.Tensor> tensors(Value value) {
        if (!(value instanceof Value.Tuple(var elements))) {
            return null;
        }
        var parts = new ArrayList<Value.Tensor>();
        for (var each : elements) {
            if (!(each instanceof Value.Tensor tensor) || tensor.shape() == null) {
                return null;
            }
            parts.add(tensor);
        }
        return parts;
    }

    private static Value length(Value value) {
        return switch (value) {
            case Value.Tensor(_, var shape) when shape != null && !shape.isEmpty() -> new Value.Int(shape.getFirst());
            case Value.Tuple(var elements) -> new Value.Int(Dim.of(elements.size()));
            default -> Value.INT;
        };
    }

    private static String floating(String dtype) {
        return dtype == null || dtype.startsWith("c") ? null : dtype.startsWith("f") || dtype.equals("bf16") ? dtype
                : "f32";
    }

    private static String dtype(Arguments given, int position, String otherwise) {
        var dtype = given.get(position, "dtype");
        return dtype.isEmpty() || dtype.get().equals(Value.NONE) ? otherwise : dtype(dtype.get());
    }

    private static String dtype(Value value) {
        return value instanceof Value.Builtin(String name) && Annotations.DTYPES.contains(name) ? name : null;
    }
}
