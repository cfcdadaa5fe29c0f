package tfl.primitive;

import java.util.List;

/**
 * The inputs of an operation do not fit each other or it; carries no position, the caller adds it.
 *
 * <p>A primitive does not know what its operands are called, so the text may hold {@code {0}}, {@code {1}},
 * ...: the caller fills in the operands' source text with {@link #message(List)}; {@link #getMessage} fills
 * in plain words.
 */
public final class ShapeProblem extends RuntimeException {
    private static final int MOST_OPERANDS = 8;

    private final String code;
    private final String template;
    private final String help;
    private final List<String> words;
    private final String kinds;

    /**
     * @param code the stable code, such as {@code TFL-E0301}
     * @param template one line in the user's terms, with operand markers
     * @param help the likely fix, with operand markers, or null
     * @param words what to call the operands when nobody knows their names
     */
    public ShapeProblem(String code, String template, String help, String... words) {
        this(code, template, help, List.of(words), "");
    }

    private ShapeProblem(String code, String template, String help, List<String> words, String kinds) {
        super(fill(template, List.of(), words), null, false, false);
        this.code = code;
        this.template = template;
        this.help = help;
        this.words = words;
        this.kinds = kinds;
    }

    /** The same, knowing what kinds of values it is about. */
    ShapeProblem labelled(String newKinds) {
        return new ShapeProblem(code, template, help, words, newKinds);
    }

    /** What kinds of values it is about, for the text beside the underline; empty if only the caller knows. */
    public String kinds() {
        return kinds;
    }

    public String code() {
        return code;
    }

    /** The message with these operand texts; a missing or null text falls back to plain words. */
    public String message(List<String> operands) {
        return fill(template, operands, words);
    }

    /** The likely fix with plain words for the operands, or null. */
    public String help() {
        return help(List.of());
    }

    /** The likely fix with these operand texts, or null. */
    public String help(List<String> operands) {
        return help == null ? null : fill(help, operands, words);
    }

    private static String fill(String template, List<String> operands, List<String> words) {
        var text = template;
        for (int index = 0; text.indexOf('{') >= 0 && index < MOST_OPERANDS; index++) {
            var operand = index < operands.size() ? operands.get(index) : null;
            if (operand == null) {
                operand = index < words.size() ? words.get(index) : "operand " + (index + 1);
            }
            text = text.replace("{" + index + "}", operand);
        }
        return text;
    }
}
