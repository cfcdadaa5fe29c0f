package tfl.kernel;

/** A routine met data it cannot work on, such as a singular matrix. The message is in the user's terms. */
public final class RoutineFailure extends RuntimeException {
    public RoutineFailure(String message) {
        super(message);
    }
}
