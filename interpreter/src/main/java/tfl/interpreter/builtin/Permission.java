package tfl.interpreter.builtin;

import com.oracle.truffle.api.TruffleLanguage.Env;
import java.util.function.Predicate;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;

/** What a program may do outside itself only if whoever embeds TFL grants it. */
public enum Permission {
    FILES("TFL-E0640", "may use no files", "Permission.READ_FILES or WRITE_FILES", "allowIO(IOAccess.ALL)",
            Env::isFileIOAllowed),
    NETWORK("TFL-E0641", "may not use the network", "Permission.NETWORK",
            "allowIO with IOAccess.newBuilder().allowHostSocketAccess(true)", Env::isSocketIOAllowed),
    JAVA("TFL-E0642", "may use no Java classes", "Permission.JAVA_CLASSES",
            "allowHostAccess(HostAccess.ALL) and allowHostClassLookup(name -> ...)", Env::isHostLookupAllowed);

    private final String code;
    private final String what;
    private final String granted;
    private final String polyglot;
    private final Predicate<Env> given;

    Permission(String code, String what, String granted, String polyglot, Predicate<Env> given) {
        this.code = code;
        this.what = what;
        this.granted = granted;
        this.polyglot = polyglot;
        this.given = given;
    }

    /** Whether the current session has it. */
    public boolean isGiven() {
        return given.test(TflContext.get(null).env());
    }

    /**
     * Lets a program pass that has it.
     *
     * @param act what the program cannot do without it, such as {@code cannot use the file x.npy}
     * @throws TflException that names the permission, if the session does not have it
     */
    public void check(String act) {
        if (!isGiven()) {
            throw refused(act + ": this program " + what);
        }
    }

    /** The error of an act that the file system refuses which the session was given. */
    public static TflException refusedBy(SecurityException system) {
        return FILES.refused("the file system that this program was given refuses: " + system.getMessage());
    }

    private TflException refused(String message) {
        return TflException.of(ErrorKind.PERMISSION, code, message, "who runs the program grants it with " + granted
                + " (Tfl.builder().allow), or " + polyglot + " on the builder of a polyglot Context");
    }
}
