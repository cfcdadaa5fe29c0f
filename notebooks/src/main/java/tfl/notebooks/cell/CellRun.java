package tfl.notebooks.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.notebooks.cell.SessionNames.Randomness;

/**
 * The last run of a cell: what it was, read and left.
 *
 * @param id which cell
 * @param number its number, as in {@code In [3]}
 * @param reads what the names it uses stood for, also those that functions it could call look up; null for nothing
 * @param inner how functions of its text look up what they do not capture
 * @param replaced of the names it assigns, whether each was a definition, which it then stays
 * @param writes what it bound
 * @param start where the random generator stood, if what it drew depends on that; else null
 * @param end where it left the random generator, if it used it; else null
 */
record CellRun(String id, int number, String text, Outcome.Status status, Map<String, Binding> reads,
        Map<String, LookUp> inner, Map<String, Boolean> replaced, Map<String, Binding> writes, Randomness start,
        Randomness end) {
    CellRun {
        reads = Collections.unmodifiableMap(new LinkedHashMap<>(reads));
        inner = Map.copyOf(inner);
        replaced = Map.copyOf(replaced);
        writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
    }

    /** How the language resolves a name in a function, which depends on what there is when the function is made. */
    enum LookUp {
        /** In the session's module, whenever the function is called. */
        LIVE,
        /** The library's, for good. */
        LIBRARY,
        /** The value that a variable had when the function was made. */
        CAPTURED;

        static LookUp of(Binding binding, boolean inLibrary) {
            if (binding == null) {
                return inLibrary ? LIBRARY : LIVE;
            }
            return binding.isDefinition() ? LIVE : CAPTURED;
        }
    }

    /** The same run, if it had bound that. */
    CellRun withWrite(Binding binding) {
        var changed = new LinkedHashMap<>(writes);
        changed.put(binding.name(), binding);
        return new CellRun(id, number, text, status, reads, inner, replaced, changed, start, end);
    }

    boolean isInterrupted() {
        return status == Outcome.Status.INTERRUPTED;
    }
}
