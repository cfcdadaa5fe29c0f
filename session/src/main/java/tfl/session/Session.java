package tfl.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** One running program or prompt: a polyglot context, and the language's services for tools. */
public final class Session implements AutoCloseable {
    public static final String LANGUAGE = "tfl";
    // Without a URI of its own a source is named by a hash, which costs every start a security provider.
    private static final URI TEXT = URI.create("tfl:text");
    // A function that runs kernels gains nothing from machine code of its own, and the compiler would take a
    // processor from them. So only what is called or goes round often is compiled, and once.
    private static final Map<String, String> COMPILATION = Map.of("engine.MultiTier", "false",
            "engine.DynamicCompilationThresholds", "false", "engine.SingleTierCompilationThreshold", "10000");
    private static final long LEAVE_MILLIS = 300;
    private final Engine engine;
    private final Context context;
    private final SessionOptions options;
    private int fragments;

    /** Speaks through the process's own input and, if it has one, terminal. */
    public Session(SessionOptions options, OutputStream out, OutputStream err) {
        this(options, err, builder -> {
            builder.out(out).err(err);
            if (Screen.isTerminal()) {
                builder.option("tfl.Terminal", "true");
            }
        });
    }

    /** Speaks through these streams, of which none is a terminal. */
    public Session(SessionOptions options, InputStream in, OutputStream out, OutputStream err) {
        this(options, err, builder -> builder.in(in).out(out).err(err));
    }

    /** The same; paths in programs begin at that folder. */
    public Session(SessionOptions options, InputStream in, OutputStream out, OutputStream err, Path folder) {
        this(options, err, builder -> builder.in(in).out(out).err(err)
                .currentWorkingDirectory(folder.toAbsolutePath().normalize()));
    }

    private Session(SessionOptions options, OutputStream err, Consumer<Context.Builder> streams) {
        this.options = options;
        this.engine = engine(options, err);
        this.context = context(engine, options, streams);
    }

    private static Engine engine(SessionOptions options, OutputStream err) {
        try {
            return engineBuilder(options, err).options(COMPILATION).build();
        } catch (IllegalArgumentException problem) {
            if (!problem.getMessage().contains("Could not find option")) {
                throw problem;
            }
            return interpreted(options, err);
        }
    }

    /** Where Truffle has no compiler it knows no options for one. */
    private static Engine interpreted(SessionOptions options, OutputStream err) {
        try {
            return engineBuilder(options, err).build();
        } catch (IllegalArgumentException problem) {
            for (var tool : options.tools()) {
                String name = tool.substring(0, tool.indexOf('='));
                if (problem.getMessage().contains("option with name " + name)) {
                    throw new Misuse("--" + name + " needs a tool that is not installed: " + SessionOptions.TOOLS_HELP);
                }
            }
            throw new Misuse(problem.getMessage());
        }
    }

    /** What tools say goes to where errors go, so that it does not mix with what the program writes. */
    private static Engine.Builder engineBuilder(SessionOptions options, OutputStream err) {
        var tools = new ToolOutput(err);
        var builder = Engine.newBuilder(LANGUAGE).allowExperimentalOptions(true).out(tools).err(tools)
                .option("engine.WarnInterpreterOnly", "false");
        for (var tool : options.tools()) {
            int equals = tool.indexOf('=');
            builder.option(tool.substring(0, equals), tool.substring(equals + 1));
        }
        return builder;
    }

    private static Context context(Engine engine, SessionOptions options, Consumer<Context.Builder> streams) {
        var builder = Context.newBuilder(LANGUAGE).engine(engine).allowAllAccess(true)
                .option("tfl.OneThread", "true").arguments(LANGUAGE, options.arguments().toArray(String[]::new));
        if (options.device() != null) {
            builder.option("tfl.Device", options.device());
        }
        if (options.seed() != null) {
            builder.option("tfl.Seed", options.seed().toString());
        }
        if (options.tests()) {
            builder.option("tfl.RunTests", "true");
        }
        streams.accept(builder);
        try {
            return builder.build();
        } catch (IllegalArgumentException problem) {
            engine.close();
            throw new Misuse(problem.getMessage());
        }
    }

    /** Runs a script file. */
    public Value runFile(Path file) {
        return context.eval(build(Source.newBuilder(LANGUAGE, read(file), file.toString()).uri(file.toUri())));
    }

