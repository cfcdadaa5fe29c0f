package tfl.notebooks.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where Jupyter looks for kernels, and keeps the files of those that run. */
final class JupyterFolders {
    private static final String KERNELS = "kernels";

    private JupyterFolders() {}

    /** Of this user. */
    static Path user() {
        var data = variable("JUPYTER_DATA_DIR");
        if (data != null) {
            return Path.of(data, KERNELS);
        }
        var xdg = variable("XDG_DATA_HOME");
        var home = System.getProperty("user.home");
        return System.getProperty("os.name").startsWith("Mac") ? Path.of(home, "Library/Jupyter", KERNELS)
                : (xdg == null ? Path.of(home, ".local/share") : Path.of(xdg)).resolve("jupyter").resolve(KERNELS);
    }

    /** Below a prefix, such as {@code /usr/local} or that of a virtual environment. */
    static Path below(String prefix) {
        return Path.of(prefix, "share/jupyter", KERNELS);
    }

    /** All of them, first those that win. */
    static List<Path> all() {
        var folders = new ArrayList<Path>();
        var path = variable("JUPYTER_PATH");
        if (path != null) {
            for (var entry : path.split(":")) {
                folders.add(Path.of(entry, KERNELS));
            }
        }
        folders.add(user());
        for (var name : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            if (variable(name) != null) {
                folders.add(below(variable(name)));
            }
        }
        folders.add(below("/usr/local"));
        folders.add(below("/usr"));
        return folders;
    }

    /** Where connection files are. */
    static Path runtime() {
        var given = variable("JUPYTER_RUNTIME_DIR");
        return given != null ? Path.of(given) : user().resolveSibling("runtime");
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
