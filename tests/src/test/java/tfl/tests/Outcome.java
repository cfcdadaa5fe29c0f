package tfl.tests;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/**
 * What a program did.
 *
 * @param output standard output
 * @param code the code of the error that ended it, or an empty string
 * @param report the text of the error, or an empty string
 */
record Outcome(String output, String code, String report) {
    boolean failed() {
        return !report.isEmpty();
    }

    /** Runs a program in a context of its own; {@code file} is where imports start from, and may be null. */
    static Outcome of(Program program, Path file, String... arguments) {
        return of(program, file, Path.of(""), arguments);
    }

    /** Runs a program whose relative paths start from a folder. */
    static Outcome in(Path folder, Program program) {
        return of(program, null, folder);
    }

    private static Outcome of(Program program, Path file, Path folder, String... arguments) {
        var out = new ByteArrayOutputStream();
        try (var context = Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out)
                .in(InputStream.nullInputStream())
                .currentWorkingDirectory(folder.toAbsolutePath()).option("engine.WarnInterpreterOnly", "false")
                .arguments("tfl", arguments).build()) {
            return run(context, source(program, file), out);
        }
    }

    private static Source source(Program program, Path file) {
        var builder = Source.newBuilder("tfl", program.text(), program.name());
        return (file == null ? builder : builder.uri(file.toUri())).buildLiteral();
    }

    // The report is asked for while the context is open.
    private static Outcome run(Context context, Source source, ByteArrayOutputStream out) {
        try {
            context.eval(source);
            return new Outcome(out.toString(StandardCharsets.UTF_8), "", "");
        } catch (PolyglotException error) {
            return failed(out.toString(StandardCharsets.UTF_8), error);
        }
    }

    private static Outcome failed(String output, PolyglotException error) {
        var guest = error.getGuestObject();
        if (guest == null || !guest.hasMember("report")) {
            throw new AssertionError("no error of the language: " + error, error);
        }
        return new Outcome(output, guest.getMember("code").asString(),
                guest.getMember("report").execute(100, false, true).asString());
    }
}
