package tfl.repl;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import tfl.session.Misuse;

/** How a terminal shows pictures: by one of three protocols, as coloured blocks, or not at all. */
enum Graphics {
    KITTY, SIXEL, ITERM, BLOCKS, NONE;

    private static final String VARIABLE = "TFL_PICTURES";
    /** A picture of one pixel that Kitty's protocol only asks about, then the question every terminal answers. */
    private static final String QUESTION = "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\\033[c";
    private static final long PATIENCE_MILLIS = 500;
    private static final int SIXEL_ATTRIBUTE = 4;

    /**
     * What a terminal can do, and what else was read while it answered.
     *
     * @param typed keys that a person pressed in the meantime
     */
    record Answer(Graphics graphics, String typed) {}

    /** Asks the environment, then the terminal itself, which takes a moment. */
    static Answer of(Terminal terminal) {
        var wish = System.getenv(VARIABLE);
        if (wish != null && !wish.isEmpty()) {
            return new Answer(named(wish), "");
        }
        var program = System.getenv().getOrDefault("TERM_PROGRAM", "");
        if (program.equals("iTerm.app") || "iTerm2".equals(System.getenv("LC_TERMINAL"))) {
            return new Answer(ITERM, "");
        }
        return ask(terminal);
    }

    private static Graphics named(String wish) {
        for (var each : values()) {
            if (each.name().equals(wish.toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new Misuse(VARIABLE + " is one of kitty, sixel, iterm, blocks, none, not " + wish);
    }

    private static Answer ask(Terminal terminal) {
        var before = terminal.enterRawMode();
        try {
            terminal.writer().write(QUESTION);
            terminal.flush();
            return read(terminal.reader());
        } catch (IOException gone) {
            return new Answer(BLOCKS, "");
        } finally {
            terminal.setAttributes(before);
        }
    }

    /** Reads until the answer that every terminal gives has come, which is the last one. */
    private static Answer read(NonBlockingReader reader) throws IOException {
        var all = new StringBuilder();
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (System.nanoTime() < end && !all.toString().matches("(?s).*\033\\[\\?[0-9;]*c")) {
            int c = reader.read(50);
            if (c >= 0) {
                all.append((char) c);
            } else if (c == NonBlockingReader.EOF) {
                break;
            }
        }
        return of(all.toString());
    }

    /** Takes the answers out of what was read. */
    static Answer of(String read) {
        var kitty = Pattern.compile("(?s)\033_Gi=31[^\033]*;([^\033]*)\033\\\\").matcher(read);
        boolean isKitty = kitty.find() && kitty.group(1).equals("OK");
        var rest = kitty.replaceAll("");
        var attributes = Pattern.compile("\033\\[\\?([0-9;]*)c").matcher(rest);
        boolean isSixel = attributes.find() && Arrays.asList(attributes.group(1).split(";"))
                .contains(Integer.toString(SIXEL_ATTRIBUTE));
        return new Answer(isKitty ? KITTY : isSixel ? SIXEL : BLOCKS, attributes.replaceAll(""));
    }
}
