package tfl.interpreter.builtin.text;

import java.util.Arrays;
import tfl.primitive.ShapeProblem;

/**
 * Text with values in it that only the graph knows: it can be printed, and be the message of an error or an
 * assertion.
 *
 * @param texts what stands before each value, and after the last
 * @param formats of the values; empty for none
 */
public record DeferredText(String[] texts, Object[] values, String[] formats) {
    /** A value as text. */
    public static DeferredText of(Object value) {
        return value instanceof DeferredText text ? text
                : new DeferredText(new String[] {"", ""}, new Object[] {value}, new String[] {""});
    }

    /**
     * The text.
     *
     * @throws ShapeProblem if a value is still not known
     */
    public String text() {
        try {
            return joined();
        } catch (ShapeProblem unknown) {
            throw new ShapeProblem(unknown.code(), unknown.getMessage(),
                    "text of it can be printed, or be the message of an error or an assertion; make other text "
                    + "outside of the graph");
        }
    }

    private String joined() {
        var text = new StringBuilder(texts[0]);
        for (int i = 0; i < values.length; i++) {
            text.append(formats[i].isEmpty() ? ValueText.print(values[i]) : Formatting.format(values[i], formats[i]));
            text.append(texts[i + 1]);
        }
        return text.toString();
    }

    /** The text itself if all values are known by now, else this. */
    public Object settled() {
        try {
            return joined();
        } catch (ShapeProblem unknown) {
            return this;
        }
    }

    /** Whether both are the same text around values. */
    public boolean isLike(DeferredText other) {
        return Arrays.equals(texts, other.texts) && Arrays.equals(formats, other.formats);
    }

    /** The same text around other values. */
    public DeferredText with(Object[] others) {
        return new DeferredText(texts, others, formats);
    }
}
