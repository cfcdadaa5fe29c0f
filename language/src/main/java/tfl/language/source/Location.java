package tfl.language.source;

/**
 * Where an operation of a graph stands: its text, and the calls that led there while it was written down.
 *
 * @param frame the function whose text it is; null for none, such as what calls the graph
 * @param builtin the function of the language that is called there, maybe by another one; null for none
 */
public record Location(Span span, Frame frame, String builtin) {
    /** Of what nobody wrote. */
    public static final Location NONE = new Location(Span.NONE, null, null);

    /**
     * A function that was running; what it does shares it.
     *
     * @param isOfLibrary whether no user wrote it
     * @param call where it was called
     */
    public record Frame(String function, boolean isOfLibrary, Location call) {}

    /** True if it points at a text that someone wrote. */
    public boolean isKnown() {
        return span.isKnown();
    }
}
