package tfl.notebooks.cell;

/**
 * How a cell ended.
 *
 * @param count its number, as in {@code In [3]}; that of the last cell for one that is not counted
 * @param failure what went wrong, which the sink was told too; null unless {@link Status#FAILED} or {@link
 *     Status#INTERRUPTED}
 * @param exit the exit status, if {@link Status#EXITED}
 */
public record Outcome(Status status, int count, Output.Failure failure, int exit) {
    /** The ways to end; {@code EXITED} when the cell asked the program to end, and the session can run no more. */
    public enum Status { DONE, FAILED, INTERRUPTED, EXITED }

    public boolean isDone() {
        return status == Status.DONE;
    }
}
