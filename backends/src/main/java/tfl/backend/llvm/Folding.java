package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * How a fold is written. Its state is one or two registers: the value so far, and for ARG_MAX and ARG_MIN its
 * index (-1 for none yet), for complex sums the imaginary part. Within a block of elements floats are added
 * in any order by vectors; blocks are joined in doubles, which keeps long sums accurate, in the elements'
 * order.
 */
final class Folding {
    /** Elements folded before the state is widened. */
    static final int BLOCK = 4096;

    /**
     * Stands for no index within a block. It is not the greatest i32: LLVM would move the minimum with that one behind
     * the choice, and then not see the minimum.
     */
    private static final String NONE = Integer.toString(Integer.MAX_VALUE - 1);

    private final Code code;
    private final Scalars scalars;
    private final Fold fold;
    private final DType dtype;

    Folding(Code code, Scalars scalars, Fold fold, DType dtype) {
        this.code = code;
        this.scalars = scalars;
        this.fold = fold;
        this.dtype = dtype;
        if (dtype == DType.C64 && fold != Fold.SUM) {
            throw new Unsupported(fold, dtype);
        }
    }

    /**
     * Keeps from LLVM that a choice in a body may give what stands for no element, as a mask's {@code -inf} does before
     * a maximum: it would choose between states instead, and then not see that the loop folds. Only where a function
     * begins.
     */
    void hideNeutral(ScalarExpr body) {
        if (body instanceof ScalarExpr.Constant constant && isExtreme() && constant.dtype() == dtype
                && Scalars.constant(constant.bits(), dtype).name().equals(neutral(Value.register(dtype)))) {
            scalars.hide(constant);
        }
        body.parts().forEach(this::hideNeutral);
    }

    private boolean isExtreme() {
        return fold == Fold.MAX || fold == Fold.MIN || isArgument();
    }

    boolean isArgument() {
        return fold == Fold.ARG_MAX || fold == Fold.ARG_MIN;
    }

    private boolean isArithmetic() {
        return fold == Fold.SUM || fold == Fold.PROD;
    }

    private boolean widens() {
        return isArithmetic() && Value.register(dtype).equals("float");
    }

    /** The states within a block, before any element. */
    List<Code.Carried> narrow() {
        return states(Value.register(dtype));
    }

    /** The states between blocks, before any element. */
    List<Code.Carried> wide() {
        return states(widens() ? "double" : Value.register(dtype));
    }

    private List<Code.Carried> states(String type) {
        var value = new Code.Carried(type, neutral(type));
        if (isArgument()) {
            return List.of(value, new Code.Carried("i64", "-1"));
        }
        return dtype == DType.C64 ? List.of(value, value) : List.of(value);
    }

    private String neutral(String type) {
        boolean isFloat = type.equals("float") || type.equals("double");
        return switch (fold) {
            case SUM -> isFloat ? "0.0" : type.equals("i1") ? "false" : "0";
            case PROD -> isFloat ? "1.0" : type.equals("i1") ? "true" : "1";
            case ANY -> "false";
            case ALL -> "true";
            case MAX, ARG_MAX -> isFloat ? Value.literal(Double.NEGATIVE_INFINITY, dtype) : least();
            case MIN, ARG_MIN -> isFloat ? Value.literal(Double.POSITIVE_INFINITY, dtype) : greatest();
        };
    }

    private String least() {
        return dtype == DType.BOOL ? "false" : dtype == DType.U8 ? "0"
                : Long.toString(-1L << 8 * dtype.bytes() - 1);
    }

    private String greatest() {
        return dtype == DType.BOOL ? "true" : dtype == DType.U8 ? "-1"
                : Long.toString(~(-1L << 8 * dtype.bytes() - 1));
    }

    /** The state of one element. */
    List<String> single(Value element, String index) {
        if (isArgument()) {
            return List.of(element.name(), index);
        }
        return element.imaginary() == null ? List.of(element.name())
                : List.of(element.name(), element.imaginary());
    }

    List<String> widened(List<String> state) {
        return widens() ? state.stream().map(each -> code.emit("fpext float " + each + " to double"))
                .toList() : state;
    }

    /** The joined states of two runs of elements, {@code earlier} first. */
    List<String> join(List<Code.Carried> states, List<String> earlier, List<String> later) {
        if (isArgument()) {
            return better(earlier, later);
        }
        var type = states.getFirst().type();
        if (dtype == DType.C64) {
            return List.of(joined(type, earlier.getFirst(), later.getFirst()),
                    joined(type, earlier.getLast(), later.getLast()));
        }
        return List.of(joined(type, earlier.getFirst(), later.getFirst()));
    }

    private String joined(String type, String x, String y) {
        if (type.equals("float") || type.equals("double")) {
            var suffix = type.equals("float") ? "f32" : "f64";
            return switch (fold) {
                case SUM -> code.emit("fadd reassoc " + type + " " + x + ", " + y);
                case PROD -> code.emit("fmul reassoc " + type + " " + x + ", " + y);
                default -> code.emit("call " + type + " @llvm." + (fold == Fold.MAX ? "maximum" : "minimum")
                        + "." + suffix
                        + "(" + type + " " + x + ", " + type + " " + y + ")");
            };
        }
        var op = switch (fold) {
            case SUM -> BinaryOp.ADD;
            case PROD -> BinaryOp.MUL;
            case ANY -> BinaryOp.OR;
            case ALL -> BinaryOp.AND;
            case MAX -> BinaryOp.MAX;
            default -> BinaryOp.MIN;
        };
        return scalars.binary(op, new Value(dtype, x), new Value(dtype, y), dtype).name();
    }

