package tfl.interpreter.builtin;

import com.oracle.truffle.api.TruffleFile;
import tfl.interpreter.TflContext;

/** Where relative paths start: the session's working folder, which whoever embeds TFL may set. */
public final class WorkingFolder {
    private WorkingFolder() {}

    /**
     * The file or folder that a program means by a name, in the file system that the session was given. All that
     * programs read and write goes through here.
     *
     * @throws tfl.interpreter.TflException if the session was given none
     * @throws java.nio.file.InvalidPathException if it is no path
     */
    public static TruffleFile resolve(String name) {
        Permission.FILES.check("cannot use the file " + name);
        return TflContext.get(null).env().getPublicTruffleFile(name);
    }

    /** The folder itself, for messages. */
    public static String path() {
        return TflContext.get(null).env().getCurrentWorkingDirectory().getPath();
    }
}
