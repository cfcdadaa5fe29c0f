package tfl.stdlib.io;

import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.Plain;
import tfl.interpreter.builtin.TableModule;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The module {@code io}: reading and writing files. */
public final class IoModule extends TableModule {
    private static final String MODULE = "io";
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("load", "path", """
                The value in a file, by its extension.

                `.npy` is a tensor, `.npz` and `.safetensors` are records of tensors, `.csv` is a record of columns
                (i64, f64, bool or str, found by themselves) or, without a header, a matrix; `.json` is a record,
                tuple, str or number; `.txt` is a str; `.png` and `.jpg` are images (u8 of `[rows, columns, channels]`,
                grey without channels; PNG of 16 bits is i32); `.wav` is `{samples, rate}` with samples in -1..1;
                `.idx` (and names that end in `-ubyte`) is a tensor. Each is also read with `.gz` behind it. A file
                that is corrupt is an error that names the byte.

                    path = io.temporary() + "/x.npy"
                    io.save(path, [[1.0, 2], [3, 4]])
                    print(io.load(path))
                    #> [[1.0, 2.0],
                    #>  [3.0, 4.0]]
                """, (context, arguments) -> Files.load(text(arguments[0])));
        row("save", "path, value, metadata=none", """
                Writes a value to a file, in the format of its extension; see `io.load` for what each holds.

                The file appears whole or not at all: it is written aside and renamed. Numbers in a record of tensors
                become tensors without axes. `metadata` is a record of str, which `.safetensors` keeps.

                    path = io.temporary() + "/model.safetensors"
                    io.save(path, {w: [1.0, 2], b: 0.5}, metadata={author: "Ada"})
                    print(io.load(path).w, io.metadata(path).author)
                    #> [1.0, 2.0] Ada
                """, (context, arguments) -> {
            Files.save(text(arguments[0]), Plain.of(arguments[1]), Fields.texts(arguments[2]));
            return None.NONE;
        });
        row("metadata", "path", """
                The texts that were saved with a value, as a record of str; empty if there are none.

                    path = io.temporary() + "/x.safetensors"
                    io.save(path, {x: [1.0]}, metadata={run: "7"})
                    print(io.metadata(path))
                    #> {run: "7"}
                """, (context, arguments) -> RecordValue.of(Files.metadata(text(arguments[0]))));
        row("map", "path", """
                A tensor over a `.npy` file, of which each part is read when it is needed.

                Starting takes no longer for a large file than for a small one, and a file may be larger than memory:
                `x[a:b]` reads those rows only. An update makes a copy, as for any tensor; the file is never written.
                A file that somebody cuts or changes meanwhile is an error at the next read.

                    path = io.temporary() + "/x.npy"
                    io.save(path, arange(0, 1000000).reshape(-1, 10))
                    print(io.map(path)[777])
                    #> [7770, 7771, 7772, 7773, 7774, 7775, 7776, 7777, 7778, 7779]
                """, (context, arguments) -> MappedFile.open(text(arguments[0])));
        row("read_bytes", "path", """
                The bytes of a file, as u8[n].

                    path = io.temporary() + "/x.txt"
                    io.save(path, "TFL")
                    print(io.read_bytes(path))
                    #> [84, 70, 76]
                """, (context, arguments) -> Files.readBytes(text(arguments[0])));
        row("exists", "path", """
                Whether there is a file or folder of that name.

                    print(io.exists(io.temporary()), io.exists("no such file"))
                    #> true false
                """, (context, arguments) -> Files.path(text(arguments[0])).exists());
        row("list", "path", """
                The names in a folder, in order, as a tuple.

                    folder = io.temporary()
                    io.save(folder + "/b.txt", "")
                    io.save(folder + "/a.txt", "")
                    print(io.list(folder))
                    #> ("a.txt", "b.txt")
                """, (context, arguments) -> new TupleValue(Files.list(text(arguments[0]))));
        row("make_folder", "path", """
                Makes a folder and those above it, where they are not there yet.

                    folder = io.temporary() + "/a/b"
                    io.make_folder(folder)
                    print(io.exists(folder))
                    #> true
                """, (context, arguments) -> {
            Folders.make(text(arguments[0]));
            return None.NONE;
        });
        row("remove", "path", """
                Removes a file or an empty folder.

                    path = io.temporary() + "/x.txt"
                    io.save(path, "gone soon")
                    io.remove(path)
                    print(io.exists(path))
                    #> false
                """, (context, arguments) -> {
            Folders.remove(text(arguments[0]));
            return None.NONE;
        });
        row("temporary", "", """
                The path of a fresh folder, which goes with all in it when the program ends.

                    print(io.list(io.temporary()))
                    #> ()
                """, (context, arguments) -> Folders.temporary(context.session()));
        row("bundled", "name", """
                A data file that ships with TFL.

                    print(io.bundled("digits.csv.gz").shape)
                    #> (1797, 65)
                """, (context, arguments) -> BundledData.load(text(arguments[0])));
        row("data_folder", "name", """
                The folder of that name below the one that the variable TFL_DATA names.

                    print(try { io.data_folder("no such data") } catch e { e.code })
                    #> TFL-E0606
                """, (context, arguments) -> BundledData.folder(text(arguments[0])));
    }

    /** For {@link java.util.ServiceLoader}. */
    public IoModule() {
        super(MODULE, ROWS);
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
}
