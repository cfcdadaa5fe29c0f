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
import tfl.session.ExplainedCall;
import tfl.session.Misuse;
import tfl.session.Stopwatch;

/** Runs the prompt's own commands: those that begin with a colon, and {@code ?name}. */
final class PromptCommands {
    private final Evaluator evaluator;
    private final PromptReader reader;

    PromptCommands(Evaluator evaluator, PromptReader reader) {
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
        evaluator.guarded(() -> {
            var text = evaluator.session().service(service, name).asString().stripTrailing();
            evaluator.say(service.equals("doc") ? Wrapped.of(text, evaluator.screen().width()) : text);
        });
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
            case VARS -> evaluator.guarded(() -> evaluator.say(VariableTable.of(evaluator.session().service("vars"))));
            case DROP -> drop(rest);
            case RESET -> evaluator.reset();
            case UNDO -> evaluator.undo();
            case TIME -> evaluator.guarded(() -> stopwatch(rest).once(fragment(rest)));
            case TIMEIT -> evaluator.guarded(() -> stopwatch(rest).often(fragment(rest)));
            case EXPLAIN -> evaluator.guarded(() -> evaluator.show(evaluator.session().runFragment(
                    ExplainedCall.of(rest))));
            case PROFILE -> evaluator.guarded(() -> profile(rest));
            case LOAD -> load(Path.of(rest));
            case RELOAD -> evaluator.guarded(() -> reload(evaluator.session().service("reload", true)));
            case KEYS -> keys(rest);
            case SAVE -> save(Path.of(rest));
            case EDIT -> edit(rest);
            case MEM -> evaluator.guarded(this::memory);
            case BT -> evaluator.backtrace();
            case APROPOS -> explain(rest, "apropos");
            case QUIT -> throw new EndOfFileException();
        }
    }

    private Stopwatch stopwatch(String code) {
        return new Stopwatch(evaluator.session(), value -> {
            if (!Evaluator.isHidden(code)) {
                evaluator.show(value);
            }
        }, evaluator::say);
    }

    private void profile(String code) {
        var source = fragment(code);
        var profiled = evaluator.session().service("profile", source.getCharacters().toString(), source.getName());
        if (!Evaluator.isHidden(code)) {
            evaluator.show(profiled.getMember("value"));
        }
        evaluator.say(profiled.getMember("profile").getMember("text").asString());
    }

    private Source fragment(String code) {
        return evaluator.session().fragment(code);
    }

    private void help() {
        evaluator.say(Arrays.stream(PromptCommand.values()).map(PromptCommand::line).collect(Collectors.joining("\n")));
        evaluator.say("  ?name            explains a name; name?? shows its source");
        evaluator.say("  a trailing ;     hides the value; `ans` is the last value; ^C stops, ^R searches the history");
    }

    /** Runs a file's inputs as if they were typed. */
    void load(Path file) {
        for (var input : PromptFile.inputs(file)) {
            if (input.startsWith(":")) {
                command(input.strip());
            } else {
                evaluator.fromFile(input, file);
            }
        }
    }

    private void reload(Value lines) {
        for (long i = 0; i < lines.getArraySize(); i++) {
            evaluator.say(lines.getArrayElement(i).asString());
        }
        if (lines.getArraySize() == 0) {
            evaluator.say("no module from a file is in use");
        }
    }

    private void keys(String which) {
        if (!which.equals("vi") && !which.equals("emacs")) {
            throw new Misuse(":keys takes emacs or vi, not " + which);
        }
        reader.useKeys(which.equals("vi"));
    }

    private void drop(String names) {
        for (var name : names.split("[\\s,]+")) {
            if (!evaluator.drop(name)) {
                throw new Misuse("there is no variable " + name + " to drop; :vars lists them");
            }
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
        var inputs = evaluator.accepted();
        try {
            var folder = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                throw new Misuse("there is no folder " + folder);
            }
            var aside = Files.createTempFile(folder, ".tfl", null);
            Files.writeString(aside, SavedScript.of(inputs));
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new Misuse(file + " cannot be written: " + problem.getMessage());
        }
        evaluator.say("wrote " + inputs.size() + (inputs.size() == 1 ? " input to " : " inputs to ") + file);
    }

    private void edit(String name) {
        if (!name.isEmpty()) {
            Editor.open(Path.of(name), reader.getTerminal());
            load(Path.of(name));
            return;
        }
        var history = reader.getHistory();
        int last = history.last();
        // The last entry is this command itself.
        while (last >= history.first() && last >= 0 && history.get(last).strip().startsWith(":")) {
            last--;
        }
        var before = last < history.first() || last < 0 ? "" : history.get(last) + "\n";
        var text = Editor.edit(before, reader.getTerminal());
        if (!text.isBlank()) {
            history.add(text);
            evaluator.say(text);
            evaluator.input(text);
        }
    }
}
