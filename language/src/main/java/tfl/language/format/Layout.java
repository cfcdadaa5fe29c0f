package tfl.language.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import tfl.language.source.TextWidth;

/** Chooses the line breaks of a {@link Doc} for a width. */
final class Layout {
    private record Item(int indent, boolean flat, Doc doc) {}

    private final int width;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Item> todo = new ArrayDeque<>();
    private int column;

    private Layout(int width) {
        this.width = width;
    }

    static String write(Doc doc, int width) {
        var layout = new Layout(width);
        layout.todo.push(new Item(0, false, doc));
        while (!layout.todo.isEmpty()) {
            layout.step(layout.todo.pop());
        }
        return layout.out.toString();
    }

    private void step(Item item) {
        switch (item.doc) {
            case Doc.Text(String text) -> append(text);
            case Doc.Comment(String text) -> append(text);
            case Doc.IfBroken(String text) -> append(item.flat ? "" : text);
            case Doc.Line(String flat) -> {
                if (item.flat) {
                    append(flat);
                } else {
                    breakLine(0, item.indent);
                }
            }
            case Doc.Hard(int emptyLines) -> breakLine(emptyLines, item.indent);
            case Doc.Concat(var parts) -> parts.reversed()
                    .forEach(part -> todo.push(new Item(item.indent, item.flat, part)));
            case Doc.Indent(Doc inner) -> todo.push(new Item(item.indent + 2, item.flat, inner));
            case Doc.Group(Doc inner) -> {
                var flat = new Item(item.indent, true, inner);
                todo.push(item.flat || fits(flat) ? flat : new Item(item.indent, false, inner));
            }
        }
    }

    private void append(String text) {
        out.append(text);
        int lineBreak = text.lastIndexOf('\n');
        column = lineBreak < 0 ? column + TextWidth.of(text) : TextWidth.of(text.substring(lineBreak + 1));
    }

    private void breakLine(int emptyLines, int indent) {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        out.repeat('\n', emptyLines + 1).repeat(' ', indent);
        column = indent;
    }

    /** Whether the item, and what follows it up to the next possible break, fits on the rest of the line. */
    private boolean fits(Item first) {
        int room = width - column;
        Deque<Item> ahead = new ArrayDeque<>();
        ahead.push(first);
        Iterator<Item> rest = todo.iterator();
        boolean inFirst = true;
        while (room >= 0) {
            if (ahead.isEmpty()) {
                inFirst = false;
                if (!rest.hasNext()) {
                    return true;
                }
                ahead.push(rest.next());
            }
            var item = ahead.pop();
            switch (item.doc) {
                case Doc.Text(String text) -> {
                    int lineBreak = text.indexOf('\n');
                    if (lineBreak >= 0) {
                        return TextWidth.of(text.substring(0, lineBreak)) <= room;
                    }
                    room -= TextWidth.of(text);
                }
                case Doc.Comment _ -> { }
                case Doc.IfBroken(String text) -> room -= item.flat ? 0 : text.length();
                case Doc.Line(String flat) -> {
                    if (!item.flat) {
                        return true;
                    }
                    room -= flat.length();
                }
                case Doc.Hard _ -> {
                    return !inFirst;
                }
                case Doc.Concat(var parts) -> parts.reversed()
                        .forEach(part -> ahead.push(new Item(0, item.flat, part)));
                case Doc.Indent(Doc inner) -> ahead.push(new Item(0, item.flat, inner));
                case Doc.Group(Doc inner) -> ahead.push(new Item(0, item.flat, inner));
            }
        }
        return false;
    }
}
