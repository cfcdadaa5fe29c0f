package tfl.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tfl.graph.Equation;
import tfl.graph.Var;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Writes records of data as bytes: numbers, texts, enums, shapes, and lists and records of such, whatever their
 * classes, so that a primitive or kernel more needs nothing here. A record that is met again is named by its number, so
 * that what is shared stays shared and is written once.
 */
final class RecordWriter {
    private static final int MORE = 0x80;

    private final Map<Class<?>, Integer> types = new HashMap<>();
    private final Map<Object, Integer> written = new IdentityHashMap<>();
    /** Null where numbers are written among the rest. */
    private final Numbers numbers;
    private byte[] bytes = new byte[1 << 14];
    private int size;

    private RecordWriter(Numbers numbers) {
        this.numbers = numbers;
    }

    /** Numbers in the order of the record. */
    private static final class Numbers {
        private long[] all = new long[1 << 10];
        private int count;

        void add(long number) {
            if (count == all.length) {
                all = Arrays.copyOf(all, 2 * count);
            }
            all[count++] = number;
        }
    }

    /** What holds something else than data, such as an action of the interpreter. */
    private static final class NoData extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoData(Object value) {
            super(String.valueOf(value), null, false, false);
        }
    }

    /** The bytes of a record; none if it holds something that is no data. */
    static Optional<byte[]> write(Record record) {
        return new RecordWriter(null).written(record);
    }

    /** The record with its numbers apart; none if it holds something that is no data. */
    static Optional<Skeleton> skeleton(Record record) {
        var numbers = new Numbers();
        return new RecordWriter(numbers).written(record)
                .map(form -> new Skeleton(form, Arrays.copyOf(numbers.all, numbers.count)));
    }

    private Optional<byte[]> written(Record record) {
        try {
            value(record);
            return Optional.of(Arrays.copyOf(bytes, size));
        } catch (NoData found) {
            return Optional.empty();
        }
    }

    private void value(Object value) {
        switch (value) {
            case null -> mark(Mark.NULL);
            case Record record -> record(record);
            case Enum<?> choice -> {
                mark(Mark.CHOICE);
                type(choice.getDeclaringClass());
                number(choice.ordinal());
            }
            case List<?> list -> {
                mark(Mark.LIST);
                number(list.size());
                list.forEach(this::value);
            }
            case Shape shape -> {
                mark(Mark.SHAPE);
                number(shape.rank());
                for (int axis = 0; axis < shape.rank(); axis++) {
                    signed(shape.dim(axis));
                }
            }
            case Integer number -> {
                mark(Mark.INT);
                signed(number);
            }
            case Long number -> {
                mark(Mark.LONG);
                signed(number);
            }
            case Double number -> {
                mark(Mark.DOUBLE);
                word(Double.doubleToRawLongBits(number));
            }
            case Boolean flag -> mark(flag ? Mark.YES : Mark.NO);
            case String text -> {
                mark(Mark.TEXT);
                text(text);
            }
            default -> throw new NoData(value);
        }
    }

    private void record(Record record) {
        var known = written.get(record);
        if (known != null) {
            mark(Mark.AGAIN);
            number(known);
            return;
        }
        mark(Mark.RECORD);
        type(record.getClass());
        parts(record);
        written.put(record, written.size());
    }

    private void parts(Record record) {
        switch (record) {
            // Of these a graph has hundreds: written as all others, without asking their classes for the parts.
            case Equation(var out, var op, var in, var at) -> {
                value(out);
                value(op);
                value(in);
            }
            case Var(int id, var type) -> {
                signed(id);
                value(type);
            }
            case TensorType(var dtype, var shape) -> {
                value(dtype);
                value(shape);
            }
            default -> {
                var form = RecordForm.of(record.getClass());
                for (int k = 0; k < form.parts().length; k++) {
                    part(form, record, k);
                }
            }
        }
    }

    private void part(RecordForm form, Record record, int k) {
        if (form.parts()[k] == RecordForm.Part.PLACE) {
            return;
        }
        var value = form.part(record, k);
        switch (form.parts()[k]) {
            case INT -> signed((int) value);
            case LONG -> signed((long) value);
            case DOUBLE -> word(Double.doubleToRawLongBits((double) value));
            case FLAG -> octet((boolean) value ? 1 : 0);
            case INTS -> {
                var numbers = (int[]) value;
                number(numbers.length);
                for (int number : numbers) {
                    signed(number);
                }
            }
            case FLAGS -> {
                var flags = (boolean[]) value;
                number(flags.length);
                for (boolean flag : flags) {
                    octet(flag ? 1 : 0);
                }
            }
            default -> value(value);
        }
    }

    /** A class: its number, and behind a new number its name. */
    private void type(Class<?> type) {
        var known = types.get(type);
        number(known == null ? types.size() : known);
        if (known == null) {
            types.put(type, types.size());
            text(type.getName());
        }
    }

    private void text(String text) {
        var letters = text.getBytes(StandardCharsets.UTF_8);
        number(letters.length);
        for (byte letter : letters) {
            octet(letter);
        }
    }

    private void mark(Mark mark) {
        octet(mark.ordinal());
    }

    private void signed(long number) {
        if (numbers != null) {
            numbers.add(number);
            return;
        }
        number(number << 1 ^ number >> Long.SIZE - 1);
    }

    /** Seven bits a byte, the low ones first. */
    private void number(long number) {
        long rest = number;
        for (; (rest & -MORE) != 0; rest >>>= 7) {
            octet((int) rest & MORE - 1 | MORE);
        }
        octet((int) rest);
    }

    private void word(long bits) {
        if (numbers != null) {
            numbers.add(bits);
            return;
        }
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            octet((int) (bits >>> shift));
        }
    }

    private void octet(int octet) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) octet;
    }
}
