package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.utilities.TriState;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.foreign.Exported;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** A value outside of TFL. What all have is here: a language, a type, a text. What each sort can do is in its class. */
@ExportLibrary(InteropLibrary.class)
abstract class GuestValue implements TruffleObject, Exported {
    private final Object value;

    GuestValue(Object value) {
        this.value = value;
    }

    @Override
    public final Object value() {
        return value;
    }

    /** The value as others see it; from now on the collector minds its memory. */
    static Object of(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof String
                || value instanceof TruffleObject ? value : pinned(value);
    }

    @TruffleBoundary
    private static Object pinned(Object value) {
        Holding.pin(value);
        return switch (value) {
            case TensorValue tensor -> new GuestTensor(tensor);
            case TupleValue tuple -> new GuestSequence(tuple);
            case RangeValue range -> new GuestSequence(range);
            case FieldsValue fields -> new GuestFields(fields);
            case FunctionValue function -> new GuestFunction(function);
            case BoundFunction function -> new GuestFunction(function);
            case StructType type -> new GuestType(type);
            case ModuleValue module -> new GuestModule(module);
            case StreamValue stream -> new GuestStream(stream);
            case Character point -> point.toString();
            case Number number -> number;
            default -> new GuestConstant(value);
        };
    }

    /** The value itself, of what {@link #of} gave or another language hands over. */
    static Object unwrap(Object outside) {
        return Incoming.argument(outside);
    }

    @ExportMessage
    final boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    final Class<? extends TruffleLanguage<?>> getLanguage() {
        return TflLanguage.class;
    }

    @ExportMessage
    final boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    final Object getMetaObject() {
        return GuestMeta.of(value);
    }

    @ExportMessage
    @TruffleBoundary
    final Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return ValueText.inline(value);
    }

    @ExportMessage
    final TriState isIdenticalOrUndefined(Object other) {
        return other instanceof GuestValue guest ? TriState.valueOf(guest.value == value) : TriState.UNDEFINED;
    }

    @ExportMessage
    @TruffleBoundary
    final int identityHashCode() {
        return System.identityHashCode(value);
    }
}
