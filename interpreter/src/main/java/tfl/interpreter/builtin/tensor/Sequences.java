package tfl.interpreter.builtin.tensor;

import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.SliceValue;
import tfl.interpreter.value.TupleValue;

/** Brackets on what is no tensor. */
final class Sequences {
    private Sequences() {}

    static Object get(TupleValue tuple, Object subscript) {
        if (subscript instanceof SliceValue slice) {
            var bounds = SliceBounds.of(slice, tuple.size());
            return pick(tuple, bounds.start(), bounds.step(), bounds.count());
        }
        if (subscript instanceof RangeValue range) {
            var picked = new Object[Math.toIntExact(range.size())];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = tuple.get(place(range.get(i), tuple.size(), "tuple"));
            }
            return new TupleValue(picked);
        }
        return tuple.get(index(subscript, tuple.size(), "tuple"));
    }

    private static TupleValue pick(TupleValue tuple, long start, long step, long count) {
        var picked = new Object[(int) count];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = tuple.get((int) (start + i * step));
        }
        return new TupleValue(picked);
    }

    static Object get(String text, Object subscript) {
        int[] points = text.codePoints().toArray();
        if (subscript instanceof SliceValue slice) {
            var bounds = SliceBounds.of(slice, points.length);
            var picked = new StringBuilder();
            for (long i = 0; i < bounds.count(); i++) {
                picked.appendCodePoint(points[(int) (bounds.start() + i * bounds.step())]);
            }
            return picked.toString();
        }
        if (subscript instanceof RangeValue range) {
            var picked = new StringBuilder();
            for (long i = 0; i < range.size(); i++) {
                picked.appendCodePoint(points[place(range.get(i), points.length, "str")]);
            }
            return picked.toString();
        }
        return Character.toString(points[index(subscript, points.length, "str")]);
    }

    static Object get(RangeValue range, Object subscript) {
        if (subscript instanceof SliceValue slice) {
            var bounds = SliceBounds.of(slice, range.size());
            return new RangeValue(range.start() + bounds.start() * range.step(), range.step() * bounds.step(),
                    bounds.count());
        }
        long index = integer(subscript, "range");
        long place = index < 0 ? index + range.size() : index;
        if (place < 0 || place >= range.size()) {
            throw outside(index, range.size(), "range");
        }
        return range.get(place);
    }

    /** A list of Java or another language, indexed as a tuple is. */
    static Object ofList(Object list, Object subscript) {
        if (subscript instanceof SliceValue || subscript instanceof RangeValue) {
            return get(ForeignSequence.tuple(list), subscript);
        }
        long size = ForeignSequence.size(list);
        long index = integer(subscript, "list");
        if (index < -size || index >= size) {
            throw outside(index, size, "list");
        }
        return ForeignSequence.element(list, index < 0 ? index + size : index);
    }

    /** A map of Java or another language. */
    static Object ofMap(Object map, Object key) {
        Object value = ForeignSequence.entry(map, key);
        if (value == null) {
            throw TflException.of(ErrorKind.KEY, "TFL-E0331", "there is no entry " + ValueText.inline(key),
                    "key in m asks first");
        }
        return value;
    }

    static Object get(FieldsValue fields, Object key) {
        return fields.get(field(fields, key));
    }

    static Object set(TupleValue tuple, Object subscript, Object value) {
        return tuple.with(index(subscript, tuple.size(), "tuple"), value);
    }

    static Object set(FieldsValue fields, Object key, Object value) {
        if (fields instanceof RecordValue record && key instanceof String name) {
            return record.with(name, value);
        }
        return fields.with(field(fields, key), value);
    }

    private static int field(FieldsValue fields, Object key) {
        if (!(key instanceof String name)) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0330", "the fields of " + Kinds.describe(fields)
                    + " are named by strings, not " + Kinds.describe(key), null);
        }
        int index = fields.layout().indexOf(name);
        if (index < 0) {
            List<String> names = fields.layout().names();
            throw TflException.of(ErrorKind.KEY, "TFL-E0331", "there is no field " + ValueText.quoted(name),
                    help(name, names));
        }
        return index;
    }

    private static String help(String name, List<String> names) {
        String near = Suggestion.nearest(name, names);
        if (near != null) {
            return "did you mean " + near + "?";
        }
        return names.isEmpty() ? "it has no fields" : "the fields are " + String.join(", ", names);
    }

    private static int index(Object subscript, int size, String kind) {
        return place(integer(subscript, kind), size, kind);
    }

    private static long integer(Object subscript, String kind) {
        var index = Conversion.integer(subscript);
        if (index == null) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0332",
                    "a " + kind + " is indexed by an int or a slice, not "
                    + Kinds.describe(subscript), null);
        }
        return index;
    }

    private static int place(long index, int size, String kind) {
        if (index < -size || index >= size) {
            throw outside(index, size, kind);
        }
        return (int) (index < 0 ? index + size : index);
    }

    private static TflException outside(long index, long size, String kind) {
        return TflException.of(ErrorKind.INDEX, "TFL-E0333",
                "index " + index + " is out of bounds for a " + kind + " of "
                + size + (kind.equals("str") ? " characters" : size == 1 ? " element" : " elements"),
                size == 0 ? "it is empty" : "indices go from " + -size + " to " + (size - 1));
    }
}
