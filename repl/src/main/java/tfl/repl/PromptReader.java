package tfl.repl;

import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.Highlighter;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp;
import tfl.session.Session;

/**
 * The line editor: JLine's, with a hint below the input that shows the call being typed, and pasted transcripts taken
 * down to what was typed in them.
 */
final class PromptReader extends LineReaderImpl {
    private static final String CLOSE = "close-block";
    private static final int INDENT = 2;
    private final CallHint hint;

    PromptReader(Terminal terminal, Session session, boolean colour) {
        super(terminal, "tfl", null);
        this.hint = new CallHint(session, colour);
        setParser(new InputParser(() -> peekCharacter(1) >= 0));
        setCompleter(new Completion(session));
        variable(SECONDARY_PROMPT_PATTERN, Transcript.CONTINUATION);
        variable(INDENTATION, INDENT);
        variable(BLINK_MATCHING_PAREN, 0L);
        option(Option.DISABLE_EVENT_EXPANSION, true);
        option(Option.HISTORY_IGNORE_SPACE, true);
        option(Option.HISTORY_REDUCE_BLANKS, false);
        option(Option.BRACKETED_PASTE, true);
        option(Option.INSERT_TAB, false);
        if (colour) {
            setHighlighter(new tfl.repl.Highlighter());
            setAutosuggestion(SuggestionType.HISTORY);
        } else {
            setHighlighter(PLAIN);
        }
        bindKeys();
    }

    private static final Highlighter PLAIN = (reader, text) -> new AttributedString(text);

    /** Emacs' keys or vi's. */
    void useKeys(boolean vi) {
        setKeyMap(vi ? VIINS : EMACS);
        getKeyMaps().put(MAIN, getKeyMaps().get(vi ? VIINS : EMACS));
    }

    private void bindKeys() {
        LetterWidget.bind(this);
        getWidgets().put(CLOSE, this::closeBlock);
        for (var map : List.of(EMACS, VIINS)) {
            var keys = getKeyMaps().get(map);
            keys.bind(new Reference(CLOSE), "}");
            bind(keys, InfoCmp.Capability.key_up, "A", UP_LINE_OR_SEARCH);
            bind(keys, InfoCmp.Capability.key_down, "B", DOWN_LINE_OR_SEARCH);
        }
    }

    /** Terminals send one of two sequences for an arrow, whatever their description says. */
    private void bind(KeyMap<org.jline.reader.Binding> keys, InfoCmp.Capability key, String letter, String widget) {
        var described = KeyMap.key(terminal, key);
        if (described != null) {
            keys.bind(new Reference(widget), described);
        }
        keys.bind(new Reference(widget), "\033[" + letter, "\033O" + letter);
    }

    /** A brace that closes a block goes back to where the block began. */
    private boolean closeBlock() {
        var before = buf.upToCursor();
        int line = before.lastIndexOf('\n') + 1;
        if (line > 0 && before.length() - line >= INDENT && before.substring(line).isBlank()) {
            buf.backspace(INDENT);
        }
        putString("}");
        return true;
    }

    @Override
    public boolean beginPaste() {
        int start = buf.cursor();
        boolean done = super.beginPaste();
        int end = buf.cursor();
        if (end > start) {
            var pasted = buf.substring(start, end);
            // The line break at the end of a copied line is no wish for another line.
            var stripped = Transcript.strip(pasted).stripTrailing();
            if (!stripped.equals(pasted)) {
                buf.backspace(end - start);
                buf.write(stripped);
            }
        }
        return done;
    }

    @Override
    protected void redisplay(boolean flush) {
        boolean editing = post == null && isTyping() && !isInSearch();
        var below = editing ? hint.at(buf.toString(), buf.cursor(), size.getColumns()) : null;
        if (below == null) {
            super.redisplay(flush);
            return;
        }
        post = () -> below;
        super.redisplay(flush);
        post = null;
    }

    /** Whether the line is being typed; false once it is accepted. */
    boolean isTyping() {
        return state == State.NORMAL;
    }

    private boolean isInSearch() {
        return searchTerm != null && searchTerm.length() > 0;
    }
}
