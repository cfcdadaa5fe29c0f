package tfl.notebooks.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.session.Misuse;
import tfl.session.SessionOptions;

/**
 * The words behind {@code tfl notebook run} and {@code convert}.
 *
 * @param values of the options that were given; one without a value has an empty one
 * @param files what is no option
 */
record NotebookOptions(Map<String, String> values, List<String> files) {
    static NotebookOptions of(List<String> words, Set<String> switches, Set<String> options) {
        var values = new HashMap<String, String>();
        var files = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            var name = equals < 0 ? word : word.substring(0, equals);
            if (switches.contains(word)) {
                values.put(word, "");
            } else if (!word.startsWith("-")) {
                files.add(word);
            } else if (!options.contains(name)) {
                throw new Misuse("unknown option `" + word + "`");
            } else if (equals < 0 && i + 1 == words.size()) {
                throw new Misuse("`" + word + "` needs a value");
            } else {
                values.put(name, equals < 0 ? words.get(++i) : word.substring(equals + 1));
            }
        }
        return new NotebookOptions(values, files);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    SessionOptions session() {
        var seed = values.get("--seed");
        if (seed != null && !seed.matches("[+-]?\\d{1,18}")) {
            throw new Misuse("`--seed` needs a whole number, not `" + seed + "`");
        }
        return new SessionOptions(values.get("--device"), seed == null ? null : Long.valueOf(seed), has("--debug"),
                List.of(), false, List.of());
    }

    /** How long a cell may take; 0 for any time. */
    long timeoutMillis() {
        var text = values.getOrDefault("--timeout", "0");
        if (!text.matches("\\d{1,9}(\\.\\d{1,3})?")) {
            throw new Misuse("`--timeout` needs a number of seconds, not `" + text + "`");
        }
        return Math.round(Double.parseDouble(text) * 1000);
    }
}
