package tfl.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Signatures as they are told: those that differ from an earlier one in sizes are one, with names for the sizes. */
final class SizedSignatures {
    /**
     * One of them, or several.
     *
     * @param numbers which they are, in the order in which they were traced
     * @param sizes what the names stand for; empty if none is named
     * @param reason why the first of them was traced
     */
    record Told(String numbers, String types, String sizes, String reason) {}

    private static final Pattern TENSOR = Pattern.compile("\\b(bool|[ui]8|i16|i32|i64|b?f16|f32|f64|c64)\\[[0-9, ]+]");
    private static final Pattern SIZE = Pattern.compile("\\d+(?=[,\\]])");
    private static final List<String> NAMES = List.of("n", "m", "k");
    private static final int MOST_SIZES = 8;

    private SizedSignatures() {}

    /** From the second of a form on they are told together, where there are several. */
    static List<Told> of(List<Explanation.Signature> signatures) {
        var forms = new LinkedHashMap<String, List<Integer>>();
        for (int k = 0; k < signatures.size(); k++) {
            forms.computeIfAbsent(form(signatures.get(k).types()), none -> new ArrayList<>()).add(k);
        }
        var together = new LinkedHashMap<Integer, List<Integer>>();
        for (var form : forms.values()) {
            var others = form.subList(1, form.size());
            if (others.size() > 1 && named(signatures, form).isPresent()) {
                others.forEach(each -> together.put(each, form));
            }
        }
        var told = new ArrayList<Told>();
        for (int k = 0; k < signatures.size(); k++) {
            var form = together.get(k);
            if (form == null) {
                told.add(new Told(Integer.toString(k + 1), signatures.get(k).types(), "", signatures.get(k).reason()));
            } else if (form.get(1) == k) {
                told.add(named(signatures, form).orElseThrow());
            }
        }
        return told;
    }

    private static String form(String types) {
        return TENSOR.matcher(types).replaceAll(tensor -> SIZE.matcher(tensor.group()).replaceAll("_"));
    }

    private static List<String> sizes(String types) {
        return TENSOR.matcher(types).results().map(MatchResult::group)
                .flatMap(tensor -> SIZE.matcher(tensor).results().map(MatchResult::group)).toList();
    }

    /** A form with names for the sizes that vary; none if too many do. */
    private static Optional<Told> named(List<Explanation.Signature> signatures, List<Integer> form) {
        var all = form.stream().map(each -> sizes(signatures.get(each).types())).toList();
        var names = new LinkedHashMap<List<String>, String>();
        var symbols = new ArrayList<String>();
        for (int k = 0; k < all.getFirst().size(); k++) {
            int place = k;
            var column = all.stream().map(each -> each.get(place)).toList();
            boolean varies = column.stream().distinct().count() > 1;
            if (varies && !names.containsKey(column) && names.size() == NAMES.size()) {
                return Optional.empty();
            }
            symbols.add(varies ? names.computeIfAbsent(column, none -> NAMES.get(names.size())) : column.getFirst());
        }
        var first = signatures.get(form.get(1));
        var next = symbols.iterator();
        var types = TENSOR.matcher(first.types())
                .replaceAll(tensor -> SIZE.matcher(tensor.group()).replaceAll(size -> next.next()));
        var numbers = form.stream().skip(1).map(each -> each + 1L).collect(Collectors.toCollection(TreeSet::new));
        return Optional.of(new Told(ranges(numbers), types, values(names), first.reason()));
    }

    /** What the names stood for, but for the first graph. */
    private static String values(Map<List<String>, String> names) {
        if (names.size() == 1) {
            var only = names.entrySet().iterator().next();
            return only.getValue() + " = " + ranges(only.getKey().stream().skip(1).map(Long::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
        int count = names.keySet().iterator().next().size();
        var tuples = IntStream.range(1, count).mapToObj(k -> names.keySet().stream().map(column -> column.get(k))
                .collect(Collectors.joining(", ", "(", ")"))).collect(Collectors.toCollection(LinkedHashSet::new));
        return names.values().stream().collect(Collectors.joining(", ", "(", ")")) + " = " + some(List.copyOf(tuples));
    }

    private static String ranges(SortedSet<Long> numbers) {
        var ranges = new ArrayList<String>();
        long from = numbers.first();
        long last = from;
        for (long each : numbers) {
            if (each > last + 1) {
                ranges.add(range(from, last));
                from = each;
            }
            last = each;
        }
        ranges.add(range(from, last));
        return some(ranges);
    }

    private static String range(long from, long last) {
        return from == last ? Long.toString(from) : last == from + 1 ? from + ", " + last : from + " to " + last;
    }

    private static String some(List<String> all) {
        return all.stream().limit(MOST_SIZES).collect(Collectors.joining(", "))
                + (all.size() > MOST_SIZES ? " and " + (all.size() - MOST_SIZES) + " more" : "");
    }
}
