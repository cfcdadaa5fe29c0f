package tfl.interpreter.translate;

import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.source.Source;
import tfl.interpreter.TflContext;

/**
 * Where the paths of a text's imports start.
 *
 * @param known null where the session may use no files
 */
record Folder(TruffleFile known) {
    /** The session's working folder. */
    static Folder of(TflContext session) {
        var env = session.env();
        return new Folder(env.isFileIOAllowed() ? env.getCurrentWorkingDirectory() : null);
    }

    /** The folder of the file that a text is from; the session's if it is from none. */
    static Folder of(TflContext session, Source source) {
        boolean isFile = session.env().isFileIOAllowed() && "file".equals(source.getURI().getScheme());
        var file = isFile ? session.env().getPublicTruffleFile(source.getURI()).getParent() : null;
        return file != null ? new Folder(file) : of(session);
    }

    /** What a program sees as {@code __dir__}. */
    String path() {
        return known == null ? "" : known.getPath();
    }

    TruffleFile file(String target) {
        return known.resolve(target).normalize();
    }
}
