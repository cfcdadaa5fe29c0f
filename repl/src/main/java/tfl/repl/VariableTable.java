package tfl.repl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.jline.utils.WCWidth;

/** The names of a session with what their values are, in columns. */
final class VariableTable {
    private static final List<String> HEADS = List.of("name", "kind", "shape", "dtype", "bytes", "device");
    private static final int BYTES = 4;

    private VariableTable() {}

    static String of(Value rows) {
        var lines = new ArrayList<List<String>>();
        for (long i = 0; i < rows.getArraySize(); i++) {
            var row = rows.getArrayElement(i);
            boolean tensor = !cell(row, "shape").isEmpty();
            lines.add(List.of(cell(row, "name"), tensor ? "tensor" : cell(row, "type"), cell(row, "shape"),
                    cell(row, "dtype"), cell(row, "bytes"), cell(row, "device")));
        }
        if (lines.isEmpty()) {
            return "no variables yet";
        }
        lines.sort(Comparator.comparing(List::getFirst));
        lines.addFirst(HEADS);
        var text = new StringBuilder();
        for (var line : lines) {
            var out = new StringBuilder("  ");
            for (int i = 0; i < HEADS.size(); i++) {
                int column = i;
                int width = lines.stream().mapToInt(each -> width(each.get(column))).max().orElse(0);
                var padding = " ".repeat(width - width(line.get(i)));
                out.append(i == BYTES ? padding + line.get(i) : line.get(i) + padding).append(width == 0 ? "" : "  ");
            }
            text.append(out.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static String cell(Value row, String name) {
        var value = row.getMember(name);
        return value == null || value.isNull() ? "" : value.toString();
    }

    private static int width(String text) {
        return text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
    }
}
