package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.math.BigInteger;
import java.util.function.Predicate;
import tfl.tensor.TensorValue;

/**
 * A tensor: an array of arrays, and a buffer of its elements in row-major order; one without axes is a number. Its
 * properties are members, and what TFL can call as {@code x.sum()} can be invoked.
 */
@ExportLibrary(InteropLibrary.class)
final class GuestTensor extends GuestMemory {
    private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

    GuestTensor(TensorValue tensor) {
        super(tensor);
    }

    // Elements

    @ExportMessage
    boolean hasArrayElements() {
        return rank() > 0;
    }

    @ExportMessage
    @TruffleBoundary
    long getArraySize() throws UnsupportedMessageException {
        if (rank() == 0) {
            throw UnsupportedMessageException.create();
        }
        return tensor().type().shape().dim(0);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isArrayElementReadable(long index) {
        return rank() > 0 && index >= 0 && index < tensor().type().shape().dim(0);
    }

    @ExportMessage
    @TruffleBoundary
    Object readArrayElement(long index) throws InvalidArrayIndexException, UnsupportedMessageException {
        if (rank() == 0) {
            throw UnsupportedMessageException.create();
        }
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return of(Parts.element(tensor(), index));
    }

    // A number

    /** The only element as Java has it; null for many, and for a complex number. */
    private Object number() {
        return rank() == 0 && plain() != null ? Parts.number(plain(), 0) : null;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isNumber() {
        return number() instanceof Number;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isBoolean() {
        return number() instanceof Boolean;
    }

    @ExportMessage
    @TruffleBoundary
    boolean asBoolean() throws UnsupportedMessageException {
        return INTEROP.asBoolean(asked());
    }

    private Object asked() throws UnsupportedMessageException {
        Object number = number();
        if (number == null) {
            throw UnsupportedMessageException.create();
        }
        return number;
    }

    private boolean fits(Predicate<Object> question) {
        return number() instanceof Number number && question.test(number);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInByte() {
        return fits(INTEROP::fitsInByte);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInShort() {
        return fits(INTEROP::fitsInShort);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInInt() {
        return fits(INTEROP::fitsInInt);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInLong() {
        return fits(INTEROP::fitsInLong);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInBigInteger() {
        return fits(INTEROP::fitsInBigInteger);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInFloat() {
        return fits(INTEROP::fitsInFloat);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInDouble() {
        return fits(INTEROP::fitsInDouble);
    }

    @ExportMessage
    @TruffleBoundary
    byte asByte() throws UnsupportedMessageException {
        return INTEROP.asByte(asked());
    }

    @ExportMessage
    @TruffleBoundary
    short asShort() throws UnsupportedMessageException {
        return INTEROP.asShort(asked());
    }

    @ExportMessage
    @TruffleBoundary
    int asInt() throws UnsupportedMessageException {
        return INTEROP.asInt(asked());
    }

    @ExportMessage
    @TruffleBoundary
    long asLong() throws UnsupportedMessageException {
        return INTEROP.asLong(asked());
    }

    @ExportMessage
    @TruffleBoundary
    BigInteger asBigInteger() throws UnsupportedMessageException {
        return INTEROP.asBigInteger(asked());
    }

    @ExportMessage
    @TruffleBoundary
    float asFloat() throws UnsupportedMessageException {
        return INTEROP.asFloat(asked());
    }

    @ExportMessage
    @TruffleBoundary
    double asDouble() throws UnsupportedMessageException {
        return INTEROP.asDouble(asked());
    }

    // Members

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(boolean includeInternal) {
        return of(TensorMembers.names(tensor(), includeInternal));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return TensorMembers.isProperty(name) || isMemberInvocable(name);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInvocable(String name) {
        return isMemberInternal(name) || TensorMembers.function(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInternal(String name) {
        return HostViews.NAMES.contains(name) && plain() != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        if (isMemberInternal(name)) {
            return new HostView(this, name);
        }
        return of(TensorMembers.read(tensor(), name));
    }

    @ExportMessage
    Object invokeMember(String name, Object[] arguments, @Cached GuestCall call)
            throws UnknownIdentifierException, UnsupportedMessageException, ArityException {
        if (isMemberInternal(name)) {
            return new HostView(this, name).execute(arguments);
        }
        return call.execute(method(name), arguments);
    }

    @TruffleBoundary
    private Object method(String name) throws UnknownIdentifierException {
        return TensorMembers.read(tensor(), name);
    }
}
