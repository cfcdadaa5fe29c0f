package tfl.repl;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import tfl.session.Inspection;
import tfl.session.Inspector;
import tfl.session.Session;

/** One line about the call that the cursor is in: its signature, with the parameter that is next. */
final class CallHint {
    private final Inspector inspector;
    private final boolean colour;

    CallHint(Session session, boolean colour) {
        this.inspector = new Inspector(session);
        this.colour = colour;
    }

    /** The hint, at most that wide; null where there is none. */
    AttributedString at(String text, int cursor, int columns) {
        if (columns < 20 || text.indexOf('(') < 0) {
            return null;
        }
        var call = inspector.callAt(text, cursor);
        return call == null || call.signature().isEmpty() ? null : line(call).columnSubSequence(0, columns - 1);
    }

    private AttributedString line(Inspection call) {
        var plain = colour ? AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT) : AttributedStyle.DEFAULT;
        var line = new AttributedStringBuilder();
        var signature = call.signature();
        int at = signature.indexOf('(') + 1;
        line.styled(plain, signature.substring(0, at));
        for (int i = 0; i < call.parameters().size(); i++) {
            var parameter = call.parameters().get(i);
            int start = signature.indexOf(parameter, at);
            if (start < 0) {
                break;
            }
            line.styled(plain, signature.substring(at, start));
            line.styled(i == call.argument() ? AttributedStyle.DEFAULT.bold().underline() : plain, parameter);
            at = start + parameter.length();
        }
        return line.styled(plain, signature.substring(at)).toAttributedString();
    }
}
