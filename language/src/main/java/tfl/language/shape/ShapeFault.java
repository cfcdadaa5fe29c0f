package tfl.language.shape;

import java.util.List;
import java.util.Optional;
import tfl.language.source.Problem;
import tfl.language.source.Span;

/**
 * A mistake that shapes show before anything runs, with the code and the words that the running program would end
 * with.
 */
public record ShapeFault(String code, String message, String label, Optional<String> help) implements Problem {
    private static final int LONGEST = 30;

    /** Thrown by the rules, which do not know where they are applied. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final String template;
        private final String help;
        private final List<String> words;

        /** @param words what to call the operands, which stand as {0} and {1} in the texts, when they have no name */
        Mismatch(String code, String template, String help, String... words) {
            super(template, null, false, false);
            this.code = code;
            this.template = template;
            this.help = help;
            this.words = List.of(words);
        }

        /** With the operands called as the text calls them. */
        ShapeFault named(String prefix, String label, List<Optional<String>> operands) {
            return new ShapeFault(code, prefix + fill(template, operands), label,
                    Optional.ofNullable(help).map(text -> fill(text, operands)));
        }

        private String fill(String text, List<Optional<String>> operands) {
            var filled = text;
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                filled = filled.replace("{" + i + "}", i < operands.size() ? operands.get(i).orElse(word) : word);
            }
            return filled;
        }
    }

    /** The text of an operand, unless it is too long to stand in a sentence. */
    static Optional<String> operand(Span span) {
        return Optional.of(span.text()).filter(text -> !text.isEmpty() && text.length() <= LONGEST
                && text.indexOf('\n') < 0);
    }

    /** {@code x: f32[2, 3] · y: f32[3, 2]}; nothing where a dtype is not known. */
    static String label(Span left, Value a, Span right, Value b) {
        return isShown(a) && isShown(b) ? label(left, a) + " · " + label(right, b) : "";
    }

    static String label(Span span, Value value) {
        return isShown(value) ? operand(span).map(text -> text + ": ").orElse("") + value : "";
    }

    private static boolean isShown(Value value) {
        return value instanceof Value.Tensor tensor && tensor.dtype() != null && tensor.shape() != null
                && tensor.shape().stream().allMatch(Dim::isKnown);
    }
}
