package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnknownKeyException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/**
 * A record or a struct: fields are members, and a struct's methods too. A record has entries besides, as {@code
 * r["name"]} says it has.
 */
@ExportLibrary(InteropLibrary.class)
final class GuestFields extends GuestValue {
    private final FieldsValue fields;

    GuestFields(FieldsValue fields) {
        super(fields);
        this.fields = fields;
    }

    /** The field, or the method bound to this struct; or null. */
    @TruffleBoundary
    private Object part(String name) {
        Object field = fields.find(name);
        if (field != null || !(fields instanceof StructValue struct)) {
            return field;
        }
        var method = struct.type().method(name);
        return method == null ? null : new BoundFunction(method, struct);
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return of(new TupleValue(Parts.members(fields).toArray()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return part(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        Object part = part(name);
        if (part == null) {
            throw UnknownIdentifierException.create(name);
        }
        return of(part);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInvocable(String name) {
        return GuestCall.isCallable(part(name));
    }

    @ExportMessage
    Object invokeMember(String name, Object[] arguments, @Shared @Cached GuestCall call)
            throws UnknownIdentifierException, UnsupportedMessageException {
        Object part = part(name);
        if (part == null) {
            throw UnknownIdentifierException.create(name);
        }
        return call.execute(part, arguments);
    }

    @ExportMessage
    boolean isExecutable() {
        return GuestCall.isCallable(fields);
    }

    @ExportMessage
    Object execute(Object[] arguments, @Shared @Cached GuestCall call) throws UnsupportedMessageException {
        return call.execute(fields, arguments);
    }

    @ExportMessage
    boolean hasHashEntries() {
        return fields instanceof RecordValue;
    }

    @ExportMessage
    @TruffleBoundary
    long getHashSize() throws UnsupportedMessageException {
        if (!hasHashEntries()) {
            throw UnsupportedMessageException.create();
        }
        return fields.size();
    }

    @ExportMessage
    @TruffleBoundary
    boolean isHashEntryReadable(Object key) {
        return hasHashEntries() && Incoming.value(key) instanceof String name && fields.find(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readHashValue(Object key) throws UnsupportedMessageException, UnknownKeyException {
        if (!hasHashEntries()) {
            throw UnsupportedMessageException.create();
        }
        if (!isHashEntryReadable(key)) {
            throw UnknownKeyException.create(key);
        }
        return of(fields.find((String) Incoming.value(key)));
    }

    @ExportMessage
    @TruffleBoundary
    Object getHashEntriesIterator() throws UnsupportedMessageException {
        if (!hasHashEntries()) {
            throw UnsupportedMessageException.create();
        }
        var entries = new Object[fields.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = TupleValue.of(fields.layout().name(i), fields.get(i));
        }
        return new GuestIterator(new TupleValue(entries));
    }

    /** A struct with a method {@code walk} or {@code next} is a sequence to {@code for}, so it is one outside. */
    @ExportMessage
    @TruffleBoundary
    boolean hasIterator() {
        return fields instanceof StructValue struct
                && (struct.type().method("walk") != null || struct.type().method("next") != null);
    }

    @ExportMessage
    @TruffleBoundary
    Object getIterator() throws UnsupportedMessageException {
        if (!hasIterator()) {
            throw UnsupportedMessageException.create();
        }
        return new GuestIterator(fields);
    }
}
