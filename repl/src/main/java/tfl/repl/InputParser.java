package tfl.repl;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import tfl.language.parse.Completeness;
import tfl.session.Brackets;
import tfl.session.Completer;

/** Tells the line reader whether Enter runs the input or continues it, and which word the cursor is in. */
final class InputParser implements Parser {
    private final BooleanSupplier moreIsWaiting;

    /** @param moreIsWaiting whether further keys have come already, as they do when a text is pasted */
    InputParser(BooleanSupplier moreIsWaiting) {
        this.moreIsWaiting = moreIsWaiting;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !line.startsWith(":") && !line.startsWith("?")
                && Completeness.of(Transcript.strip(line)) == Completeness.INCOMPLETE) {
            int open = moreIsWaiting.getAsBoolean() ? 0 : Brackets.depth(line.substring(0, cursor));
            throw new EOFError(-1, cursor, "the input is not complete", null, open, null);
        }
        return word(line, Math.min(cursor, line.length()));
    }

    private static ParsedLine word(String line, int cursor) {
        boolean isCommand = line.startsWith(":") && line.substring(0, cursor).matches(":\\p{L}*");
        int start = isCommand ? 0 : Completer.start(line, cursor);
        return new Word(line, start, cursor);
    }

    @Override
    public boolean isEscapeChar(char character) {
        return false;
    }

    /** The word before the cursor. */
    record Word(String line, int start, int cursor) implements CompletingParsedLine {
        /** Whether it is the name of one of the prompt's own commands. */
        boolean isCommand() {
            return start == 0 && line.startsWith(":");
        }

        @Override
        public String word() {
            return line.substring(start, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return cursor - start;
        }
    }
}
