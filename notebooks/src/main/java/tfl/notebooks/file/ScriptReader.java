package tfl.notebooks.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.session.Misuse;

/** Makes a script with cell marks a notebook. */
final class ScriptReader {
    private final String name;
    private final String text;
    private final boolean outputs;
    private final List<Piece> pieces = new ArrayList<>();

    /** A mark, null at the beginning of a script without one, and all up to the next mark. */
    private record Piece(CellMark mark, String text, String body, boolean last) {}

    /** A cell, without what it shows. */
    private record Read(String type, String source, Map<String, Object> fields) {}

    ScriptReader(String name, String text, boolean outputs) {
        this.name = name;
        this.text = text;
        this.outputs = outputs;
        split();
    }

    private void split() {
        var parsed = Parser.parse(Source.of(name, text));
        if (!parsed.isValid()) {
            throw new Misuse(name + " does not parse, so its cells are not known\n" + Diagnostic.render(
                    parsed.problems().stream().filter(Located::isError).map(Diagnostic::of).toList(),
                    Diagnostic.Style.PLAIN).stripTrailing());
        }
        var starts = CellCode.topComments(text, parsed).stream().filter(comment -> CellMark.isMark(
                text.substring(comment.span().start(), comment.span().end()))).map(comment -> comment.span().start())
                .collect(Collectors.toCollection(ArrayList::new));
        if (!text.isEmpty() && (starts.isEmpty() || starts.getFirst() > 0)) {
            starts.addFirst(0);
        }
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
            pieces.add(piece(text.substring(starts.get(i), end), i + 1 == starts.size()));
        }
    }

    private static Piece piece(String text, boolean last) {
        int lineEnd = text.indexOf('\n');
        var line = (lineEnd < 0 ? text : text.substring(0, lineEnd)).stripTrailing();
        return CellMark.isMark(line) ? new Piece(CellMark.of(line), text,
                lineEnd < 0 ? "" : text.substring(lineEnd + 1), last) : new Piece(null, text, text, last);
    }

    /** The notebook's text. */
    String notebook() {
        var root = defaults();
        var cells = new ArrayList<Map<String, Object>>();
        var shown = new ArrayList<JsonText.Node>();
        var reads = new ArrayList<Piece>();
        for (var piece : pieces) {
            switch (piece.mark() == null ? "" : piece.mark().type()) {
                case CellMark.NOTEBOOK -> {
                    if (piece.mark().fields() != null) {
                        root = new TreeMap<>(piece.mark().fields().members());
                    }
                }
                case CellMark.OUTPUTS -> shown.addAll(outputs(piece.body()));
                default -> reads.add(piece);
            }
        }
        boolean ids = root.get("nbformat_minor") instanceof JsonText.Node minor ? !minor.raw().matches("[0-4]") : true;
        var known = new HashSet<String>();
        for (int i = 0; i < reads.size(); i++) {
            cells.add(cell(reads.get(i), i, ids, known));
        }
        if (outputs) {
            show(cells, shown);
        }
        var all = new TreeMap<>(root);
        all.put("cells", cells);
        return JsonLayout.of(all, " ", 0) + "\n";
    }

    /** What a notebook says of itself if the script does not. */
    static TreeMap<String, Object> defaults() {
        var root = new TreeMap<String, Object>();
        root.put("metadata", NotebookFile.metadata());
        root.put("nbformat", 4);
        root.put("nbformat_minor", 5);
        return root;
    }

    private static Map<String, Object> cell(Piece piece, int index, boolean ids, HashSet<String> known) {
        var read = read(piece);
        var fields = new TreeMap<>(read.fields());
        fields.put("cell_type", read.type());
        fields.put("source", OutputLog.lines(read.source()));
        fields.putIfAbsent("metadata", Map.of());
        if (ids && !fields.containsKey("id")) {
            fields.put("id", ScriptWriter.defaultId(index));
        }
        var id = fields.get("id") instanceof JsonText.Node node ? node.string() : fields.get("id");
        var own = new LinkedHashMap<String, Object>();
        own.put("text", piece.text());
        if (id != null && !known.add(String.valueOf(id))) {
            // A cell that was copied in the script.
            var other = ScriptWriter.defaultId(index) + "-" + known.size();
            known.add(other);
            fields.put("id", other);
            own.put("id", other);
        }
        if (read.type().equals("code")) {
            fields.put("execution_count", null);
            fields.put("outputs", List.of());
        }
        if (!canonical(fields, index).equals(piece.text().substring(0, piece.text().length() - gap(piece)))) {
            var metadata = new LinkedHashMap<String, Object>();
            if (fields.get("metadata") instanceof JsonText.Node node) {
                metadata.putAll(node.members());
            } else if (fields.get("metadata") instanceof Map<?, ?> map) {
                map.forEach((name, value) -> metadata.put((String) name, value));
            }
            metadata.put(ScriptWriter.OWN, own);
            fields.put("metadata", metadata);
        }
        return fields;
    }

    /** The blank line before the next mark. */
    private static int gap(Piece piece) {
        return !piece.last() && piece.text().endsWith("\n") ? 1 : 0;
    }

    private static String canonical(Map<String, Object> fields, int index) {
        try {
            var node = JsonText.parse(JsonLayout.inLine(fields));
            return ScriptWriter.cell(NotebookFile.cell("", node, index + 1), index);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Read read(Piece piece) {
        var mark = piece.mark() == null ? new CellMark("", "", null) : piece.mark();
        var fields = new LinkedHashMap<String, Object>();
        if (mark.fields() != null) {
            fields.putAll(mark.fields().members());
        }
        if (!mark.title().isEmpty()) {
            var metadata = new LinkedHashMap<String, Object>();
            if (fields.get("metadata") instanceof JsonText.Node node && node.isObject()) {
                metadata.putAll(node.members());
            }
            metadata.put("title", mark.title());
            fields.put("metadata", metadata);
        }
        var body = body(piece);
        if (mark.type().isEmpty()) {
            fields.remove("source");
            return new Read("code", CellCode.plain(body), fields);
        }
        var source = CellCode.uncommented(body);
        if (fields.remove("source") instanceof JsonText.Node exact && exact.string() != null
                && CellCode.withoutEnds(exact.string()).equals(CellCode.withoutEnds(source))) {
            source = exact.string();
        }
        return new Read(mark.type().equals(CellMark.COMMENTED) ? "code" : mark.type(), source, fields);
    }

    /** What stands between the mark and the blank line before the next one. */
    private static String body(Piece piece) {
        var body = piece.body().substring(0, piece.body().length() - (piece.body().isEmpty() ? 0 : gap(piece)));
        return body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
    }

    /**
     * Whether that part of a script is that cell, whatever else it may be written like.
     *
     * @param renamed whether the cell had to get another id than the script gave it
     */
    static boolean describes(String part, int index, NotebookFile.Cell cell, boolean renamed) {
        for (boolean last : new boolean[] {true, false}) {
            var fields = cell(piece(part, last), index, cell.id() != null, new HashSet<>());
            fields.remove("execution_count");
            fields.remove("outputs");
            var told = new TreeMap<String, Object>(cell.node().members());
            told.remove("execution_count");
            told.remove("outputs");
            if (renamed) {
                told.remove("id");
                fields.remove("id");
            }
            told.put("source", OutputLog.lines(cell.source()));
            if (withoutOwn(fields).equals(withoutOwn(told))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutOwn(Map<String, Object> fields) {
        var all = new TreeMap<>(fields);
        var metadata = new TreeMap<String, Object>();
        if (all.get("metadata") instanceof JsonText.Node node && node.isObject()) {
            metadata.putAll(node.members());
        } else if (all.get("metadata") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> metadata.put((String) name, value));
        }
        metadata.remove(ScriptWriter.OWN);
        all.put("metadata", metadata);
        return JsonLayout.inLine(all);
    }

    // What cells show

    private List<JsonText.Node> outputs(String body) {
        var list = new ArrayList<JsonText.Node>();
        for (var line : body.lines().filter(each -> each.startsWith("# {")).toList()) {
            try {
                list.add(JsonText.parse(line.substring(2)));
            } catch (IOException damaged) {
                throw new Misuse(name + ": a line below `# %% [outputs]` is damaged: " + line.substring(0,
                        Math.min(line.length(), 60)));
            }
        }
        return list;
    }

    /** Gives outputs to the cells whose source they belong to; those of a cell that was changed are left out. */
    private static void show(List<Map<String, Object>> cells, List<JsonText.Node> shown) {
        var free = new ArrayList<>(cells);
        for (var each : shown) {
            int place = each.get("cell") == null ? 0 : Integer.parseInt(each.get("cell").raw());
            var at = place >= 1 && place <= cells.size() ? cells.get(place - 1) : null;
            var cell = at != null && fits(at, each) ? at
                    : free.stream().filter(other -> fits(other, each)).findFirst().orElse(null);
            if (cell != null) {
                free.remove(cell);
                cell.put("execution_count", each.get("execution_count"));
                cell.put("outputs", each.get("outputs"));
            }
        }
    }

    private static boolean fits(Map<String, Object> cell, JsonText.Node shown) {
        var source = ((List<?>) cell.get("source")).stream().map(String.class::cast).collect(Collectors.joining());
        return "code".equals(cell.get("cell_type")) && ScriptWriter.sum(source).equals(shown.string("of"));
    }
}
