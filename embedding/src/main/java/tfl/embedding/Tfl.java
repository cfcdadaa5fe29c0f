package tfl.embedding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * A session of TFL in a Java program.
 *
 * <pre>{@code
 * try (var tfl = Tfl.open()) {
 *     Model model = tfl.load("model.tfl");
 *     float[] scores = model.call(new float[] {1, 2, 3});
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Any thread may use a session, its models and its values, several at once. Calls run side by side;
 * texts given to {@link #run}, {@link #eval} and {@link #load} one after the other, since they may define names.
 * {@link #close} may come from any thread: calls that are running end with a {@link TflError} of kind {@code closed}.
 *
 * <p><b>Permissions and limits.</b> What a session may do outside itself is granted by {@link Builder#allow}; what it
 * may use is limited by {@link Builder#memoryLimit} and {@link Builder#timeLimit}. Sessions are independent: one that
 * is closed by its limit takes no other with it. They share one engine, so that opening one is cheap.
 */
public final class Tfl implements AutoCloseable {
    static final String LANGUAGE = "tfl";
    private final Context context;
    private final Path workingFolder;
    private final Guard guard;
    private final ReentrantLock texts = new ReentrantLock();
    private volatile Functions functions;

    Tfl(Context context, Path workingFolder, Guard guard) {
        this.context = context;
        this.workingFolder = workingFolder;
        this.guard = guard;
    }

    /** A session that may do nothing outside itself but print, with no limits. */
    public static Tfl open() {
        return builder().open();
    }

    /** A session with settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs a program text. What it defines stays for the texts that follow.
     *
     * @throws TflError if it does not parse, or fails
     */
    public void run(String program) {
        evaluate(program);
    }

    /**
     * The value of an expression, or of the last one of several lines.
     *
     * @throws TflError if it does not parse, or fails
     */
    public TflValue eval(String expression) {
        return new TflValue(this, evaluate(expression));
    }

    private Value evaluate(String text) {
        return oneByOne(() -> context.eval(Source.newBuilder(LANGUAGE, text, "<java>").mimeType("text/x-tfl-input")
                .buildLiteral()));
    }

    /**
     * Binds a name for texts that follow, to a value that {@link TflValue#call} would take.
     *
     * @throws TflError if the name is none
     */
    public void set(String name, Object value) {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            throw new TflError("name", "TFL-E0648", "`" + name + "` is no name", "");
        }
        oneByOne(() -> service("setVariable").execute(name, Incoming.of(this, value)));
    }

    /**
     * Loads a {@code .tfl} file as a module of its own; loading it again gives a fresh one. The file itself is read by
     * this Java program and needs no permission; what it imports or reads needs {@link Permission#READ_FILES}.
     *
     * @param path from the working folder, if it is relative
     * @throws TflError if it cannot be read, does not parse, or fails
     */
    public Model load(String path) {
        return load(Path.of(path));
    }

    /** The same. */
    public Model load(Path path) {
        var file = workingFolder.resolve(path).toAbsolutePath().normalize();
        if (!path.toString().endsWith(".tfl")) {
            throw unreadable(path + " is no file of TFL",
                    "its name ends in .tfl; weights are read by a program, with nn.load(path, like)");
        }
        var text = text(path, file);
        return new Model(this, oneByOne(() -> service("load").execute(path.toString(), file.toString(), text)),
                path.getFileName().toString());
    }

    private static String text(Path name, Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw unreadable("there is no file " + name, "looked for " + file);
        } catch (CharacterCodingException binary) {
            throw unreadable(name + " is not UTF-8 text", "");
        } catch (IOException problem) {
            throw unreadable(name + " cannot be read: " + problem.getMessage(), "");
        }
    }

    private static TflError unreadable(String message, String help) {
        return new TflError("io", "TFL-E0645", message, help);
    }

    private Value service(String name) {
        return context.getBindings(LANGUAGE).getMember("__session__").getMember(name);
    }

    /** The context of the polyglot API, for what this type does not offer. */
    public Context context() {
        return context;
    }

    /** Ends the session and frees its memory. Calls that are running end with an error; closing twice does nothing. */
    @Override
    public void close() {
        guard.close(context);
    }

    Functions functions() {
        var known = functions;
        if (known == null) {
            known = Functions.of(context);
            functions = known;
        }
        return known;
    }

    /** Runs a call into the program: within its limits, and with its errors as ours. */
    <T> T guard(Supplier<T> call) {
        return guard.run(context, call);
    }

    private <T> T oneByOne(Supplier<T> call) {
        return guard(() -> {
            texts.lock();
            try {
                return call.get();
            } finally {
                texts.unlock();
            }
        });
    }

    /** What a Java method threw, to be thrown on. */
    static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }

    /** The settings of a session; each has the default that its method names. */
    public static final class Builder {
        private final Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        private final Map<String, String> options = new LinkedHashMap<>();
        private List<String> arguments = List.of();
        private OutputStream out;
        private OutputStream err;
        private Engine engine;
        private Path workingFolder = Path.of("").toAbsolutePath();
        private Duration timeLimit;

        private Builder() {}

        /** Grants permissions, beside those granted before. None by default. */
        public Builder allow(Permission... granted) {
            permissions.addAll(List.of(granted));
            return this;
        }

        /** The seed of the random generator. By default each session draws its own. */
        public Builder seed(long seed) {
            options.put("tfl.Seed", Long.toString(seed));
            return this;
        }

        /** Where tensors live and kernels run: {@code cpu}, which is the default, or another that is installed. */
        public Builder device(String device) {
            options.put("tfl.Device", device);
            return this;
        }

        /**
         * The bytes that the session's values may take together, tensors and others. A tensor beyond it is refused with
         * an error that the program can catch; a session whose other values grow beyond it is closed. By default there
         * is no limit but the process's.
         */
        public Builder memoryLimit(long bytes) {
            options.put("tfl.MemoryLimit", Long.toString(positive(bytes, "a memory limit")));
            return this;
        }

        /**
         * How long one call may take. A call that takes longer ends with {@link LimitExceeded}, within about 0.2 s, and
         * the session is closed. By default calls take as long as they take.
         */
        public Builder timeLimit(Duration limit) {
            positive(limit.toNanos(), "a time limit");
            timeLimit = limit;
            return this;
        }

        private static long positive(long value, String what) {
            if (value <= 0) {
                throw new IllegalArgumentException(what + " is more than 0");
            }
            return value;
        }

        /** What the program sees as {@code __args__}. Nothing by default. */
        public Builder arguments(String... given) {
            arguments = List.of(given);
            return this;
        }

        /** Where {@code print} writes, UTF-8. {@code System.out} by default. */
        public Builder out(OutputStream stream) {
            out = stream;
            return this;
        }

        /** Where warnings go. {@code System.err} by default. */
        public Builder err(OutputStream stream) {
            err = stream;
            return this;
        }

        /**
         * The engine of the polyglot API to use. By default sessions share one of their own. Sessions with {@link
         * Permission#JAVA_CLASSES} and sessions without cannot share one.
         */
        public Builder engine(Engine shared) {
            engine = shared;
            return this;
        }

        /** Where relative paths start. The process's folder by default. */
        public Builder workingFolder(Path folder) {
            workingFolder = folder.toAbsolutePath().normalize();
            return this;
        }

        /**
         * Opens the session.
         *
         * @throws TflError if a setting cannot be
         */
        public Tfl open() {
            var builder = Context.newBuilder(LANGUAGE).engine(engine == null
                    ? Engines.shared(permissions.contains(Permission.JAVA_CLASSES)) : engine)
                    .options(options).arguments(LANGUAGE, arguments.toArray(String[]::new));
            Grants.apply(permissions, builder);
            if (permissions.contains(Permission.READ_FILES) || permissions.contains(Permission.WRITE_FILES)) {
                builder.currentWorkingDirectory(workingFolder);
            }
            if (out != null) {
                builder.out(out);
            }
            if (err != null) {
                builder.err(err);
            }
            try {
                return new Tfl(builder.build(), workingFolder, new Guard(timeLimit));
            } catch (IllegalArgumentException | IllegalStateException setting) {
                throw new TflError("value", "TFL-E0278", setting.getMessage(), "");
            }
        }
    }
}
