package tfl.notebooks.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import tfl.notebooks.protocol.Channels;
import tfl.notebooks.protocol.ConnectionFile;
import tfl.session.ExitStatus;
import tfl.session.Misuse;
import tfl.session.SessionOptions;

/** {@code tfl kernel}: installs TFL in Jupyter, and is what Jupyter starts. */
public final class KernelCommand implements ToolProvider {
    private static final String DEFAULT_NAME = "tfl";
    private static final long USUAL_LETTERS = 10_000_000;
    private static final String HELP = """
            Usage: tfl kernel install [OPTIONS]     Let Jupyter's notebooks run TFL.
                   tfl kernel uninstall [OPTIONS]   Take that back.
                   tfl kernel list                  Show TFL's kernels that Jupyter finds.
                   tfl kernel run [OPTIONS] [FILE]  Be a kernel; Jupyter calls this. Without a connection file it
                                                    writes one, and says where.

            Options:
              --user             for you alone (what happens without --prefix)
              --prefix DIR       below DIR/share/jupyter, for all who look there: /usr/local, a virtual environment
              --name NAME        the kernel's name, if it shall not be tfl
              --display-name TEXT  what menus call it
              --device DEVICE    where its tensors live
              --seed N           what seeds its random generator
              --help             this text
            """;

    @Override
    public String name() {
        return "tfl-kernel";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("Let Jupyter's notebooks run TFL: install, uninstall, list.");
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... words) {
        try {
            return run(out, err, List.of(words));
        } catch (Misuse problem) {
            err.println("tfl: " + problem.getMessage());
            err.println("     `tfl kernel --help` lists what there is");
            err.flush();
            return ExitStatus.MISUSE;
        } finally {
            out.flush();
        }
    }

    private static int run(PrintWriter out, PrintWriter err, List<String> words) {
        if (words.isEmpty() || words.contains("--help")) {
            (words.isEmpty() ? err : out).print(HELP);
            (words.isEmpty() ? err : out).flush();
            return words.isEmpty() ? ExitStatus.MISUSE : ExitStatus.DONE;
        }
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "install" -> install(rest, out);
            case "uninstall" -> uninstall(rest, out);
            case "list" -> list(rest, out);
            case "doctor" -> doctor(out);
            case "run" -> {
                return start(rest, out, err);
            }
            default -> throw new Misuse("there is no `tfl kernel " + words.getFirst() + "`");
        }
        return ExitStatus.DONE;
    }

    private static Path parent(KernelWords words) {
        if (words.has("--user") && words.has("--prefix")) {
            throw new Misuse("--user and --prefix name two places");
        }
        return words.has("--prefix") ? JupyterFolders.below(words.value("--prefix", "")) : JupyterFolders.user();
    }

    private static void install(List<String> given, PrintWriter out) {
        var words = KernelWords.of(given, List.of("--user"),
                List.of("--prefix", "--name", "--display-name", "--device", "--seed")).atMost(0);
        var name = words.value("--name", DEFAULT_NAME);
        var options = new ArrayList<String>();
        for (var option : List.of("--device", "--seed")) {
            if (words.has(option)) {
                options.addAll(List.of(option, words.value(option, "")));
            }
        }
        options(words);
        var spec = KernelSpec.of(parent(words), name);
        spec.install(words.value("--display-name", name.equals(DEFAULT_NAME) ? "TFL" : "TFL (" + name + ")"), options);
        out.println("installed the kernel " + name + " in " + spec.folder());
    }

    private static void uninstall(List<String> given, PrintWriter out) {
        var words = KernelWords.of(given, List.of("--user"), List.of("--prefix", "--name")).atMost(0);
        var spec = KernelSpec.of(parent(words), words.value("--name", DEFAULT_NAME));
        if (!spec.isOurs()) {
            throw new Misuse("there is no kernel of TFL in " + spec.folder());
        }
        spec.uninstall();
        out.println("removed the kernel " + spec.name() + " from " + spec.folder());
    }

    private static void list(List<String> given, PrintWriter out) {
        KernelWords.of(given, List.of(), List.of()).atMost(0);
        var found = KernelSpec.installed();
        for (var spec : found) {
            out.printf("%-12s %-16s %s%n", spec.name(), spec.display(), spec.folder());
        }
        if (found.isEmpty()) {
            out.println("Jupyter finds no kernel of TFL; `tfl kernel install` makes one");
        }
    }

    /** A line for {@code tfl doctor}: status, detail, help, separated by tabs. */
    private static void doctor(PrintWriter out) {
        var found = KernelSpec.installed();
        if (found.isEmpty()) {
            out.println("warning\tnot installed\t`tfl kernel install` lets Jupyter's notebooks run TFL");
            return;
        }
        var first = found.getFirst();
        boolean starts = Files.isExecutable(Path.of(first.command()));
        out.println(starts ? "ok\tinstalled in " + first.folder() + "\t"
                : "warning\tinstalled in " + first.folder() + ", which starts " + first.command()
                + ", and that is not there\t`tfl kernel install` makes it anew");
    }

    private static SessionOptions options(KernelWords words) {
        try {
            var seed = words.has("--seed") ? Long.valueOf(words.value("--seed", "")) : null;
            return new SessionOptions(words.values().get("--device"), seed, false, List.of(), false, List.of());
        } catch (NumberFormatException noNumber) {
            throw new Misuse("--seed takes an int, not " + words.value("--seed", ""));
        }
    }

    private static int start(List<String> given, PrintWriter out, PrintWriter err) {
        var words = KernelWords.of(given, List.of(), List.of("--device", "--seed")).atMost(1);
        var file = words.rest().isEmpty() ? null : ConnectionFile.read(Path.of(words.rest().getFirst()));
        var log = new Log(err);
        var kernel = new Kernel(new Channels(file == null ? ConnectionFile.local() : file), options(words),
                new History(History.usual(), log), letters(), log);
        var own = file == null ? announce(kernel, out) : null;
        endWithParent(kernel);
        try {
            return kernel.run();
        } finally {
            if (own != null) {
                own.toFile().delete();
            }
        }
    }

    private static Path announce(Kernel kernel, PrintWriter out) {
        var file = JupyterFolders.runtime().resolve("kernel-tfl-" + ProcessHandle.current().pid() + ".json");
        try {
            kernel.connection().write(file);
        } catch (IOException problem) {
            throw new Misuse("no connection file can be written to " + file + ": " + problem.getMessage());
        }
        out.println("clients connect with: --existing " + file);
        out.flush();
        return file;
    }

    private static long letters() {
        var given = System.getenv("TFL_OUTPUT_LIMIT");
        if (given == null || given.isEmpty()) {
            return USUAL_LETTERS;
        }
        if (!given.matches("[1-9][0-9]{0,15}")) {
            throw new Misuse("TFL_OUTPUT_LIMIT is a number of letters, not " + given);
        }
        return Long.parseLong(given);
    }

    /** A kernel whose starter is gone without a word would run for ever. */
    private static void endWithParent(Kernel kernel) {
        var parent = System.getenv("JPY_PARENT_PID");
        if (parent != null && parent.matches("[1-9][0-9]{0,9}")) {
            ProcessHandle.of(Long.parseLong(parent)).ifPresentOrElse(
                    process -> process.onExit().thenRun(kernel::stop), kernel::stop);
        }
    }
}
