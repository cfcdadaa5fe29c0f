package tfl.notebooks.kernel;

import java.util.function.Consumer;
import tfl.notebooks.cell.Output;

/** Keeps a cell that prints without end from drowning its notebook: what is too much is counted and left out. */
final class TextLimit {
    private final long most;
    private long letters;
    private boolean told;

    /** @param most how many letters a cell may print */
    TextLimit(long most) {
        this.most = most;
    }

    /** A new cell begins. */
    synchronized void reset() {
        letters = 0;
        told = false;
    }

    /** Hands on what is not too much, and once the notice that the rest is left out. */
    synchronized void take(Output.Stream stream, Consumer<Output.Stream> to) {
        long room = most - letters;
        letters += stream.text().length();
        if (stream.text().length() <= room) {
            to.accept(stream);
            return;
        }
        if (room > 0) {
            to.accept(new Output.Stream(stream.name(), whole(stream.text(), (int) room)));
        }
        if (!told) {
            told = true;
            to.accept(new Output.Stream(Output.STDERR, "\n[the cell has printed %,d letters; the rest is left out. "
                    .formatted(most) + "TFL_OUTPUT_LIMIT sets another limit when the kernel starts]\n"));
        }
    }

    /** The beginning of a text, cut between letters. */
    private static String whole(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
