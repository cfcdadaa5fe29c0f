package tfl.notebooks.kernel;

import java.util.regex.Pattern;

/**
 * A cell that asks for a page about a name: {@code ?name}, {@code name?}, or {@code name??} for its source.
 *
 * @param path such as {@code nn.dense}
 * @param detail whether the source is wanted too
 */
record Paging(String path, boolean detail) {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*";
    private static final Pattern BEFORE = Pattern.compile("\\s*(\\?\\??)\\s*(" + NAME + ")\\s*");
    private static final Pattern BEHIND = Pattern.compile("\\s*(" + NAME + ")\\s*(\\?\\??)\\s*");

    /** The page that a cell asks for, or null if it is none of the three. */
    static Paging of(String code) {
        var before = BEFORE.matcher(code);
        if (before.matches()) {
            return new Paging(before.group(2), before.group(1).length() == 2);
        }
        var behind = BEHIND.matcher(code);
        return behind.matches() ? new Paging(behind.group(1), behind.group(2).length() == 2) : null;
    }
}
