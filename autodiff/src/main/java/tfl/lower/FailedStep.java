package tfl.lower;

import tfl.language.source.Location;

/** A step of a graph that failed while it ran, with the place in the source that it was traced from. */
public final class FailedStep extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Location at;

    private FailedStep(RuntimeException cause, Location at) {
        super(cause.getMessage(), cause, false, false);
        this.at = at;
    }

    /** What went wrong in a step that stands there, unless a step within it knows better. */
    public static FailedStep of(RuntimeException problem, Location at) {
        return problem instanceof FailedStep inner ? inner.at.isKnown() ? inner : new FailedStep(inner.problem(), at)
                : new FailedStep(problem, at);
    }

    /** Where the operation stands; {@link Location#NONE} where nobody wrote it. */
    public Location at() {
        return at;
    }

    /** What went wrong. */
    public RuntimeException problem() {
        return (RuntimeException) getCause();
    }
}
