package tfl.repl;

/** How a process ends. */
final class ExitStatus {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSE = 2;
    /** As shells say it of a program that an interrupt ended. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
