package tfl.interpreter.foreign;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.StopIterationException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownKeyException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import tfl.interpreter.value.TupleValue;

/** Lists, arrays, maps and iterables of Java and of other languages, as a program asks for their parts. */
public final class ForeignSequence {
    private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

    private ForeignSequence() {}

    /** Whether the value has elements in an order: a list or an array. */
    @TruffleBoundary
    public static boolean isList(Object value) {
        return value instanceof TruffleObject && INTEROP.hasArrayElements(value);
    }

    /** Whether the value has keys, and a value for each. */
    @TruffleBoundary
    public static boolean isMap(Object value) {
        return value instanceof TruffleObject && INTEROP.hasHashEntries(value);
    }

    /** How many elements or entries there are; -1 for what does not know. */
    @TruffleBoundary
    public static long size(Object value) {
        try {
            return isList(value) ? INTEROP.getArraySize(value) : isMap(value) ? INTEROP.getHashSize(value)
                    : ofCollection(value);
        } catch (UnsupportedMessageException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** A set or a queue of Java is walked as a whole, and knows its size by a method. */
    private static long ofCollection(Object value) {
        try {
            return isWalkable(value) && INTEROP.isMemberInvocable(value, "size")
                    ? INTEROP.asLong(INTEROP.invokeMember(value, "size")) : -1;
        } catch (InteropException other) {
            return -1;
        }
    }

    /** The element at {@code 0 <= index < size}. */
    @TruffleBoundary
    public static Object element(Object list, long index) {
        try {
            return Incoming.value(INTEROP.readArrayElement(list, index));
        } catch (InteropException changed) {
            throw new IllegalStateException(changed);
        }
    }

    /** The elements of a list as a tuple. */
    @TruffleBoundary
    public static TupleValue tuple(Object list) {
        var elements = new Object[Math.toIntExact(size(list))];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element(list, i);
        }
        return TupleValue.of(elements);
    }

    /** The value that a map has for the key, or null. An int is looked for among Java's longs, then among its ints. */
    @TruffleBoundary
    public static Object entry(Object map, Object key) {
        Object value = exactly(map, key);
        return value == null && key instanceof Long number && number == number.intValue()
                ? exactly(map, number.intValue()) : value;
    }

    private static Object exactly(Object map, Object key) {
        try {
            return INTEROP.isHashEntryReadable(map, key) ? Incoming.value(INTEROP.readHashValue(map, key)) : null;
        } catch (UnknownKeyException | UnsupportedMessageException changed) {
            return null;
        }
    }

    /** Whether {@code for} can walk the value. */
    @TruffleBoundary
    public static boolean isWalkable(Object value) {
        return value instanceof TruffleObject && (INTEROP.hasIterator(value) || INTEROP.isIterator(value)
                || INTEROP.hasArrayElements(value));
    }

    /** A walk over the elements from the start, or of an iterator from where it is. */
    @TruffleBoundary
    public static Iterator<Object> walk(Object value) {
        try {
            // An entry of a Java map has elements, and no iterator.
            return !INTEROP.hasIterator(value) && isList(value) ? tuple(value).elements().iterator()
                    : new Walk(INTEROP.hasIterator(value) ? INTEROP.getIterator(value) : value);
        } catch (UnsupportedMessageException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** A walk over the keys of a map. */
    @TruffleBoundary
    public static Iterator<Object> keys(Object map) {
        try {
            return new Walk(INTEROP.getHashKeysIterator(map));
        } catch (UnsupportedMessageException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static final class Walk implements Iterator<Object> {
        private final Object iterator;

        Walk(Object iterator) {
            this.iterator = iterator;
        }

        @Override
        @TruffleBoundary
        public boolean hasNext() {
            try {
                return INTEROP.hasIteratorNextElement(iterator);
            } catch (UnsupportedMessageException gone) {
                throw new IllegalStateException(gone);
            }
        }

        @Override
        @TruffleBoundary
        public Object next() {
            try {
                return Incoming.value(INTEROP.getIteratorNextElement(iterator));
            } catch (StopIterationException end) {
                throw new NoSuchElementException();
            } catch (UnsupportedMessageException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }
}
