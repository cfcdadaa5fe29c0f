package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import tfl.session.ExplainedCall;
import tfl.session.Misuse;
import tfl.session.Session;
import tfl.session.Stopwatch;

/** Runs the prompt's own commands: those that begin with a colon, and {@code ?name}. */
final class PromptCommands {
    private final Evaluator evaluator;
    private final LineReader reader;

    PromptCommands(Evaluator evaluator, LineReader reader) {
        this.evaluator = evaluator;
        this.reader = reader;
    }

    /** Whether the line was a command; then it has run. */
    boolean tryRun(String line) {
        var text = line.strip();
        if (text.startsWith("?")) {
            explain(text.substring(1).strip(), "doc");
        } else if (text.endsWith("??") && text.length() > 2) {
            explain(text.substring(0, text.length() - 2).strip(), "source");
        } else if (text.endsWith("?") && text.length() > 1) {
            explain(text.substring(0, text.length() - 1).strip(), "doc");
        } else if (text.startsWith(":")) {
            command(text);
        } else {
            return false;
        }
        return true;
    }

    private void explain(String name, String service) {
        evaluator.guarded(() -> evaluator.say(evaluator.session().service(service, name).asString().stripTrailing()));
    }

    private void command(String text) {
        int space = text.indexOf(' ');
        var word = space < 0 ? text : text.substring(0, space);
        var rest = space < 0 ? "" : text.substring(space + 1).strip();
        var command = Arrays.stream(PromptCommand.values()).filter(each -> each.word().equals(word)).findFirst()
                .orElseThrow(() -> new Misuse("there is no command " + word + "; :help lists them"));
        if (command.needsArgument() && rest.isEmpty()) {
            throw new Misuse(command.line().strip().replaceAll(" {2,}", ": "));
        }
        run(command, rest);
    }

    private void run(PromptCommand command, String rest) {
        switch (command) {
            case HELP -> help();
            case VARS -> evaluator.guarded(this::variables);
            case DROP -> evaluator.guarded(() -> evaluator.session().service("drop", rest));
            case RESET -> evaluator.reset();
            case UNDO -> evaluator.say(evaluator.undo() ? "undone" : "nothing to undo");
            case TIME -> evaluator.guarded(() -> stopwatch().once(fragment(rest)));
            case TIMEIT -> evaluator.guarded(() -> stopwatch().often(fragment(rest)));
            case EXPLAIN -> evaluator.guarded(() -> evaluator.show(evaluator.session().runFragment(
                    ExplainedCall.of(rest))));
            case LOAD -> evaluator.load(Path.of(rest));
            case SAVE -> save(Path.of(rest));
            case EDIT -> edit(rest);
            case MEM -> evaluator.guarded(this::memory);
            case BT -> evaluator.backtrace();
            case APROPOS -> explain(rest, "apropos");
            case QUIT -> throw new EndOfFileException();
        }
    }

    private Stopwatch stopwatch() {
        return new Stopwatch(evaluator.session(), evaluator::show, evaluator::say);
    }

    private Source fragment(String code) {
        return evaluator.session().fragment(code);
    }

    private void help() {
        evaluator.say(Arrays.stream(PromptCommand.values()).map(PromptCommand::line).collect(Collectors.joining("\n")));
        evaluator.say("  ?name            explains a name; name?? shows its source");
        evaluator.say("  a trailing ;     hides the value; `ans` is the last value; ^C stops, ^R searches the history");
    }

    private void variables() {
        var rows = evaluator.session().service("vars");
        if (rows.getArraySize() == 0) {
            evaluator.say("no variables yet");
        }
        for (long i = 0; i < rows.getArraySize(); i++) {
            var row = rows.getArrayElement(i);
            evaluator.say(String.format("  %-16s %-24s %10s  %s", cell(row, "name"), cell(row, "type"),
                    cell(row, "bytes"), cell(row, "device")).stripTrailing());
        }
    }

    private static String cell(Value row, String name) {
        var value = row.getMember(name);
        return value == null || value.isNull() ? "" : value.toString();
    }

    private void memory() {
        var memory = evaluator.session().service("memory");
        evaluator.say("tensors " + cell(memory, "used") + ", kept for reuse " + cell(memory, "cached") + ", limit "
                + cell(memory, "limit"));
    }

    private void save(Path file) {
        var text = String.join("\n", evaluator.accepted()) + "\n";
        try {
            var aside = Files.createTempFile(file.toAbsolutePath().getParent(), ".tfl", null);
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new Misuse(file + " cannot be written: " + problem.getMessage());
        }
        evaluator.say("wrote " + evaluator.accepted().size() + " inputs to " + file);
    }

    private void edit(String name) {
        if (!name.isEmpty()) {
            Repl.edit(Path.of(name));
            evaluator.load(Path.of(name));
            return;
        }
        try {
            var file = Files.createTempFile("input", ".tfl");
            Files.writeString(file, evaluator.accepted().isEmpty() ? "" : evaluator.accepted().getLast() + "\n");
            Repl.edit(file);
            var text = Session.read(file).stripTrailing();
            Files.delete(file);
            reader.getHistory().add(text);
            evaluator.say(text);
            evaluator.input(text);
        } catch (IOException problem) {
            throw new Misuse("no temporary file can be written: " + problem.getMessage());
        }
    }
}
