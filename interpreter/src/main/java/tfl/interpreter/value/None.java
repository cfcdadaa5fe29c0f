package tfl.interpreter.value;

/** The value {@code none}. */
public enum None {
    NONE;

    @Override
    public String toString() {
        return "none";
    }
}
