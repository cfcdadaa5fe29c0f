package tfl.stdlib.plot;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.Check;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.TableModule;
import tfl.interpreter.value.None;
import tfl.stdlib.io.Png;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** The module {@code plot.encode}, on which {@code plot} is built. */
public final class EncodeModule extends TableModule {
    private static final String MODULE = "plot.encode";
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("path", "x, y", "The data of an SVG path through these points, broken where one is not finite.",
                a -> PathData.of(((Tensor) a[0]).toDoubles(), ((Tensor) a[1]).toDoubles()));
        row("picture", "image", "The data URI of a u8 image, as PNG.", a -> "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(Png.encode((Tensor) a[0])));
        row("png", "image", "The bytes of a PNG file with that u8 image.", a -> {
            var bytes = Png.encode((Tensor) a[0]);
            return Tensor.ofBytes(DType.U8, bytes, bytes.length);
        });
        row("base64", "bytes", "Bytes as text in base 64.", a -> Base64.getEncoder().encodeToString(
                ((Tensor) a[0]).toBytes()));
        row("raster", "svg, scale", "The pixels of a drawing: u8[rows, columns, 3].",
                a -> Raster.of((String) a[0], ((Number) a[1]).doubleValue()));
        row("write", "path, content", "Writes a text, or bytes, to a file.", a -> {
            Outside.reach("plot.save", "writes a file");
            Output.write((String) a[0], a[1]);
            return None.NONE;
        });
        row("fail", "what, message, help=none", "Stops with an error of the module.", a -> {
            throw PlotErrors.of((String) a[0], (String) a[1], a[2] instanceof String help ? help : null);
        });
        row("outside", "", "Fails while a graph is traced.", a -> {
            Outside.reach("a plot", "needs the elements of its data");
            return true;
        });
    }

    /** For {@link java.util.ServiceLoader}. */
    public EncodeModule() {
        super(MODULE, ROWS);
    }

    private interface Body {
        Object call(Object[] arguments);
    }

    private static void row(String name, String parameters, String doc, Body body) {
        ROWS.put(name, Builtin.of(MODULE, name, parameters, doc, (context, arguments) -> body.call(arguments)));
    }

    @Override
    public List<Check> checks() {
        var drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text y=\"8\">a</text></svg>";
        try {
            Raster.of(drawing, 1);
            return List.of(new Check("ok", "fonts", "plots can be written as PNG", ""));
        } catch (TflException problem) {
            return List.of(new Check("warning", "fonts", problem.problem().message(), "install fontconfig and a font, "
                    + "such as fonts-dejavu-core; plots are written as SVG without"));
        }
    }
}
