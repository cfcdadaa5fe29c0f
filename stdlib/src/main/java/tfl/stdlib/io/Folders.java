package tfl.stdlib.io;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.Permission;

/** Making and removing folders. */
final class Folders {
    /** The temporary folders of sessions that have not ended; the process may end before they do. */
    private static final Set<TruffleFile> TEMPORARY = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> TEMPORARY.forEach(Folders::removeAll)));
    }

    private Folders() {}

    /** Makes a folder and those above it, where they are not there yet. */
    static void make(String name) {
        try {
            Files.path(name).createDirectories();
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    /** Removes a file or an empty folder. */
    static void remove(String name) {
        try {
            Files.path(name).delete();
        } catch (DirectoryNotEmptyException full) {
            throw IoErrors.of(name, new IOException("the folder is not empty"));
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    /** A fresh folder, which goes with all in it when the session ends. */
    static String temporary(TflContext session) {
        Permission.FILES.check("cannot make a temporary folder");
        try {
            var folder = session.env().createTempDirectory(null, "tfl-");
            TEMPORARY.add(folder);
            session.atEnd(() -> removeAll(folder));
            return folder.getPath();
        } catch (IOException problem) {
            throw IoErrors.of("a temporary folder", problem);
        }
    }

    private static void removeAll(TruffleFile folder) {
        TEMPORARY.remove(folder);
        try {
            remove(folder);
        } catch (IOException | SecurityException kept) {
            // The session is over: what cannot be removed stays for the system, which clears such folders too.
        }
    }

    private static void remove(TruffleFile file) throws IOException {
        if (!file.isSymbolicLink() && file.isDirectory()) {
            for (var each : file.list()) {
                remove(each);
            }
        }
        if (file.exists() || file.isSymbolicLink()) {
            file.delete();
        }
    }
}
