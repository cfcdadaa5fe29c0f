package tfl.session;

/** How a process ends. */
public final class ExitStatus {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int MISUSE = 2;
    /** As shells say it of a program that an interrupt ended. */
    public static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
