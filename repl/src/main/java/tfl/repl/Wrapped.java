package tfl.repl;

import java.util.stream.Collectors;

/** Prose that fits the terminal: a line that is too long is broken between words, and goes on at its own indent. */
final class Wrapped {
    private Wrapped() {}

    static String of(String text, int width) {
        return text.lines().map(line -> line(line, width)).collect(Collectors.joining("\n"));
    }

    private static String line(String line, int width) {
        int indent = line.length() - line.stripLeading().length();
        // Indented lines are code, which means something as it stands.
        if (line.length() <= width || indent > 0) {
            return line;
        }
        var out = new StringBuilder();
        int column = 0;
        for (var word : line.split(" ")) {
            if (column > 0 && column + 1 + word.length() > width) {
                out.append('\n');
                column = 0;
            }
            out.append(column > 0 ? " " : "").append(word);
            column += word.length() + (column > 0 ? 1 : 0);
        }
        return out.toString();
    }
}
