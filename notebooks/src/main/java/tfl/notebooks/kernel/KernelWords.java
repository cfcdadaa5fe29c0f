package tfl.notebooks.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.session.Misuse;

/**
 * The words behind {@code tfl kernel install} and its neighbours.
 *
 * @param values of the options that were given; an option without a value has an empty one
 * @param rest what is no option
 */
record KernelWords(Map<String, String> values, List<String> rest) {
    static KernelWords of(List<String> words, List<String> switches, List<String> options) {
        var values = new LinkedHashMap<String, String>();
        var rest = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            int equals = word.indexOf('=');
            var name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (switches.contains(word)) {
                values.put(word, "");
            } else if (options.contains(name)) {
                if (equals < 0 && i + 1 == words.size()) {
                    throw new Misuse(name + " needs a value");
                }
                values.put(name, name.equals(word) ? words.get(++i) : word.substring(equals + 1));
            } else if (word.startsWith("-")) {
                throw new Misuse("there is no option " + word + " here");
            } else {
                rest.add(word);
            }
        }
        return new KernelWords(values, rest);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    String value(String option, String otherwise) {
        return values.getOrDefault(option, otherwise);
    }

    /** No more than so many words that are no options. */
    KernelWords atMost(int count) {
        if (rest.size() > count) {
            throw new Misuse("`" + rest.get(count) + "` is one word too many");
        }
        return this;
    }
}
