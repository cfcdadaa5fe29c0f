package tfl.repl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.session.Misuse;

/**
 * The words of a command line, options told from the rest. Written out, because a start must not wait for a library
 * that finds the options by reflection.
 *
 * @param flags the options given, with their values; those that take none have an empty one
 * @param words what is no option
 */
record CommandLine(Map<Flag, String> flags, List<String> words) {

    /** Options up to the first word that is none; all the rest are words. */
    static CommandLine leading(List<String> given, Set<Flag> known) {
        return parse(given, known, true);
    }

    /** Options wherever they stand, up to {@code --}. */
    static CommandLine anywhere(List<String> given, Set<Flag> known) {
        return parse(given, known, false);
    }

    private static CommandLine parse(List<String> given, Set<Flag> known, boolean stopAtWord) {
        var flags = new EnumMap<Flag, String>(Flag.class);
        var words = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            var word = given.get(i);
            boolean option = word.length() > 1 && word.startsWith("-");
            if (word.equals("--") || !option && stopAtWord) {
                words.addAll(given.subList(option ? i + 1 : i, given.size()));
                break;
            }
            if (!option) {
                words.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            var flag = find(equals < 0 ? word : word.substring(0, equals), known);
            if (flag.takesValue() && equals < 0 && ++i == given.size()) {
                throw new Misuse("`" + flag.spelling() + "` needs a value: " + flag.spelling() + " "
                        + flag.parameter());
            }
            if (!flag.takesValue() && !flag.mayHaveValue() && equals >= 0) {
                throw new Misuse("`" + flag.spelling() + "` takes no value");
            }
            flags.put(flag, equals >= 0 ? word.substring(equals + 1) : flag.takesValue() ? given.get(i) : "");
        }
        return new CommandLine(flags, List.copyOf(words));
    }

    private static Flag find(String spelling, Set<Flag> known) {
        var full = spelling.equals("-h") ? "--help" : spelling.equals("-V") ? "--version" : spelling;
        for (var flag : known) {
            if (flag.spelling().equals(full)) {
                return flag;
            }
        }
        throw new Misuse("unknown option `" + spelling + "`");
    }

    boolean has(Flag flag) {
        return flags.containsKey(flag);
    }

    /** The option's value, or null if it is not given. */
    String value(Flag flag) {
        return flags.get(flag);
    }

    /** The seed, or null. */
    Long seed() {
        var text = value(Flag.SEED);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException notWhole) {
            throw new Misuse("`--seed` needs a whole number, not `" + text + "`");
        }
    }

    /** The words as paths, at least one. */
    List<String> paths() {
        if (words.isEmpty()) {
            throw new Misuse("a file or folder is missing");
        }
        return words;
    }
}
