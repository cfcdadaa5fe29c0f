package tfl.language.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tfl.language.ast.Node;

/** Lists in brackets and sequences of lines, with the comments that stand between their entries. */
final class Lists {
    private final Trivia trivia;

    Lists(Trivia trivia) {
        this.trivia = trivia;
    }

    /** Entries with commas: on one line, or one a line with a comma behind each. */
    <N extends Node> Doc list(String open, List<N> nodes, int from, int to, String close,
            Function<N, Doc> print) {
        return list(open, nodes, from, to, close, false, print);
    }

    <N extends Node> Doc list(String open, List<N> nodes, int from, int to, String close, boolean broken,
            Function<N, Doc> print) {
        if (hasCommentBetween(nodes, from, to)) {
            var lines = sequence(nodes, from, to, node -> Doc.concat(print.apply(node), Doc.text(",")));
            return Doc.concat(Doc.text(open), Doc.indent(Doc.HARD, Doc.concat(lines)), Doc.HARD,
                    Doc.text(close));
        } else if (nodes.isEmpty()) {
            return Doc.text(open + close);
        } else if (nodes.size() == 1 && isText(nodes.getFirst())) {
            return Doc.concat(Doc.text(open), print.apply(nodes.getFirst()), Doc.text(close));
        }
        var separator = Doc.concat(Doc.text(","), broken ? Doc.HARD : Doc.LINE);
        var edge = broken ? Doc.HARD : Doc.SOFT;
        return Doc.group(Doc.text(open),
                Doc.indent(edge, join(nodes.stream().map(print).toList(), separator)),
                new Doc.IfBroken(","), edge, Doc.text(close));
    }

    /** A long string gains little from a line of its own. */
    private static boolean isText(Node node) {
        return node.span().text().startsWith("\"") && node.span().text().endsWith("\"");
    }

    static Doc join(List<Doc> docs, Doc separator) {
        var parts = new ArrayList<Doc>();
        for (var doc : docs) {
            if (!parts.isEmpty()) {
                parts.add(separator);
            }
            parts.add(doc);
        }
        return Doc.concat(parts);
    }

    /** Whether a comment stands before, between or behind the nodes, not inside of them. */
    boolean hasCommentBetween(List<? extends Node> nodes, int from, int to) {
        int at = from;
        for (var node : nodes) {
            var span = trivia.bracketed(node.span());
            if (trivia.hasUntaken(at, span.start())) {
                return true;
            }
            at = span.end();
        }
        return trivia.hasUntaken(at, to);
    }

    /**
     * Nodes on lines of their own, with the comments between two offsets, and at most one empty line where
     * there were some.
     */
    <N extends Node> List<Doc> sequence(List<N> nodes, int from, int to, Function<N, Doc> print) {
        var lines = new Lines();
        int at = from;
        for (var node : nodes) {
            var span = trivia.bracketed(node.span());
            lines.comments(at, span.start());
            lines.add(print.apply(node), trivia.line(span.start()), trivia.line(span.end() - 1));
            at = span.end();
        }
        lines.comments(at, to);
        return lines.docs;
    }

    /** Lines so far, and the line of the source at which the last one ended. */
    private final class Lines {
        final List<Doc> docs = new ArrayList<>();
        private int lastLine;

        void comments(int from, int to) {
            for (var comment : trivia.take(from, to)) {
                if (!comment.startsLine() && !docs.isEmpty()) {
                    docs.add(new Doc.Comment(trivia.gap(comment) + trivia.text(comment)));
                } else {
                    add(new Doc.Comment(trivia.text(comment)), trivia.line(comment.start()),
                            trivia.line(comment.start()));
                }
            }
        }

        void add(Doc doc, int firstLine, int endLine) {
            if (!docs.isEmpty()) {
                docs.add(firstLine - lastLine > 1 ? Doc.BLANK : Doc.HARD);
            }
            docs.add(doc);
            lastLine = endLine;
        }
    }
}
