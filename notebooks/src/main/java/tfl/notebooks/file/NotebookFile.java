package tfl.notebooks.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.notebooks.json.Json;
import tfl.session.Misuse;
import tfl.session.Session;

/** An {@code .ipynb} file of format 4: its cells, and its text with other outputs in it. */
final class NotebookFile {
    static final Map<String, Object> KERNEL = ordered("display_name", "TFL", "language", "tfl", "name", "tfl");
    static final Map<String, Object> LANGUAGE = ordered("file_extension", ".tfl", "mimetype", "text/x-tfl", "name",
            "tfl");
    private final String text;
    private final JsonText.Node root;
    private final List<Cell> cells = new ArrayList<>();

    /**
     * A cell.
     *
     * @param type code, markdown or raw
     * @param id null where the file gives none
     */
    record Cell(String type, String id, String source, JsonText.Node node) {
        boolean isCode() {
            return type.equals("code");
        }
    }

    private NotebookFile(String text, JsonText.Node root) {
        this.text = text;
        this.root = root;
    }

    private static Map<String, Object> ordered(String... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /**
     * Reads a file.
     *
     * @throws Misuse if it is no such notebook; the message says why
     */
    static NotebookFile read(Path file) {
        var text = Session.read(file);
        try {
            return of(file.toString(), text, JsonText.parse(text));
        } catch (IOException problem) {
            throw new Misuse(file + " is no notebook: it is not JSON, or not all of it: "
                    + Json.complaint(problem));
        }
    }

    private static NotebookFile of(String name, String text, JsonText.Node root) {
        var cells = root.get("cells");
        var format = root.get("nbformat") == null ? "" : String.valueOf(root.get("nbformat").raw());
        if (format.matches("[1-3]")) {
            throw new Misuse(name + " is a notebook of the old format " + format
                    + "; `jupyter nbconvert --to notebook --inplace` makes it one of format 4");
        }
        if (!format.equals("4") || cells == null || cells.elements() == null) {
            throw new Misuse(name + " is no notebook of format 4: " + (format.isEmpty() ? "it has no \"nbformat\""
                    : format.equals("4") ? "it has no list of \"cells\"" : "its \"nbformat\" is " + format));
        }
        var notebook = new NotebookFile(text, root);
        for (var cell : cells.elements()) {
            notebook.cells.add(cell(name, cell, notebook.cells.size() + 1));
        }
        return notebook;
    }

    static Cell cell(String name, JsonText.Node node, int number) {
        var type = node.string("cell_type");
        var source = node.get("source") == null ? null : node.get("source").lines();
        if (type == null || !List.of("code", "markdown", "raw").contains(type) || source == null) {
            throw new Misuse(name + " is damaged: its cell number " + number + " has no "
                    + (source == null ? "\"source\" of text" : "\"cell_type\" that is code, markdown or raw"));
        }
        return new Cell(type, node.string("id"), source, node);
    }

    String text() {
        return text;
    }

    JsonText.Node root() {
        return root;
    }

    List<Cell> cells() {
        return cells;
    }

    /** What the notebook's own metadata says it is written in; null where it says nothing. */
    String language() {
        var metadata = root.get("metadata");
        var kernel = metadata == null ? null : metadata.get("kernelspec");
        var info = metadata == null ? null : metadata.get("language_info");
        var told = kernel == null ? null : kernel.string("language");
        return told != null ? told : info == null ? null : info.string("name");
    }

    /** What a cell shows now. */
    record Shown(int count, List<Object> outputs) {}

    /** The text with these outputs, by the place of their cell among all; what is not theirs stays byte for byte. */
    String with(Map<Integer, Shown> shown) {
        var edits = new ArrayList<Edit>();
        var unit = unit();
        shown.forEach((index, now) -> {
            var fields = new LinkedHashMap<String, String>();
            fields.put("execution_count", String.valueOf(now.count()));
            fields.put("outputs", JsonLayout.of(now.outputs(), unit, 3));
            set(edits, cells.get(index).node(), fields, unit, 2);
        });
        var metadata = root.get("metadata");
        var missing = new LinkedHashMap<String, String>();
        if (metadata == null) {
            missing.put("metadata", JsonLayout.of(metadata(), unit, 1));
            set(edits, root, missing, unit, 0);
        } else {
            metadata().forEach((name, value) -> {
                if (metadata.get(name) == null) {
                    missing.put(name, JsonLayout.of(value, unit, 2));
                }
            });
            set(edits, metadata, missing, unit, 1);
        }
        return applied(edits);
    }

    /** What a notebook says of its language if nothing else is known. */
    static Map<String, Object> metadata() {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("kernelspec", KERNEL);
        metadata.put("language_info", LANGUAGE);
        return metadata;
    }

    /** How deep one level is indented; null for a file of one line. */
    private String unit() {
        int first = text.indexOf('\n', root.start());
        if (first < 0 || first > root.end()) {
            return null;
        }
        int end = first + 1;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(first + 1, end);
    }

    private record Edit(int start, int end, String text) {}

    /** Replaces fields, or adds them at the end of their object, which stands {@code depth} deep. */
    private static void set(List<Edit> edits, JsonText.Node object, Map<String, String> fields, String unit,
            int depth) {
        var added = new ArrayList<String>();
        fields.forEach((name, value) -> {
            var old = object.get(name);
            if (old != null) {
                edits.add(new Edit(old.start(), old.end(), value));
            } else {
                added.add((unit == null ? "" : "\n" + unit.repeat(depth + 1)) + "\"" + name + "\": " + value);
            }
        });
        if (added.isEmpty()) {
            return;
        }
        var text = String.join(unit == null ? ", " : ",", added);
        var last = object.members().values().stream().mapToInt(JsonText.Node::end).max();
        if (last.isPresent()) {
            edits.add(new Edit(last.getAsInt(), last.getAsInt(), (unit == null ? ", " : ",") + text));
        } else {
            edits.add(new Edit(object.start() + 1, object.end() - 1, text
                    + (unit == null ? "" : "\n" + unit.repeat(depth))));
        }
    }

    private String applied(List<Edit> edits) {
        edits.sort(Comparator.comparingInt(Edit::start));
        var result = new StringBuilder();
        int from = 0;
        for (var edit : edits) {
            result.append(text, from, edit.start()).append(edit.text());
            from = edit.end();
        }
        return result.append(text, from, text.length()).toString();
    }
}
