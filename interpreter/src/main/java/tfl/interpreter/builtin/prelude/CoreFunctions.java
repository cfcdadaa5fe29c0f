package tfl.interpreter.builtin.prelude;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.DoubleStream;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.UserPlace;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.Display;
import tfl.interpreter.builtin.text.Formatting;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.UnaryOp;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** What every program needs: printing, asking values what they are, converting them. */
final class CoreFunctions {
    private static final double BEYOND_INTS = 0x1p63;

    private CoreFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        printing(rows);
        conversions(rows);
        rows.add("len", "x",
                "How many elements: of a tuple, a string, a range, a record, or a tensor's first axis.",
                CoreFunctions::length);
        rows.add("typeof", "x", "What sort of value this is, as text.", call -> Kinds.of(call.value(0)));
        rows.add("error", "message, help=none, kind=\"user\", code=\"TFL-E0200\"",
                "Stops with this message, unless a catch is around. Help is a line on what to do, kind and code "
                        + "are what a catch may ask for.", CoreFunctions::raise);
        rows.add("time", "", "Seconds since the start of 1970.", call -> {
            Outside.reach("time", "reads the clock");
            return System.currentTimeMillis() / 1e3;
        });
        rows.add("clock", "", "Seconds of a clock that only runs forward, to measure with.", call -> {
            Outside.reach("clock", "reads the clock");
            return System.nanoTime() / 1e9;
        });
        rows.add("close", "a, b, tol=1e-5",
                "Whether two values, trees of numbers too, differ by no more than tol, "
                + "relative to b where it is larger than 1.",
                call -> Closeness.of(call, call.value(0), call.value(1),
                        Lifted.isWeak(call.value(2)) ? call.value(2) : (Object) call.threshold(2)));
        rows.add("signature", "f",
                "{name, parameters, required} of a function, or of what a call of a struct runs: the names of the "
                + "parameters, *rest and **options with their stars, and how many have no default.",
                Signatures::of);
        return rows.list();
    }

    private static Object raise(Call call) {
        Object message = call.value(0);
        if (message instanceof FieldsValue caught && caught.find("message") != null) {
            message = caught.find("message");
        }
        var kind = ErrorKind.of(call.text(2));
        if (kind == null) {
            throw call.wrong(2, "a kind of error, such as \"value\" or \"shape\"");
        }
        var texts = TupleValue.of(message, call.value(1));
        String code = call.text(3);
        var caller = call.context().caller();
        throw Raised.by("error", texts,
                known -> failed(kind, code, (TupleValue) known).at(UserPlace.span(caller), caller));
    }

    private static TflException failed(ErrorKind kind, String code, TupleValue texts) {
        try {
            String help = texts.get(1) == None.NONE ? null : ValueText.print(texts.get(1));
            return TflException.of(kind, code, ValueText.print(texts.get(0)), help);
        } catch (ShapeProblem unknown) {
            return TflException.telling(kind, code, DeferredText.of(texts.get(0)));
        }
    }

    private static void printing(Rows rows) {
        rows.add("print", "*values, sep=\" \", end=?", "Writes values, separated by spaces, and a newline.",
                call -> {
            String separator = call.text(1);
            String end = call.value(2) == null ? "\n" : call.text(2);
            var out = call.context().session().out();
            Effects.perform("print", call.value(0), values -> write(out, joined((TupleValue) values, separator) + end));
            return None.NONE;
        });
        rows.add("show", "x", "Writes a value as the prompt shows it.", call -> {
            var out = call.context().session().out();
            Effects.perform("show", call.value(0), value -> write(out, Display.of(value, ValueText.COLUMNS) + "\n"));
            return None.NONE;
        });
        rows.add("str", "x", "The text that print writes for this value.",
                call -> ValueText.print(call.value(0)));
        rows.add("repr", "x", "The text of this value inside of others: strings quoted.",
                call -> ValueText.inline(call.value(0)));
        rows.add("format", "x, format=\"\"", "The value in a format of Python's: format(x, \".3f\").",
                call -> Formatting.format(call.value(0), call.text(1)));
        rows.add("help", "x", "Writes what a function, a struct or a module is for.", call -> {
            write(call.context().session().out(), Documentation.of(call.value(0)) + "\n");
            return None.NONE;
        });
        rows.add("dir", "x", "The names of what x has: fields, methods, members.",
                call -> new TupleValue(Documentation.members(call.value(0)).toArray()));
    }

    private static String joined(TupleValue values, String separator) {
        var text = new StringBuilder();
        for (var value : values.elements()) {
            text.append(text.isEmpty() ? "" : separator).append(ValueText.print(value));
        }
        return text.toString();
    }

    private static void write(PrintStream out, String text) {
        out.print(text);
        out.flush();
    }

    private static Object length(Call call) {
        return switch (call.value(0)) {
            case TupleValue tuple -> (long) tuple.size();
            case String text -> (long) text.codePointCount(0, text.length());
            case RangeValue range -> range.size();
            case StructValue struct when struct.type().method("len") != null ->
                    call.context().call(struct.type().method("len"), struct);
            case FieldsValue fields -> (long) fields.size();
            case TensorValue tensor when tensor.type().shape().rank() > 0 -> tensor.type().shape().dim(0);
            case Object foreign when ForeignSequence.size(foreign) >= 0 -> ForeignSequence.size(foreign);
            case null, default -> throw call.fail(Kinds.describe(call.value(0)) + " has no length", null);
        };
    }

    private static void conversions(Rows rows) {
        rows.add("int", "x, base=10", "The int in a text, or a float without its fraction.",
                CoreFunctions::toInt);
        rows.add("float", "x", "The float in a text, or the float nearest to a number.",
                CoreFunctions::toFloat);
        rows.add("bool", "x", "Whether a number is not zero, or a text or sequence not empty.",
                CoreFunctions::toBool);
    }

    private static Object toInt(Call call) {
        if (call.value(0) instanceof String text) {
            return parseInt(call, text.strip().replace("_", ""), (int) call.integer(1));
        }
        if (call.value(0) instanceof Long || call.value(0) instanceof Boolean) {
            return call.value(0) instanceof Boolean truth ? (Long) (truth ? 1L : 0L) : (Long) call.value(0);
        }
        if (call.value(0) instanceof TensorValue tensor && tensor.type().shape().size() == 1
                && !tensor.type().dtype().isDifferentiable() && Lifted.isKnown(tensor)) {
            return Concrete.of(tensor).readLong(0);
        }
        if (isNumber(call.value(0)) && !Lifted.isKnown((Lifted) call.value(0))) {
            return unknownInt(call, (Lifted) call.value(0));
        }
        double number = single(call);
        if (!isInt(number)) {
            throw noInt(call, number);
        }
        return (long) number;
    }

    private static boolean isInt(double number) {
        return Math.abs(number) < BEYOND_INTS;
    }

    private static TflException noInt(Call call, double number) {
        return call.fail(ValueText.inline(number) + " does not fit in an int", null);
    }

    private static Object unknownInt(Call call, Lifted number) {
        var ops = call.ops();
        if (number.type().dtype().isFloat()) {
            var fits = ops.isBelow(ops.unary(UnaryOp.ABS, number), BEYOND_INTS);
            Raised.unless(call.name(), fits, number.strengthened(), known -> noInt(call,
                    DoubleStream.of(Concrete.of((TensorValue) known).toDoubles()).filter(each -> !isInt(each))
                            .findFirst().orElseThrow()));
        }
        return ops.number(number, DType.I64);
    }

    /** Whether a transformation stands between this and its one element. */
    private static boolean isNumber(Object value) {
        return value instanceof Lifted lifted && lifted.type().shape().size() == 1
                && !lifted.type().dtype().isComplex();
    }

    private static Long parseInt(Call call, String text, int base) {
        try {
            String digits = base == 16 && text.startsWith("0x") || base == 2 && text.startsWith("0b")
                    ? text.substring(2) : text;
            return Long.parseLong(digits, base);
        } catch (NumberFormatException e) {
            throw call.fail(ValueText.quoted(text) + " is not an int"
                    + (base == 10 ? "" : " in base " + base),
                    base == 10 && text.matches("[-+]?[0-9.eE+-]+") ? "int(float(x)) drops the fraction"
                    : null);
        }
    }

    private static double single(Call call) {
        var number = Conversion.number(call.value(0));
        if (number == null) {
            boolean many = call.value(0) instanceof TensorValue;
            throw TflException.of(ErrorKind.TYPE, "TFL-E0401", call.name() + " takes one number, not "
                    + Kinds.describe(call.value(0)), many ? "convert all elements with x.astype("
                            + (call.name().equals("int") ? "i64" : "f32") + ")" : null);
        }
        return number;
    }

    private static Object toFloat(Call call) {
        if (isNumber(call.value(0))) {
            return call.ops().number((Lifted) call.value(0), DType.F64);
        }
        if (call.value(0) instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        if (!(call.value(0) instanceof String text)) {
            return single(call);
        }
        String digits = text.strip().replace("_", "");
        return switch (digits) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                if (!digits.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
                    throw call.fail(ValueText.quoted(text) + " is not a float", null);
                }
                yield Double.parseDouble(digits);
            }
        };
    }

    private static Object toBool(Call call) {
        return switch (call.value(0)) {
            case Boolean truth -> truth;
            case None none -> false;
            case String text -> !text.isEmpty();
            case TupleValue tuple -> tuple.size() > 0;
            case RangeValue range -> range.size() > 0;
            case FieldsValue fields -> fields.size() > 0;
            case Object foreign when ForeignSequence.size(foreign) >= 0 -> ForeignSequence.size(foreign) > 0;
            case Lifted unknown when isNumber(unknown) && !Lifted.isKnown(unknown) -> call.ops().truth(unknown);
            case null, default -> single(call) != 0;
        };
    }
}
