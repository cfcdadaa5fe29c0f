package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Elements;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Comparisons;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;

/** Functions of strings. Positions count code points. */
final class TextFunctions {
    private static final String BLANK = " \t\n\r\f\u000b";

    private TextFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        parts(rows);
        changes(rows);
        tests(rows);
        return rows.list();
    }

    private static void parts(Rows rows) {
        rows.add("split", "s, separator=none, limit=-1",
                "The parts between separators, at most limit of them cut off; between blanks for none.",
                TextFunctions::split);
        rows.add("join", "separator, parts",
                "The parts in one string with a separator between them; join(parts, s) too.",
                TextFunctions::join);
        rows.add("lines", "s", "The lines, without their ends.",
                call -> tuple(call.text(0).lines().toList()));
        rows.add("chars", "s", "The characters.", call -> tuple(call.text(0).codePoints()
                .mapToObj(Character::toString).toList()));
        rows.add("find", "s, part, start=0", "Where the part begins, or -1.", call -> {
            String text = call.text(0);
            long start = Math.clamp(call.integer(2), 0, text.codePointCount(0, text.length()));
            int found = text.indexOf(call.text(1), text.offsetByCodePoints(0, (int) start));
            return found < 0 ? -1L : (long) text.codePointCount(0, found);
        });
        rows.add("count", "s, part", "How often the part occurs in a string, or the value in a sequence.",
                TextFunctions::count);
        rows.add("ord", "c", "The number of a character.", call -> {
            String text = call.text(0);
            if (text.codePointCount(0, text.length()) != 1) {
                throw call.wrong(0, "one character");
            }
            return (long) text.codePointAt(0);
        });
        rows.add("chr", "n", "The character of a number.", call -> {
            long point = call.integer(0, 0);
            if (point > Character.MAX_CODE_POINT) {
                throw call.wrong(0, "an int up to 1114111");
            }
            return Character.toString((int) point);
        });
    }

    private static void changes(Rows rows) {
        change(rows, "upper", "In upper case.", text -> text.toUpperCase(Locale.ROOT));
        change(rows, "lower", "In lower case.", text -> text.toLowerCase(Locale.ROOT));
        change(rows, "title", "Each word with a capital.", TextFunctions::title);
        rows.add("strip", "s, characters=none", "Without these characters, or blanks, at both ends.",
                call -> stripped(call, true, true));
        rows.add("strip_left", "s, characters=none", "Without these characters, or blanks, at the start.",
                call -> stripped(call, true, false));
        rows.add("strip_right", "s, characters=none", "Without these characters, or blanks, at the end.",
                call -> stripped(call, false, true));
        rows.add("replace", "s, old, new", "Every occurrence of old replaced by new.",
                call -> call.text(0).replace(call.text(1), call.text(2)));
    }

    private static void change(Rows rows, String name, String doc, UnaryOperator<String> change) {
        rows.add(name, "s", doc, call -> change.apply(call.text(0)));
    }

    private static void tests(Rows rows) {
        rows.add("starts_with", "s, part", "Whether a string begins with a part.",
                call -> call.text(0).startsWith(call.text(1)));
        rows.add("ends_with", "s, part", "Whether a string ends with a part.",
                call -> call.text(0).endsWith(call.text(1)));
        rows.add("contains", "x, part",
                "Whether a string has this part, a sequence this element, a record this field.",
                TextFunctions::contains);
        rows.add("is_digit", "s", "Whether there are digits, and only they.",
                call -> all(call, Character::isDigit));
        rows.add("is_alpha", "s", "Whether there are letters, and only they.",
                call -> all(call, Character::isLetter));
        rows.add("is_space", "s", "Whether there are blanks, and only they.",
                call -> all(call, Character::isWhitespace));
    }

    private static TupleValue tuple(List<String> parts) {
        return TupleValue.of(parts.toArray());
    }

    private static Object split(Call call) {
        String text = call.text(0);
        long limit = call.integer(2);
        if (call.isNone(1)) {
            String bare = text.strip();
            return bare.isEmpty() ? TupleValue.EMPTY
                    : tuple(Arrays.asList(bare.split("\\s+", limit < 0 ? -1
                    : (int) Math.min(limit + 1, 1 << 30))));
        }
        String separator = call.text(1);
        if (separator.isEmpty()) {
            throw call.fail("the separator is empty", "chars(s) gives the characters");
        }
        var parts = new ArrayList<String>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0 && limit != 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
            limit--;
        }
        parts.add(text.substring(start));
        return tuple(parts);
    }

    private static Object join(Call call) {
        boolean swapped = !(call.value(0) instanceof String);
        String separator = call.text(swapped ? 1 : 0);
        var parts = new ArrayList<String>();
        Elements.of(call, call.value(swapped ? 0 : 1)).forEachRemaining(part -> {
            if (!(part instanceof String text)) {
                throw call.fail("the parts are strings, not " + Kinds.describe(part),
                        "convert them first: map(str, parts)");
            }
            parts.add(text);
        });
        return String.join(separator, parts);
    }

    private static Object count(Call call) {
        if (call.value(0) instanceof String text) {
            String part = call.text(1);
            if (part.isEmpty()) {
                return (long) text.codePointCount(0, text.length()) + 1;
            }
            long count = 0;
            for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
                count++;
            }
            return count;
        }
        long count = 0;
        for (var walk = Elements.of(call, call.value(0)); walk.hasNext();) {
            count += Comparisons.same(walk.next(), call.value(1)) ? 1 : 0;
        }
        return count;
    }

    private static Object contains(Call call) {
        return switch (call.value(0)) {
            case String text -> text.contains(call.text(1));
            case FieldsValue fields -> fields.layout().indexOf(call.text(1)) >= 0;
            case RangeValue range -> Comparisons.contains(range, call.value(1));
            case null, default -> {
                for (var walk = Elements.of(call, call.value(0)); walk.hasNext();) {
                    if (Comparisons.same(walk.next(), call.value(1))) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private static String title(String text) {
        var out = new StringBuilder();
        boolean inside = false;
        for (int point : text.codePoints().toArray()) {
            out.appendCodePoint(inside ? Character.toLowerCase(point) : Character.toTitleCase(point));
            inside = Character.isLetter(point);
        }
        return out.toString();
    }

    private static Object stripped(Call call, boolean left, boolean right) {
        String text = call.text(0);
        String drop = call.isNone(1) ? BLANK : call.text(1);
        int start = 0;
        int end = text.length();
        while (left && start < end && drop.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && drop.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean all(Call call, IntPredicate test) {
        return !call.text(0).isEmpty() && call.text(0).codePoints().allMatch(test);
    }
}
