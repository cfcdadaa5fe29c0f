package tfl.repl;

import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import tfl.session.Greek;

/** TAB behind {@code \\alpha} puts the letter there; behind anything else it completes. */
final class LetterWidget {
    private static final String NAME = "letter-or-complete";

    private LetterWidget() {}

    static void bind(LineReader reader) {
        reader.getWidgets().put(NAME, () -> {
            if (!replace(reader)) {
                reader.callWidget(LineReader.EXPAND_OR_COMPLETE);
            }
            return true;
        });
        for (var map : new String[] {LineReader.EMACS, LineReader.VIINS, LineReader.MAIN}) {
            reader.getKeyMaps().get(map).bind(new Reference(NAME), KeyMap.ctrl('I'));
        }
    }

    private static boolean replace(LineReader reader) {
        var buffer = reader.getBuffer();
        var before = buffer.upToCursor();
        int slash = before.lastIndexOf('\\');
        var letter = slash < 0 ? null : Greek.letter(before.substring(slash + 1));
        if (letter == null) {
            return false;
        }
        buffer.backspace(before.length() - slash);
        buffer.write(letter);
        return true;
    }
}
