package tfl.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tfl.language.source.Location;
import tfl.tensor.Shape;

/** Reads what {@link RecordWriter} wrote. */
final class RecordReader {
    private static final String OURS = "tfl.";
    private static final int MORE = 0x80;

    private final byte[] bytes;
    /** Null where they are among the bytes. */
    private final long[] numbers;
    private int next;
    private final List<Class<?>> types = new ArrayList<>();
    private final List<Object> read = new ArrayList<>();
    private int at;

    private RecordReader(byte[] bytes, long[] numbers) {
        this.bytes = bytes;
        this.numbers = numbers;
    }

    /**
     * The record of those bytes.
     *
     * @throws RuntimeException of any kind if this build did not write them
     */
    static Record read(byte[] bytes) {
        return (Record) new RecordReader(bytes, null).value();
    }

    /** The record of a form and numbers. */
    static Record read(Skeleton skeleton) {
        return (Record) new RecordReader(skeleton.form(), skeleton.numbers()).value();
    }

    private Object value() {
        return switch (Mark.of(octet())) {
            case NULL -> null;
            case AGAIN -> read.get(size());
            case RECORD -> record();
            case CHOICE -> type().getEnumConstants()[size()];
            case LIST -> {
                var values = new Object[size()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = value();
                }
                yield List.of(values);
            }
            case SHAPE -> {
                var dims = new long[size()];
                for (int axis = 0; axis < dims.length; axis++) {
                    dims[axis] = signed();
                }
                yield Shape.of(dims);
            }
            case INT -> Math.toIntExact(signed());
            case LONG -> signed();
            case DOUBLE -> Double.longBitsToDouble(word());
            case YES -> true;
            case NO -> false;
            case TEXT -> text();
        };
    }

    private Object record() {
        var form = RecordForm.of(type());
        var parts = new Object[form.parts().length];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = switch (form.parts()[k]) {
                case INT -> Math.toIntExact(signed());
                case LONG -> signed();
                case DOUBLE -> Double.longBitsToDouble(word());
                case FLAG -> octet() != 0;
                case INTS -> {
                    var numbers = new int[size()];
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = Math.toIntExact(signed());
                    }
                    yield numbers;
                }
                case FLAGS -> {
                    var flags = new boolean[size()];
                    for (int i = 0; i < flags.length; i++) {
                        flags[i] = octet() != 0;
                    }
                    yield flags;
                }
                case PLACE -> Location.NONE;
                case VALUE -> value();
            };
        }
        var record = form.of(parts);
        read.add(record);
        return record;
    }

    private Class<?> type() {
        int number = size();
        if (number == types.size()) {
            types.add(named(text()));
        }
        return types.get(number);
    }

    private static Class<?> named(String name) {
        try {
            var type = Class.forName(name, false, RecordReader.class.getClassLoader());
            if (!name.startsWith(OURS) || !type.isRecord() && !type.isEnum()) {
                throw new IllegalStateException(name + " is no data");
            }
            return type;
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private String text() {
        int length = size();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private int size() {
        return Math.toIntExact(number());
    }

    private long signed() {
        if (numbers != null) {
            return numbers[next++];
        }
        long number = number();
        return number >>> 1 ^ -(number & 1);
    }

    private long number() {
        long number = 0;
        for (int shift = 0;; shift += 7) {
            int octet = octet();
            number |= (long) (octet & MORE - 1) << shift;
            if (octet < MORE) {
                return number;
            }
        }
    }

    private long word() {
        if (numbers != null) {
            return numbers[next++];
        }
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bits |= (long) octet() << shift;
        }
        return bits;
    }

    private int octet() {
        return bytes[at++] & 0xff;
    }
}
