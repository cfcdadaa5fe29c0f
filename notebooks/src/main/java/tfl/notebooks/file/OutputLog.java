package tfl.notebooks.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tfl.notebooks.cell.Output;

/** Gathers what cells show, as a notebook file keeps it. Safe for several threads. */
final class OutputLog {
    private static final List<String> SCRIPTS = List.of("application/javascript", "image/svg+xml");
    /** How many letters of what one cell printed are kept. */
    private static final int LONGEST = 10_000_000;
    private final List<Output> current = new ArrayList<>();
    private final List<List<Output>> finished = new ArrayList<>();
    private boolean clearsLater;
    private StringBuilder printed;
    private String stream;
    private int letters;

    /** One more output of the running cell. */
    synchronized void add(Output output) {
        switch (output) {
            case Output.Clear clear when clear.later() -> clearsLater = true;
            case Output.Clear _ -> clear();
            case Output.Display display when display.update() -> {
                finished.forEach(cell -> replace(cell, display));
                replace(current, display);
            }
            default -> append(output);
        }
    }

    private void append(Output output) {
        if (clearsLater) {
            clear();
        }
        if (output instanceof Output.Stream(var name, var text)) {
            if (printed == null || !name.equals(stream)) {
                endStream();
                printed = new StringBuilder();
                stream = name;
            }
            print(text);
        } else {
            endStream();
            current.add(output);
        }
    }

    /** Text beyond what a file can bear is left out, and that is said. */
    private void print(String text) {
        int room = LONGEST - letters;
        if (room > 0) {
            printed.append(text, 0, Math.min(room, text.length()));
            if (text.length() > room) {
                printed.append("\n... the cell printed more, which is left out here\n");
            }
        }
        letters = Math.min(LONGEST, letters + text.length());
    }

    /** What was printed becomes an output; printing in one go gives one, however it came. */
    private void endStream() {
        if (printed != null) {
            current.add(new Output.Stream(stream, printed.toString()));
            printed = null;
        }
    }

    private void clear() {
        current.clear();
        printed = null;
        clearsLater = false;
    }

    private static void replace(List<Output> outputs, Output.Display update) {
        outputs.replaceAll(each -> each instanceof Output.Display(_, var id, _) && id != null
                && id.equals(update.id()) ? new Output.Display(update.data(), id, false) : each);
    }

    /** Ends a cell. */
    synchronized void next() {
        endStream();
        finished.add(new ArrayList<>(current));
        clear();
        letters = 0;
    }

    /** What the cell of that place among those that ran shows, as JSON. */
    synchronized List<Object> json(int place, int count) {
        var list = new ArrayList<Object>();
        for (var output : finished.get(place)) {
            list.add(json(output, count));
        }
        return list;
    }

    private static Map<String, Object> json(Output output, int count) {
        var map = new LinkedHashMap<String, Object>();
        switch (output) {
            case Output.Stream stream -> {
                map.put("name", stream.name());
                map.put("output_type", "stream");
                map.put("text", lines(stream.text()));
            }
            case Output.Display display -> {
                map.put("data", data(display.data()));
                map.put("metadata", Map.of());
                map.put("output_type", "display_data");
            }
            case Output.Result result -> {
                map.put("data", data(result.data()));
                map.put("execution_count", count);
                map.put("metadata", Map.of());
                map.put("output_type", "execute_result");
            }
            case Output.Failure failure -> {
                map.put("ename", failure.name());
                map.put("evalue", failure.message());
                map.put("output_type", "error");
                map.put("traceback", failure.traceback());
            }
            case Output.Clear _ -> throw new IllegalStateException("a clear is no output");
        }
        return map;
    }

    private static Map<String, Object> data(Map<String, String> bundle) {
        var data = new TreeMap<String, Object>();
        bundle.forEach((type, text) -> data.put(type, value(type, text)));
        return data;
    }

    /** Text is kept by lines, JSON as such, and anything else as it is. */
    private static Object value(String type, String text) {
        if (type.equals("application/json") || type.endsWith("+json")) {
            try {
                return JsonText.parse(text);
            } catch (IOException noJson) {
                return text;
            }
        }
        return type.startsWith("text/") || SCRIPTS.contains(type) ? lines(text) : text;
    }

    /** The lines of a text, each with its end. */
    static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        for (int from = 0; from < text.length();) {
            int end = text.indexOf('\n', from) + 1;
            lines.add(text.substring(from, end == 0 ? text.length() : end));
            from = end == 0 ? text.length() : end;
        }
        return lines;
    }
}
