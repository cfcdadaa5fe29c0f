package tfl.interpreter.builtin.text;

import java.util.List;

/** Pieces of HTML that notebooks show; their style stands in them, since a notebook may drop what stands elsewhere. */
final class Html {
    private static final String NUMBER = "text-align:right;font-family:monospace";

    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A block that scrolls sideways where it is too wide, below a line on what it shows. */
    static String block(String header, String content, String footer) {
        return "<div style=\"overflow-x:auto\"><div style=\"font-family:monospace\">" + escaped(header) + "</div>"
                + content + (footer.isEmpty() ? "" : "<div style=\"font-family:monospace\">" + escaped(footer)
                + "</div>") + "</div>";
    }

    static String table(String rows) {
        return "<table border=\"1\" class=\"dataframe\">" + rows + "</table>";
    }

    static String row(List<String> cells) {
        return "<tr>" + String.join("", cells) + "</tr>";
    }

    static String head(String text) {
        return "<th style=\"text-align:right\">" + escaped(text) + "</th>";
    }

    static String gap() {
        return "<td style=\"text-align:center\">&#8943;</td>";
    }

    /** A cell with a number; what is not finite stands out. */
    static String number(String text) {
        boolean odd = text.contains("nan") || text.contains("inf");
        return "<td style=\"" + NUMBER + (odd ? ";color:#b00020;font-weight:bold" : "") + "\">" + escaped(text)
                + "</td>";
    }

    static String text(String text) {
        return "<td style=\"text-align:left\">" + escaped(text) + "</td>";
    }
}
