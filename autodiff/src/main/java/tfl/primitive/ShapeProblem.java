package tfl.primitive;

/** The inputs of an operation do not fit each other or it; carries no position, the caller adds it. */
public final class ShapeProblem extends RuntimeException {
    private final String code;
    private final String help;

    /**
     * @param code the stable code, such as {@code TFL-E0301}
     * @param message one line in the user's terms
     * @param help the likely fix, or null
     */
    public ShapeProblem(String code, String message, String help) {
        super(message, null, false, false);
        this.code = code;
        this.help = help;
    }

    public String code() {
        return code;
    }

    public String help() {
        return help;
    }
}
