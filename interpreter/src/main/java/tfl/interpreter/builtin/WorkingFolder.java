package tfl.interpreter.builtin;

import java.nio.file.Path;
import tfl.interpreter.TflContext;

/** Where relative paths start: the session's working folder, which whoever embeds TFL may set. */
public final class WorkingFolder {
    private WorkingFolder() {}

    /**
     * The file or folder that a program means by a name.
     *
     * @throws java.nio.file.InvalidPathException if it is no path
     */
    public static Path resolve(String name) {
        var path = Path.of(name);
        if (path.isAbsolute()) {
            return path;
        }
        var folder = Path.of(TflContext.get(null).env().getCurrentWorkingDirectory().getPath());
        return folder.equals(Path.of("").toAbsolutePath()) ? path : folder.resolve(path);
    }
}
