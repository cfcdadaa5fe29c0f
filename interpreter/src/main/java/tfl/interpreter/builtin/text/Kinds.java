package tfl.interpreter.builtin.text;

import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.foreign.ForeignObject;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** What sort of value something is, in the words of the language. */
public final class Kinds {
    private Kinds() {}

    /** The word that {@code typeof} gives: {@code int}, {@code f32[2, 3]}, {@code tuple}, a struct's name. */
    public static String of(Object value) {
        return switch (value) {
            case Long number -> "int";
            case Double number -> "float";
            case Boolean truth -> "bool";
            case String text -> "str";
            case DeferredText text -> "str";
            case None none -> "none";
            case Lifted number when number.isWeak() -> ofNumber(number.type().dtype());
            case TensorValue tensor -> tensor.type().toString();
            case TupleValue tuple -> "tuple";
            case RecordValue record -> "record";
            case StructValue struct -> struct.type().name();
            case RangeValue range -> "range";
            case FunctionValue function -> "fn";
            case BoundFunction bound -> "fn";
            case StructType type -> "struct";
            case ModuleValue module -> "module";
            case StreamValue stream -> "stream";
            case DType dtype -> "dtype";
            case null -> "object";
            default -> ForeignObject.kind(value);
        };
    }

    /** The sorts of a value and of what is put into it. */
    public static String ofUpdate(Object whole, Object value) {
        return of(whole) + " · the value: " + of(value);
    }

    private static String ofNumber(DType dtype) {
        return dtype == DType.BOOL ? "bool" : dtype.isFloat() ? "float" : "int";
    }

    /**
     * The value in an error message: a short one itself, of others the kind.
     *
     * @throws tfl.primitive.ShapeProblem for text that only a graph knows: what cannot take it could take a str, so
     *     that it is not known yet is what is wrong
     */
    public static String describe(Object value) {
        return switch (value) {
            case DeferredText text -> describe(text.text());
            case null -> "nothing";
            case None none -> "none";
            case String text when text.length() <= 20 -> "the str " + ValueText.quoted(text);
            case Long number -> "the int " + number;
            case Double number -> "the float " + FloatText.shortest(number);
            case Boolean truth -> truth.toString();
            case Lifted number when number.isWeak() -> article(of(number));
            case TensorValue tensor -> tensor.type().toString();
            case DType dtype -> "the dtype " + dtype;
            case FunctionValue function -> "the function " + function.name();
            case StructType type -> "the struct type " + type.name();
            case TupleValue tuple -> "a tuple of " + tuple.size();
            default -> article(of(value));
        };
    }

    private static String article(String kind) {
        return ("aeiou".indexOf(Character.toLowerCase(kind.charAt(0))) >= 0 ? "an " : "a ") + kind;
    }
}
