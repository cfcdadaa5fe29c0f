package tfl.stdlib.train;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.backend.KernelCancelled;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.ProgressBars;
import tfl.interpreter.builtin.TableModule;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.interpreter.value.None;

/** The rows that {@code train.tfl} is built on. */
public final class MachineModule extends TableModule {
    private static final String MODULE = "train.machine";
    private static final long NOTEBOOK_COLUMNS = 100;
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("columns", "", "The columns for a progress bar: of the terminal, or of a notebook; 0 elsewhere.",
                (context, arguments) -> context.session().isTerminal() ? TerminalWidth.columns()
                        : ProgressBars.of(context.session()).areShown() ? NOTEBOOK_COLUMNS : 0L);
        row("open_bar", "", "A new progress bar, below those that are open.",
                (context, arguments) -> ProgressBars.of(context.session()).open());
        row("draw_bar", "bar, line", "Shows a progress bar's line; an empty one hides it.", (context, arguments) -> {
            ProgressBars.of(context.session()).draw((Long) arguments[0], (String) arguments[1]);
            return None.NONE;
        });
        row("close_bar", "bar, last, kept=false", "Takes a progress bar away from a terminal, where its line may be "
                + "kept; in a notebook it stays with a last text.", (context, arguments) -> {
            ProgressBars.of(context.session()).close((Long) arguments[0], (String) arguments[1],
                    (Boolean) arguments[2]);
            return None.NONE;
        });
        row("warn", "text", "Writes a line to standard error.", (context, arguments) -> {
            context.session().warn((String) arguments[0]);
            return None.NONE;
        });
        file("digest", "The SHA-256 of a file, in hexadecimal.", CheckpointFiles::digest);
        file("settle", "Waits until a file is on the disk.", path -> {
            CheckpointFiles.settle(path);
            return None.NONE;
        });
        file("folder", "Makes a folder, and those above it.", path -> {
            CheckpointFiles.folder(path);
            return None.NONE;
        });
        file("remove", "Removes a file, if it is there.", path -> {
            CheckpointFiles.remove(path);
            return None.NONE;
        });
    }

    /** For {@link java.util.ServiceLoader}. */
    public MachineModule() {
        super(MODULE, ROWS);
    }

    /** What is done with a file. */
    private interface FileAction {
        Object on(TruffleFile path) throws IOException;
    }

    private static void file(String name, String doc, FileAction action) {
        row(name, "path", doc, (context, arguments) -> {
            if (!(arguments[0] instanceof String path)) {
                throw TflException.of(ErrorKind.TYPE, "TFL-E0550", "the folder of checkpoints is a str");
            }
            try {
                return action.on(WorkingFolder.resolve(path));
            } catch (InvalidPathException | NoSuchFileException missing) {
                throw failed("there is no " + path);
            } catch (IOException problem) {
                KernelCancelled.check();
                throw failed(path + ": " + problem.getMessage());
            }
        });
    }

    private static TflException failed(String message) {
        return TflException.of(ErrorKind.IO, "TFL-E0551", message);
    }

    private static void row(String name, String parameters, String doc, Builtin.Body body) {
        ROWS.put(name, Builtin.of(MODULE, name, parameters, doc, (context, arguments) -> {
            Outside.reach(MODULE + "." + name, "reaches the machine");
            return body.call(context, arguments);
        }));
    }
}
