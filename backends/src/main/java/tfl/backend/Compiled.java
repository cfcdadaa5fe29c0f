package tfl.backend;

/** Code that a kernel was compiled to, for who wants to look at it. */
public interface Compiled {
    /** The forms that code takes on its way. */
    enum Form {
        /** What the generator wrote. */
        WRITTEN,
        /** After the compiler's passes. */
        OPTIMISED,
        /** Instructions of the machine. */
        ASSEMBLY
    }

    /** The text of one form; it is made anew, which takes as long as compiling. */
    String text(Form form);

    /** How long it took to get ready. */
    long nanos();

    /** When it was ready, as {@link System#nanoTime} tells. */
    long readyAt();

    /** Whether it was compiled earlier and read from disk. */
    boolean isFromDisk();
}
