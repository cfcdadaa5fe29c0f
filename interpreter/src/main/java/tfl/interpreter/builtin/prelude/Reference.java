package tfl.interpreter.builtin.prelude;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.module.FftModule;
import tfl.interpreter.builtin.module.LinalgModule;
import tfl.interpreter.builtin.module.RngModule;
import tfl.interpreter.builtin.module.TreeModule;
import tfl.interpreter.builtin.table.RowsModule;

/** The reference pages of the builtins, made from their tables. */
public final class Reference {
    private Reference() {}

    /** Each page's file name with its text, in Markdown. */
    public static Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("prelude.md", prelude());
        List<RowsModule> modules = List.of(new LinalgModule(), new FftModule(), new RngModule(),
                new TreeModule());
        for (var module : modules) {
            pages.put(module.name() + ".md", "# " + module.name() + "\n\n" + module.doc() + "\n\n"
                    + rows(module.name() + ".", module.rows()));
        }
        return pages;
    }

    private static String prelude() {
        var text = new StringBuilder("# The prelude\n\nThe names that every program sees. Where the array API ")
                .append("standard (2024.12) has a function, it is here with that name and those ")
                .append("semantics. Every function can be called both ways: `sum(x, axis=0)` and ")
                .append("`x.sum(axis=0)`.\n");
        for (var group : Prelude.groups()) {
            text.append("\n## ").append(Character.toUpperCase(group.charAt(0))).append(group.substring(1))
                    .append("\n\n").append(rows("", Prelude.rows(group)));
        }
        return text.toString();
    }

    private static String rows(String prefix, Collection<Builtin> rows) {
        var text = new StringBuilder();
        for (var row : rows) {
            var parts = new BuiltinFunction(row).doc().split("\n\n", 2);
            text.append("- `").append(prefix).append(row.name()).append(row.signature()).append("`  \n  ")
                    .append(parts[0].replace("*", "\\*")).append('\n');
            if (parts.length > 1) {
                text.append('\n').append(parts[1].indent(2)).append('\n');
            }
        }
        return text.toString();
    }
}
