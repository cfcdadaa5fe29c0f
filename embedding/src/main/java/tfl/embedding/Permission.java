package tfl.embedding;

/**
 * What a program may do outside itself. {@link Tfl#open} grants none of these: a program computes, prints, and calls
 * what it is handed. An act without its permission is an error that names it, of {@link TflError#kind kind}
 * {@code permission}.
 */
public enum Permission {
    /** To read any file that this process may read: {@code io.load}, {@code data}, {@code import "./part.tfl"}. */
    READ_FILES,
    /** To write and remove files too, as this process may; includes {@link #READ_FILES}. */
    WRITE_FILES,
    /** To connect to other machines: {@code data.download}, which also writes a file. */
    NETWORK,
    /** To use every Java class: {@code import java "java.time.Instant"}. Whoever has this has all the others. */
    JAVA_CLASSES,
    /** To have threads of its own, which {@code data} streams use to work ahead. They do without where there are none. */
    THREADS,
    /** To see the variables of the environment: {@code TFL_DATA}. */
    ENVIRONMENT
}