    private List<String> better(List<String> earlier, List<String> later) {
        var x = new Value(dtype, earlier.getFirst());
        var y = new Value(dtype, later.getFirst());
        var wins = scalars.binary(fold == Fold.ARG_MAX ? BinaryOp.GT : BinaryOp.LT, y, x, DType.BOOL).name();
        if (dtype.isFloat()) {
            var newNan = code.emit("and i1 " + isNan(y.name()) + ", "
                    + code.emit("xor i1 true, " + isNan(x.name())));
            wins = code.emit("or i1 " + wins + ", " + newNan);
        }
        var none = code.emit("icmp slt i64 " + earlier.getLast() + ", 0");
        var some = code.emit("icmp sge i64 " + later.getLast() + ", 0");
        wins = code.emit("and i1 " + some + ", " + code.emit("or i1 " + wins + ", " + none));
        return List.of(code.emit("select i1 " + wins + ", " + x.type() + " " + y.name() + ", " + x.type()
                + " " + x.name()),
                code.emit("select i1 " + wins + ", i64 " + later.getLast() + ", i64 " + earlier.getLast()));
    }

    private String isNan(String x) {
        return code.emit("fcmp uno " + Value.register(dtype) + " " + x + ", 0.0");
    }

    /**
     * Folds runs of elements that nothing came before side by side: one loop for all of them.
     *
     * @param folds none of them seeks an index
     * @param elements writes the code of one element for each
     */
    static List<Value> together(Code code, List<Folding> folds, String length,
            Function<String, List<Value>> elements) {
        var wide = folds.stream().flatMap(each -> each.wide().stream()).toList();
        var states = code.loop("0", length, Integer.toString(BLOCK), wide, (start, before) -> {
            var end = code.minimum(code.emit("add i64 " + start + ", " + BLOCK), length);
            var narrow = folds.stream().flatMap(each -> each.narrow().stream()).toList();
            var block = code.rowLoop(start, end, narrow, (i, state) -> {
                var values = elements.apply(i);
                return each(folds, (k, from, to) -> folds.get(k).join(folds.get(k).narrow(), state.subList(from, to),
                        folds.get(k).single(values.get(k), i)));
            });
            return each(folds, (k, from, to) -> folds.get(k).join(folds.get(k).wide(), before.subList(from, to),
                    folds.get(k).widened(block.subList(from, to))));
        });
        var results = new ArrayList<Value>();
        each(folds, (k, from, to) -> {
            results.add(folds.get(k).result(states.subList(from, to), folds.get(k).dtype));
            return List.of();
        });
        return results;
    }

    private interface Part {
        /** What becomes of one fold's registers, which lie from one place to another among those of all. */
        List<String> of(int fold, int from, int to);
    }

    private static List<String> each(List<Folding> folds, Part part) {
        var all = new ArrayList<String>();
        int from = 0;
        for (int k = 0; k < folds.size(); k++) {
            int to = from + folds.get(k).wide().size();
            all.addAll(part.of(k, from, to));
            from = to;
        }
        return all;
    }

    /**
     * Folds a run of elements, a block at a time.
     *
     * @param before the wide state of what came before
     * @param first the index of the run's first element
     * @param element writes the code of one element
     * @return the wide state, joined after {@code before}
     */
    List<String> run(List<String> before, String length, String first, Function<String, Value> element) {
        var wide = wide();
        var carried = IntStream.range(0, wide.size())
                .mapToObj(k -> new Code.Carried(wide.get(k).type(), before.get(k))).toList();
        return code.loop("0", length, Integer.toString(BLOCK), carried, (start, state) -> {
            var end = code.minimum(code.emit("add i64 " + start + ", " + BLOCK), length);
            var block = isArgument() ? argumentBlock(start, end, first, element) : block(start, end, element);
            return join(wide, state, widened(block));
        });
    }

    private List<String> block(String start, String end, Function<String, Value> element) {
        return code.independentLoop(start, end, narrow(), (i, state) ->
                join(narrow(), state, single(element.apply(i), i)));
    }

    /** The extreme first, then the first index that has it: both loops vectorise. */
    private List<String> argumentBlock(String start, String end, String first, Function<String,
            Value> element) {
        var extreme = new Folding(code, scalars, fold == Fold.ARG_MAX ? Fold.MAX : Fold.MIN, dtype)
                .block(start, end, element).getFirst();
        var index = code.independentLoop(start, end, List.of(new Code.Carried("i32", NONE)), (i, state) -> {
            var value = element.apply(i);
            var equal = scalars.binary(BinaryOp.EQ, value, new Value(dtype, extreme), DType.BOOL).name();
            if (dtype.isFloat()) {
                equal = code.emit("or i1 " + equal + ", " + isNan(value.name()));
            }
            var offset = code.emit("trunc i64 " + code.emit("sub i64 " + i + ", " + start) + " to i32");
            var candidate = code.emit("select i1 " + equal + ", i32 " + offset + ", i32 " + NONE);
            return List.of(code.emit("call i32 @llvm.smin.i32(i32 " + state.getFirst() + ", i32 " + candidate
                    + ")"));
        }).getFirst();
        index = code.emit("add i64 " + start + ", " + code.emit("zext i32 " + index + " to i64"));
        return List.of(extreme, code.emit("add i64 " + first + ", " + index));
    }

    /** The fold's value in a dtype. */
    Value result(List<String> wide, DType output) {
        if (isArgument()) {
            return scalars.cast(output, new Value(DType.I64, wide.getLast()));
        }
        if (dtype == DType.C64) {
            var parts = wide.stream().map(each -> code.emit("fptrunc double " + each + " to float")).toList();
            return scalars.cast(output, new Value(dtype, parts.getFirst(), parts.getLast()));
        }
        return scalars.cast(output, new Value(widens() ? DType.F64 : dtype, wide.getFirst()));
    }
}
