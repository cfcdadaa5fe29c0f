package tfl.session;

/**
 * What the output can show.
 *
 * @param width columns
 * @param colour whether ANSI colours are welcome
 */
public record Screen(int width, boolean colour) {
    private static final int PLAIN_WIDTH = 100;

    /** The screen behind standard error, judged without loading a terminal library. */
    public static Screen ofProcess() {
        return new Screen(columns(), isTerminal() && System.getenv("NO_COLOR") == null);
    }

    /** Whether a line can be drawn over. */
    public static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    private static int columns() {
        var columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : PLAIN_WIDTH;
    }
}
