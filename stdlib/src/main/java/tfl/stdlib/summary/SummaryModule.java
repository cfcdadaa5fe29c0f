package tfl.stdlib.summary;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.Plain;
import tfl.interpreter.builtin.TableModule;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.stdlib.io.Png;
import tfl.tensor.Tensor;

/** The rows on which {@code summary.tfl} is built; all are private to it. */
public final class SummaryModule extends TableModule {
    private static final String MODULE = "summary";
    private static final byte[] VERSION_0 = {};
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("_open", "summary.writer", "folder", "A new file of events.", a -> open(Given.text("a folder", a[0])));
        row("_path", "summary.writer", "file", "Where it is.", a -> ((EventFile) a[0]).path().toString());
        row("_scalar", "w.scalar", "file, tag, value, step", "Adds a number.", a -> {
            var tag = tag(a);
            return add(a, tag, "scalars", Events.DataClass.SCALAR,
                    Events.scalar((float) Given.number("the scalar " + tag, a[2])));
        });
        row("_buckets", "w.histogram", "file, tag, buckets, step", "Adds rows of left, right, count.", a -> {
            var buckets = (Tensor) a[2];
            return add(a, tag(a), "histograms", Events.DataClass.TENSOR,
                    Events.doubles(buckets.toDoubles(), buckets.shape().dims()));
        });
        row("_images", "w.image", "file, tag, images, step", "Adds u8 images of one size.", a ->
                add(a, tag(a), "images", Events.DataClass.BLOB_SEQUENCE, images((TupleValue) a[2])));
        row("_text", "w.text", "file, tag, text, step", "Adds text.", a -> {
            var table = Given.Table.of(a[2]);
            return add(a, tag(a), "text", Events.DataClass.TENSOR, Events.strings(table.texts(), table.dims()));
        });
        row("_graph", "w.graph", "file, graph", "Adds a graph.", a ->
                append((EventFile) a[0], Events.graph(GraphEvents.definition((RecordValue) a[1]))));
        row("_hparams", "w.hparams", "file, values, metrics", "Adds hyperparameters.", a -> {
            HyperparameterEvents.run(Given.hyperparameters(a[1]), Given.texts("metrics", a[2]))
                    .forEach(event -> append((EventFile) a[0], event));
            return None.NONE;
        });
        row("_check", "summary.writer", "file", "Fails if it is closed.", a -> {
            open((EventFile) a[0]);
            return None.NONE;
        });
        row("_wrong", "summary.writer", "message, help", "Fails with a message.", a -> {
            throw SummaryErrors.wrong((String) a[0], a[1] instanceof String help ? help : null);
        });
        row("_flush", "w.flush", "file", "Writes it to the disk.", a -> {
            var file = open((EventFile) a[0]);
            return attempt(file.path(), file::force);
        });
        row("_close", "w.close", "file", "Ends it.", a -> {
            var file = (EventFile) a[0];
            return attempt(file.path(), file::close);
        });
    }

    /** For {@link java.util.ServiceLoader}. */
    public SummaryModule() {
        super(MODULE, ROWS);
    }

    private interface Body {
        Object call(Object[] arguments);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void row(String name, String shown, String parameters, String doc, Body body) {
        ROWS.put(name, Builtin.of(MODULE, name, parameters, doc, (context, arguments) -> {
            Outside.reach(shown, "writes to a file");
            return body.call(Arrays.stream(arguments).map(Plain::of).toArray());
        }));
    }

    private static EventFile open(String folder) {
        try {
            var file = EventFile.create(WorkingFolder.resolve(folder));
            append(file, Events.version());
            return file;
        } catch (IOException problem) {
            throw SummaryErrors.unwritable(folder, problem);
        } catch (InvalidPathException problem) {
            throw SummaryErrors.unwritable(folder, new IOException("that is no path", problem));
        }
    }

    private static String tag(Object[] arguments) {
        return Given.text("a tag", arguments[1]);
    }

    private static Object add(Object[] arguments, String tag, String plugin, Events.DataClass kind, Message tensor) {
        return append((EventFile) arguments[0],
                Events.summary(Given.step(arguments[3]), tag, plugin, VERSION_0, kind, tensor));
    }

    private static Object append(EventFile file, Message event) {
        open(file);
        return attempt(file.path(), () -> file.append(event.toBytes()));
    }

    private static EventFile open(EventFile file) {
        if (file.isClosed()) {
            throw SummaryErrors.closed(file.path());
        }
        return file;
    }

    private static Object attempt(TruffleFile file, Action action) {
        try {
            action.run();
            return None.NONE;
        } catch (IOException problem) {
            throw SummaryErrors.unwritable(file.toString(), problem);
        }
    }

    /** Width and height as text, then each image as a PNG file. */
    private static Message images(TupleValue images) {
        var first = (Tensor) images.get(0);
        var parts = new ArrayList<>(List.of(Long.toString(first.dim(1)).getBytes(), Long.toString(first.dim(0))
                .getBytes()));
        images.elements().forEach(image -> parts.add(Png.encode((Tensor) image)));
        return Events.strings(parts, parts.size());
    }
}
