package tfl.primitive;

/**
 * Which values a primitive's {@code vjp} reads; of the others it may only ask the type, their memory may be
 * gone.
 */
public enum Residuals {
    NONE(false, false),
    INPUTS(true, false),
    OUTPUTS(false, true),
    BOTH(true, true);

    private final boolean inputs;
    private final boolean outputs;

    Residuals(boolean inputs, boolean outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    public boolean inputs() {
        return inputs;
    }

    public boolean outputs() {
        return outputs;
    }
}