    /** Runs a script that is no file; {@code name} stands in errors. */
    public Value runText(String text, String name) {
        return context.eval(build(Source.newBuilder(LANGUAGE, text, name).uri(TEXT)));
    }

    /** Runs one input of a prompt, which shares the variables of those before. */
    public Value runFragment(String text) {
        return context.eval(fragment(text));
    }

    /** An input of a prompt, to be run once or several times. */
    public Source fragment(String text) {
        fragments++;
        return fragment(text, "<input " + fragments + ">");
    }

    /** The same; {@code name} stands in errors. An equal one means what its names meant when the first was run. */
    public Source fragment(String text, String name) {
        return build(Source.newBuilder(LANGUAGE, text, name).mimeType("text/x-tfl-input"));
    }

    /** An input whose names mean what they mean whenever it is run; {@code name} stands in errors. */
    public Source freshFragment(String text, String name) {
        return build(Source.newBuilder(LANGUAGE, text, name).mimeType("text/x-tfl-input").cached(false));
    }

    /** An input that comes from a file, where its imports start. */
    public Source fragment(String text, Path file) {
        return build(Source.newBuilder(LANGUAGE, text, file.toString()).mimeType("text/x-tfl-input")
                .uri(file.toUri()));
    }

    public Value run(Source source) {
        return context.eval(source);
    }

    /** Calls one of the language's services for tools. */
    public Value service(String name, Object... arguments) {
        return context.getBindings(LANGUAGE).getMember("__session__").getMember(name).execute(arguments);
    }

    /** The debuggers and profilers that can be switched on. */
    public Set<String> instruments() {
        return engine.getInstruments().keySet();
    }

    /** Stops what runs in another thread; the session stays usable. */
    public void interrupt() {
        if (!tryInterrupt()) {
            throw new IllegalStateException("the running operation does not stop");
        }
    }

    /** The same; false if what runs does not stop within 10 s. */
    public boolean tryInterrupt() {
        try {
            context.interrupt(Duration.ofSeconds(10));
            return true;
        } catch (TimeoutException slow) {
            return false;
        }
    }

    /** The text of a guest error, as the user reads it. */
    public String report(PolyglotException error, Screen screen, boolean calls) {
        if (error.isInterrupted() || error.isCancelled()) {
            return "interrupted\n";
        }
        var guest = error.getGuestObject();
        if (guest != null && guest.hasMember("report")) {
            var text = guest.getMember("report").execute(screen.width(), screen.colour(), calls).asString();
            return options.debug() ? text + javaStack(error) : text;
        }
        if (error.isHostException()) {
            return JavaError.report(error, screen) + (options.debug() ? javaStack(error) : "");
        }
        return "error: this is a bug in TFL: " + error.getMessage() + "\n"
                + (options.debug() ? javaStack(error) : "   run again with --debug and report what it prints\n");
    }

    /** The Java stack of an error, for who debugs TFL itself. */
    public static String javaStack(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Runs work, and on a guest error writes the report; the process's exit status. */
    public int guard(Runnable work, PrintStream err, Screen screen) {
        try {
            work.run();
            return ExitStatus.DONE;
        } catch (PolyglotException error) {
            if (error.isExit()) {
                return error.getExitStatus();
            }
            err.print(report(error, screen, true));
            return error.isInterrupted() || error.isCancelled() ? ExitStatus.INTERRUPTED : ExitStatus.FAILED;
        }
    }

    /** The text of a file, or a misuse that names it and says why not. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new Misuse("there is no file " + file);
        } catch (CharacterCodingException binary) {
            throw new Misuse(file + " is not UTF-8 text");
        } catch (AccessDeniedException denied) {
            throw new Misuse("no permission to read " + file);
        } catch (IOException problem) {
            throw new Misuse(file + " cannot be read: " + problem.getMessage());
        }
    }

    public static String readStandardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new Misuse("standard input cannot be read: " + problem.getMessage());
        }
    }

    private static Source build(Source.Builder builder) {
        try {
            return builder.build();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        context.close(true);
        if (options.tools().stream().anyMatch(tool -> tool.startsWith("dap="))) {
            leave();
        } else {
            engine.close(true);
        }
    }

    /** The DAP server would wait until its client is gone, and that one until it sees the program end. */
    private void leave() {
        var closing = Thread.ofPlatform().daemon().start(() -> engine.close(true));
        try {
            closing.join(LEAVE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
