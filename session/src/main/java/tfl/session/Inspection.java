package tfl.session;

import java.util.List;

/**
 * What is known of a name in a text.
 *
 * @param start where the name stands
 * @param end and where it ends
 * @param name the name or path as written, such as {@code nn.dense}
 * @param kind its sort, such as {@code fn} or {@code f32[2, 3]}
 * @param signature how it is called; empty for what is no function
 * @param parameters the parameters as the signature shows them, such as {@code axis=none}
 * @param argument which of the parameters the cursor is at, -1 outside of a call's arguments
 * @param doc its documentation, may be empty
 * @param source the text that defines it, empty for what is not written in TFL
 * @param value a short value itself, else empty
 */
public record Inspection(int start, int end, String name, String kind, String signature, List<String> parameters,
        int argument, String doc, String source, String value) {
    public Inspection {
        parameters = List.copyOf(parameters);
    }

    /** Its text for people: head and documentation, and with {@code detail} the source too. */
    public String text(boolean detail) {
        var text = new StringBuilder(signature.isEmpty() ? name + ": " + kind : signature);
        if (!value.isEmpty()) {
            text.append(" = ").append(value);
        }
        if (!doc.isBlank()) {
            text.append('\n').append(doc.stripTrailing());
        }
        if (detail && !source.isBlank()) {
            text.append("\n\n").append(source.stripTrailing());
        }
        return text.toString();
    }
}
