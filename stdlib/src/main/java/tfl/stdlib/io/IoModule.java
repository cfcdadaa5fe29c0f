package tfl.stdlib.io;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinProvider;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The module {@code io}: reading and writing files. */
public final class IoModule implements BuiltinProvider {
    private static final String MODULE = "io";
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("load", "path", "The value in a file, by its extension: " + FileFormats.names() + ", also with .gz.",
                (context, arguments) -> Files.load(text(arguments[0])));
        row("save", "path, value, metadata=none", "Writes a value to a file, in the format of its extension: "
                + FileFormats.names() + ", also with .gz. The file appears whole or not at all. metadata is a record"
                + " of str, which .safetensors keeps.", (context, arguments) -> {
                    Files.save(text(arguments[0]), arguments[1], Fields.texts(arguments[2]));
                    return None.NONE;
                });
        row("metadata", "path", "The texts that were saved with a value, as a record of str; empty if there are none.",
                (context, arguments) -> RecordValue.of(Files.metadata(text(arguments[0]))));
        row("read_bytes", "path", "The bytes of a file, as u8[n].",
                (context, arguments) -> Files.readBytes(text(arguments[0])));
        row("exists", "path", "Whether there is a file or folder of that name.",
                (context, arguments) -> java.nio.file.Files.exists(Files.path(text(arguments[0]))));
        row("list", "path", "The names in a folder, in order, as a tuple.",
                (context, arguments) -> new TupleValue(Files.list(text(arguments[0]))));
        row("bundled", "name", "A data file that ships with TFL.",
                (context, arguments) -> BundledData.load(text(arguments[0])));
        row("data_folder", "name", "The folder of that name below the one that the variable TFL_DATA names.",
                (context, arguments) -> BundledData.folder(text(arguments[0])));
    }

    private static void row(String name, String parameters, String doc, Builtin.Body body) {
        ROWS.put(name, Builtin.of(MODULE, name, parameters, doc, (context, arguments) -> {
            Outside.reach(MODULE + "." + name, "reaches a file");
            return body.call(context, arguments);
        }));
    }

    private static String text(Object argument) {
        if (argument instanceof String string) {
            return string;
        }
        throw IoErrors.notText(argument);
    }

    @Override
    public String doc() {
        return "Files: `io.load(path)` and `io.save(path, value)`, by the extension of the name.";
    }

    @Override
    public String module() {
        return MODULE;
    }

    @Override
    public Object find(String name) {
        return ROWS.get(name);
    }

    @Override
    public Collection<String> names() {
        return ROWS.keySet();
    }
}
