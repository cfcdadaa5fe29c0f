package tfl.notebooks.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Makes a notebook a script with cell marks. */
final class ScriptWriter {
    /** The field of a cell's metadata that remembers how a script wrote it, if not as this class does. */
    static final String OWN = "tfl";
    private static final String EXACT = "\0";
    private static final List<String> TOLD = List.of("cell_type", "source", "outputs", "execution_count");
    private final NotebookFile notebook;
    private final boolean outputs;

    ScriptWriter(NotebookFile notebook, boolean outputs) {
        this.notebook = notebook;
        this.outputs = outputs;
    }

    /** The script. */
    String text() {
        var parts = new ArrayList<String>();
        var header = header();
        if (!header.isEmpty()) {
            parts.add(header + "\n");
        }
        for (int i = 0; i < notebook.cells().size(); i++) {
            parts.add(cell(i));
        }
        var shown = outputs ? shown() : "";
        if (!shown.isEmpty()) {
            parts.add(shown);
        }
        return joined(parts);
    }

    /** A blank line stands between two parts, unless the first is written as a script had it. */
    private String joined(List<String> parts) {
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            boolean last = i + 1 == parts.size();
            boolean exact = part.startsWith(EXACT);
            text.append(exact ? part.substring(1) : part)
                    .append(last || exact && part.endsWith("\n") ? "" : "\n");
        }
        return text.toString();
    }

    private String header() {
        var fields = new LinkedHashMap<String, Object>();
        notebook.root().members().forEach((name, value) -> {
            if (!name.equals("cells")) {
                fields.put(name, value);
            }
        });
        return JsonLayout.inLine(sorted(fields)).equals(JsonLayout.inLine(ScriptReader.defaults())) ? ""
                : CellMark.line("", CellMark.NOTEBOOK, fields);
    }

    private static Map<String, Object> sorted(Map<String, Object> fields) {
        return new TreeMap<>(fields);
    }

    private String cell(int index) {
        var cell = notebook.cells().get(index);
        var metadata = cell.node().get("metadata");
        var own = metadata == null ? null : metadata.get(OWN);
        var raw = own == null ? null : own.string("text");
        boolean renamed = own != null && cell.id() != null && cell.id().equals(own.string("id"));
        if (raw != null && ScriptReader.describes(raw, index, cell, renamed)) {
            return EXACT + raw;
        }
        return cell(cell, index);
    }

    /** A cell with its mark, in the one way that this class writes it. */
    static String cell(NotebookFile.Cell cell, int index) {
        var source = cell.source();
        boolean code = cell.isCode() && CellCode.isCode(source);
        var type = code ? "" : cell.isCode() ? CellMark.COMMENTED : cell.type();
        var fields = fields(cell, index);
        var title = title(cell.node().get("metadata"), fields);
        var body = code ? CellCode.escaped(source) : CellCode.commented(source);
        if (!code && CellCode.endsLinesWithSpace(source)) {
            fields.put("source", source);
        }
        return CellMark.line(title, type, fields) + "\n" + (source.isEmpty() ? "" : body + "\n");
    }

    private static Map<String, Object> fields(NotebookFile.Cell cell, int index) {
        var fields = new TreeMap<String, Object>();
        cell.node().members().forEach((name, value) -> {
            boolean told = name.equals("id") ? defaultId(index).equals(cell.id())
                    : name.equals("metadata") ? value.isObject() && value.members().isEmpty()
                    : TOLD.contains(name) && (cell.isCode() || !name.equals("outputs")
                            && !name.equals("execution_count"));
            if (!told) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    /** The title in a cell's metadata, taken out of the fields if the mark can say it. */
    private static String title(JsonText.Node metadata, Map<String, Object> fields) {
        var title = metadata == null ? null : metadata.string("title");
        if (title == null || !CellMark.isTitle(title)) {
            return "";
        }
        var rest = new LinkedHashMap<String, Object>(metadata.members());
        rest.remove("title");
        if (rest.isEmpty()) {
            fields.remove("metadata");
        } else {
            fields.put("metadata", rest);
        }
        return title;
    }

    static String defaultId(int index) {
        return "cell-" + (index + 1);
    }

    /** What cells show, as comments: one line for each that shows something. */
    private String shown() {
        var lines = new StringBuilder();
        for (int i = 0; i < notebook.cells().size(); i++) {
            var cell = notebook.cells().get(i);
            var list = cell.node().get("outputs");
            var count = cell.node().get("execution_count");
            boolean any = list != null && list.elements() != null && !list.elements().isEmpty();
            if (cell.isCode() && (any || count != null && !"null".equals(count.raw()))) {
                var fields = new LinkedHashMap<String, Object>();
                fields.put("cell", i + 1);
                fields.put("of", sum(cell.source()));
                fields.put("execution_count", count);
                fields.put("outputs", list);
                lines.append("# ").append(JsonLayout.inLine(fields)).append('\n');
            }
        }
        return lines.isEmpty() ? "" : CellMark.line("", CellMark.OUTPUTS, Map.of()) + "\n" + lines;
    }

    /** By which an output knows its cell again. */
    static String sum(String source) {
        var sum = new CRC32();
        sum.update(source.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
    }
}
