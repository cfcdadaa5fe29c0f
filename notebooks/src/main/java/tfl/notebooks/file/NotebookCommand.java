package tfl.notebooks.file;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.spi.ToolProvider;
import tfl.session.ExitStatus;
import tfl.session.Misuse;
import tfl.session.Session;

/** {@code tfl notebook}: runs notebook files, and converts them to scripts and back. */
public final class NotebookCommand implements ToolProvider {
    private static final String HELP = """
            Usage: tfl notebook run FILE.ipynb... [OPTIONS]  Run the cells from the top; the file gets the outputs.
                   tfl notebook convert FROM TO [OPTIONS]    Make a notebook (.ipynb) a script with cell marks (.tfl),
                                                             or a script a notebook.

            Options of run:
              --output FILE    write the notebook with its outputs there
              --seed N         seed the random generator
              --device NAME    compute on this device, such as cpu
              --timeout S      stop a cell that takes longer than S seconds
              --allow-errors   go on behind a cell that fails
              --debug          show the Java stack below an error

            Options of convert:
              --no-outputs     leave the outputs out

            Exit status: 0 done, 1 a cell failed, 2 misuse, 130 interrupted.
            """;

    @Override
    public String name() {
        return "tfl-notebook";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("Run a notebook file without Jupyter; convert it to a script and back.");
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... words) {
        try {
            return run(out, err, List.of(words));
        } catch (Misuse problem) {
            err.println("tfl: " + problem.getMessage());
            err.println("     `tfl notebook --help` lists what there is");
            return ExitStatus.MISUSE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int run(PrintWriter out, PrintWriter err, List<String> words) {
        if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
            (words.isEmpty() ? err : out).print(HELP);
            return words.isEmpty() ? ExitStatus.MISUSE : ExitStatus.DONE;
        }
        var rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "run" -> execute(NotebookOptions.of(rest, Set.of("--allow-errors", "--debug"),
                    Set.of("--output", "--seed", "--timeout", "--device")), err);
            case "convert" -> convert(NotebookOptions.of(rest, Set.of("--no-outputs"), Set.of()), out);
            default -> throw new Misuse("there is no `tfl notebook " + words.getFirst() + "`");
        };
    }

    private static int execute(NotebookOptions options, PrintWriter err) {
        if (options.files().isEmpty()) {
            throw new Misuse("`tfl notebook run` needs a notebook");
        }
        if (options.files().size() > 1 && options.has("--output")) {
            throw new Misuse("`--output` is for one notebook");
        }
        int worst = ExitStatus.DONE;
        for (var name : options.files()) {
            int status = execute(Path.of(name), options, err);
            if (status == ExitStatus.INTERRUPTED) {
                return status;
            }
            worst = Math.max(worst, status);
        }
        return worst;
    }

    private static int execute(Path file, NotebookOptions options, PrintWriter err) {
        var notebook = NotebookFile.read(file);
        var target = options.has("--output") ? Path.of(options.values().get("--output")) : file;
        var run = new NotebookRun(notebook, file.toString(), options.timeoutMillis(), options.has("--allow-errors"),
                err);
        run.check();
        var parent = target.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new Misuse(target + " cannot be written: " + parent + (Files.isDirectory(parent)
                    ? " may not be changed" : " is no folder"));
        }
        var folder = file.toAbsolutePath().getParent();
        int status = run.run(options.session(), folder);
        write(target, run.text());
        return status;
    }

    private static int convert(NotebookOptions options, PrintWriter out) {
        if (options.files().size() != 2) {
            throw new Misuse("`tfl notebook convert` takes two files: from which, and to which");
        }
        var from = Path.of(options.files().getFirst());
        var to = Path.of(options.files().getLast());
        boolean outputs = !options.has("--no-outputs");
        if (from.toString().endsWith(".ipynb") && to.toString().endsWith(".tfl")) {
            write(to, new ScriptWriter(NotebookFile.read(from), outputs).text());
        } else if (from.toString().endsWith(".tfl") && to.toString().endsWith(".ipynb")) {
            write(to, new ScriptReader(from.toString(), Session.read(from), outputs).notebook());
        } else {
            throw new Misuse("`tfl notebook convert` goes from .ipynb to .tfl or from .tfl to .ipynb");
        }
        out.println("wrote " + to);
        return ExitStatus.DONE;
    }

    /** Writes a file aside and renames it, so that none is ever half there. */
    private static void write(Path file, String text) {
        try {
            var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            var aside = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
            try {
                Files.writeString(aside, text);
                if (Files.exists(target)) {
                    Files.setPosixFilePermissions(aside, Files.getPosixFilePermissions(target));
                } else {
                    Files.setPosixFilePermissions(aside,
                            PosixFilePermissions.fromString("rw-r--r--"));
                }
                Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException problem) {
            throw new Misuse(file + " cannot be written: " + problem.getMessage());
        }
    }
}
