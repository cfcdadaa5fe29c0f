package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Elements;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Comparisons;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** Sequences of any values: whatever {@code for} walks goes in, tuples come out. */
final class SequenceFunctions {
    private static final int CHECKED_EACH = 1 << 14;

    private SequenceFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        rows.add("tuple", "xs=()", "The elements of a sequence as a tuple.", call -> tuple(list(call, 0)));
        rows.add("range", "start, stop=none, step=1",
                "The ints from start to below stop; from 0 if one is given.",
                SequenceFunctions::range);
        rows.add("map", "f, *xs", "f of each element; of the elements of several sequences side by side.",
                SequenceFunctions::map);
        rows.add("filter", "f, xs", "The elements of which f is true.", call -> {
            var kept = new ArrayList<Object>();
            for (var element : list(call, 1)) {
                if (isTrue(call, asked(call, call.value(0), element))) {
                    kept.add(element);
                } else {
                    Holding.discard(element);
                }
            }
            return tuple(kept);
        });
        rows.add("reduce", "f, xs, initial=?",
                "f(f(f(initial, a), b), c): all elements folded into one value.",
                SequenceFunctions::reduce);
        rows.add("zip", "*xs", "The elements of several sequences side by side, up to the shortest.",
                call -> tuple(rows(call, 0)));
        rows.add("enumerate", "xs, start=0", "Each element with its number.", call -> {
            var pairs = new ArrayList<Object>();
            for (var element : list(call, 0)) {
                pairs.add(TupleValue.of(call.integer(1) + pairs.size(), element));
            }
            return tuple(pairs);
        });
        rows.add("sorted", "xs, key=none, reverse=false", "The elements in order; key(x) says by what.",
                SequenceFunctions::sorted);
        rows.add("reversed", "xs", "The elements from the last to the first.",
                call -> tuple(list(call, 0).reversed()));
        rows.add("keys", "r", "The names of a record's fields.",
                call -> ForeignSequence.isMap(call.value(0))
                        ? tuple(keys(call.value(0))) : tuple(fields(call).layout().names()));
        rows.add("values", "r", "The values of a record's fields.",
                call -> ForeignSequence.isMap(call.value(0)) ? tuple(keys(call.value(0)).stream()
                        .map(key -> ForeignSequence.entry(call.value(0), key)).toList())
                        : new TupleValue(fields(call).toArray()));
        rows.add("items", "r", "The fields of a record as pairs (name, value).", call -> {
            var pairs = new ArrayList<Object>();
            if (ForeignSequence.isMap(call.value(0))) {
                keys(call.value(0)).forEach(key ->
                        pairs.add(TupleValue.of(key, ForeignSequence.entry(call.value(0), key))));
                return tuple(pairs);
            }
            var fields = fields(call);
            for (int i = 0; i < fields.size(); i++) {
                pairs.add(TupleValue.of(fields.layout().name(i), fields.get(i)));
            }
            return tuple(pairs);
        });
        rows.add("record", "keys, values", "A record of these names and values.", SequenceFunctions::record);
        return rows.list();
    }

    /** The keys of a map of Java or another language. */
    private static List<Object> keys(Object map) {
        var keys = new ArrayList<Object>();
        ForeignSequence.keys(map).forEachRemaining(keys::add);
        return keys;
    }

    private static TupleValue tuple(List<?> elements) {
        return TupleValue.of(elements.toArray());
    }

    private static List<Object> list(Call call, int index) {
        var elements = new ArrayList<Object>();
        Elements.of(call, call.value(index)).forEachRemaining(element -> add(call, elements, element));
        return elements;
    }

    private static void add(Call call, List<Object> elements, Object element) {
        elements.add(element);
        if ((elements.size() & CHECKED_EACH - 1) == 0) {
            call.context().session().admitValues(elements.size());
        }
    }

    static boolean isTrue(Call call, Object condition) {
        var number = condition instanceof Boolean truth ? (Double) (truth ? 1.0 : 0.0)
                : Conversion.number(condition);
        if (number == null || condition instanceof Long || condition instanceof Double) {
            throw call.fail("a condition is a bool, not " + Kinds.describe(condition), null);
        }
        return number != 0;
    }

    private static Object range(Call call) {
        boolean single = call.isNone(1);
        long step = call.integer(2);
        if (step == 0) {
            throw call.fail("the step is zero", null);
        }
        return RangeValue.of(single ? 0 : call.integer(0), call.integer(single ? 0 : 1), false, step);
    }

    /** The elements of several sequences side by side. */
    private static List<Object> rows(Call call, int index) {
        var walks = new ArrayList<Iterator<Object>>();
        for (var sequence : ((TupleValue) call.value(index)).elements()) {
            walks.add(Elements.of(call, sequence));
        }
        var rows = new ArrayList<Object>();
        while (!walks.isEmpty() && walks.stream().allMatch(Iterator::hasNext)) {
            add(call, rows, TupleValue.of(walks.stream().map(Iterator::next).toArray()));
        }
        return rows;
    }

    private static Object map(Call call) {
        var results = new ArrayList<Object>();
        var sequences = (TupleValue) call.value(1);
        if (sequences.size() == 1) {
            Elements.of(call, sequences.get(0)).forEachRemaining(
                    element -> add(call, results, call.context().call(call.value(0), element)));
            return tuple(results);
        }
        for (var row : rows(call, 1)) {
            results.add(call.context().call(call.value(0), ((TupleValue) row).toArray()));
        }
        return tuple(results);
    }

    private static Object reduce(Call call) {
        var walk = Elements.of(call, call.value(1));
        Object folded = call.value(2);
        if (folded == null) {
            if (!walk.hasNext()) {
                throw call.fail("of no elements, and no initial value is given", "reduce(f, xs, initial)");
            }
            folded = walk.next();
        }
        while (walk.hasNext()) {
            folded = call.context().call(call.value(0), folded, walk.next());
        }
        return folded;
    }

    /** The function of an element that is needed afterwards too: a call uses up what nobody holds. */
    private static Object asked(Call call, Object function, Object element) {
        Holding.retain(element);
        Object answer = call.context().call(function, element);
        Holding.unretain(element);
        return answer;
    }

    private static Object sorted(Call call) {
        record Keyed(Object key, Object element) {}

        var keyed = new ArrayList<Keyed>();
        for (var element : list(call, 0)) {
            keyed.add(new Keyed(call.isNone(1) ? element : asked(call, call.value(1), element), element));
        }
        Comparator<Keyed> order = (a, b) -> Comparisons.order(a.key, b.key, "sorted");
        keyed.sort(call.flag(2) ? Collections.reverseOrder(order) : order);
        return tuple(keyed.stream().map(Keyed::element).toList());
    }

    private static FieldsValue fields(Call call) {
        if (call.value(0) instanceof FieldsValue fields) {
            return fields;
        }
        throw call.wrong(0, "a record or a struct");
    }

    private static Object record(Call call) {
        var names = new ArrayList<String>();
        for (var name : list(call, 0)) {
            if (!(name instanceof String text)) {
                throw call.fail("the keys are strings, not " + Kinds.describe(name), null);
            }
            if (names.contains(text)) {
                throw call.fail("the key \"" + text + "\" is given twice", null);
            }
            names.add(text);
        }
        var values = list(call, 1);
        if (values.size() != names.size()) {
            throw call.fail("there are " + names.size() + " keys and " + values.size() + " values", null);
        }
        return new RecordValue(RecordLayout.of(names), values.toArray());
    }
}
