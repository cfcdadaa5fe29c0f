package tfl.embedding;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** Errors of the polyglot API as ours. */
final class Errors {
    private static final int COLUMNS = 100;

    private Errors() {}

    static TflError of(PolyglotException error) {
        if (error.isHostException()) {
            return host(error);
        } else if (error.isResourceExhausted()) {
            return new LimitExceeded(facts("limit", "TFL-E0643", error.getMessage(),
                    "Tfl.builder().memoryLimit sets it; this session and its values cannot be used any more", error),
                    error);
        } else if (error.isExit()) {
            return new TflError(facts("exit", "", "the program ended itself with status " + error.getExitStatus(), "",
                    error), error);
        } else if (error.isInterrupted()) {
            return new TflError(facts("interrupt", "TFL-E0293", "interrupted", "", error), error);
        }
        var guest = error.getGuestObject();
        return guest != null && guest.hasMember("report") ? guest(error, guest)
                : new TflError(facts("internal", "TFL-E0299", "a bug in TFL: " + error.getMessage(),
                        "please report it with this program", error), error);
    }

    private static TflError guest(PolyglotException error, Value guest) {
        var place = error.getSourceLocation();
        return new TflError(new TflError.Facts(text(guest, "message"), text(guest, "code"), text(guest, "kind"),
                text(guest, "help"), text(guest, "file"), guest.getMember("line").asInt(), column(place),
                guest.getMember("report").execute(COLUMNS, false, true).asString()), error);
    }

    private static String text(Value guest, String member) {
        return guest.getMember(member).asString();
    }

    /** An exception of Java passes through the program as it is, if it is ours; else it is the cause. */
    private static TflError host(PolyglotException error) {
        var thrown = error.asHostException();
        return thrown instanceof TflError own ? own : new TflError(facts("host", "", "a Java function failed: " + thrown,
                "", error), thrown);
    }

    /** What is known where the program itself has nothing to tell. */
    static TflError.Facts facts(String kind, String code, String message, String help, PolyglotException error) {
        var place = error == null ? null : error.getSourceLocation();
        var file = place == null ? "" : place.getSource().getName();
        int line = place == null ? 0 : place.getStartLine();
        var report = "error: " + message + "\n" + (place == null ? "" : "  --> " + file + ":" + line + ":"
                + column(place) + "\n") + (help.isEmpty() ? "" : "   help: " + help + "\n");
        return new TflError.Facts(message, code, kind, help, file, line, column(place), report);
    }

    private static int column(SourceSection place) {
        return place == null ? 0 : place.getStartColumn();
    }
}
