package tfl.editor.model;

/**
 * What a reference says of a name of the prelude or of a library module.
 *
 * @param kind such as {@code function} or {@code struct}
 * @param signature as it is called, such as {@code sum(x, axis=none)}
 * @param doc Markdown, or an empty string
 */
public record Entry(String name, String kind, String signature, String doc) {
    public boolean isFunction() {
        return signature.contains("(");
    }
}
