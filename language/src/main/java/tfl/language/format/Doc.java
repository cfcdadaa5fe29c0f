package tfl.language.format;

import java.util.Arrays;
import java.util.List;

/**
 * A text with choices where to break lines, after Wadler's "A prettier printer": a group is written on one
 * line if it fits, else all its own lines break.
 */
sealed interface Doc {
    Doc NOTHING = new Text("");
    /** A break, or a space. */
    Doc LINE = new Line(" ");
    /** A break, or nothing. */
    Doc SOFT = new Line("");
    /** A break always; groups around it break too. */
    Doc HARD = new Hard(0);
    /** A break and an empty line. */
    Doc BLANK = new Hard(1);

    /** Text that may hold line breaks of its own (long strings), which are kept as they are. */
    record Text(String text) implements Doc {}

    /** Text that does not count when lines are measured. */
    record Comment(String text) implements Doc {}

    record Line(String flat) implements Doc {}

    record Hard(int emptyLines) implements Doc {}

    /** Text that is only there when the group around it is broken. */
    record IfBroken(String text) implements Doc {}

    record Concat(List<Doc> parts) implements Doc {}

    /** Lines inside are indented by two more. */
    record Indent(Doc inner) implements Doc {}

    record Group(Doc inner) implements Doc {}

    /** Whether there is a line break in it in any case. */
    default boolean breaks() {
        return switch (this) {
            case Hard _ -> true;
            case Concat(var parts) -> parts.stream().anyMatch(Doc::breaks);
            case Indent(var inner) -> inner.breaks();
            case Group(var inner) -> inner.breaks();
            case Text _, Comment _, Line _, IfBroken _ -> false;
        };
    }

    static Doc text(String text) {
        return new Text(text);
    }

    static Doc concat(Doc... parts) {
        return new Concat(List.copyOf(Arrays.asList(parts)));
    }

    static Doc concat(List<Doc> parts) {
        return new Concat(List.copyOf(parts));
    }

    static Doc group(Doc... parts) {
        return new Group(concat(parts));
    }

    static Doc indent(Doc... parts) {
        return new Indent(concat(parts));
    }
}
