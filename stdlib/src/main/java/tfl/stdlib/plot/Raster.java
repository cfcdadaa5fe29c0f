package tfl.stdlib.plot;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** An SVG drawing as pixels. */
final class Raster {
    private static final String HEADLESS = "java.awt.headless";

    /** What the library says about drawings has no place at a prompt. */
    private static final Logger LIBRARY = Logger.getLogger("com.github.weisj.jsvg");
    /** Style sheets, of which the library knows a part only; drawings of ours have them for dark pages. */
    private static final Pattern STYLES = Pattern.compile("(?s)<style>.*?</style>");
    /** The library's own are for drawings of strangers: 2,000 paths, which points in a plot exceed. */
    private static final DocumentLimits LIMITS = new DocumentLimits(100, 100, Integer.MAX_VALUE);
    private static final Pattern FAMILIES = Pattern.compile("font-family=\"([^\"]+)\"");

    private Raster() {}

    /** The first family of a list that this machine has: the library looks at the first one only. */
    private static String family(MatchResult list) {
        for (var name : list.group(1).split(",")) {
            if (new Font(name.strip(), Font.PLAIN, 12).getFamily().equals(name.strip())) {
                return "font-family=\"" + name.strip() + "\"";
            }
        }
        return "font-family=\"sans-serif\"";
    }

    /** u8[rows, columns, 3]: the drawing on white, so many pixels for each of its own. */
    static Tensor of(String svg, double scale) {
        if (System.getProperty(HEADLESS) == null) {
            // Pixels need no screen, and looking for one takes time.
            System.setProperty(HEADLESS, "true");
        }
        try {
            LIBRARY.setLevel(Level.OFF);
            var plain = STYLES.matcher(svg).replaceAll("");
            return pixels(draw(load(FAMILIES.matcher(plain).replaceAll(Raster::family)), scale));
        } catch (InternalError | ExceptionInInitializerError | NoClassDefFoundError noFonts) {
            throw PlotErrors.noFonts(noFonts);
        }
    }

    private static SVGDocument load(String svg) {
        var stream = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        var document = new SVGLoader().load(stream, null, LoaderContext.builder()
                .documentLimits(LIMITS).build());
        if (document == null) {
            throw new IllegalStateException("the drawing is no SVG");
        }
        return document;
    }

    private static BufferedImage draw(SVGDocument document, double scale) {
        var size = document.size();
        int columns = (int) Math.ceil(size.width * scale);
        int rows = (int) Math.ceil(size.height * scale);
        var image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            smooth(graphics);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, columns, rows);
            graphics.scale(scale, scale);
            document.render((Component) null, graphics, new ViewBox(0, 0, size.width, size.height));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void smooth(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    }

    private static Tensor pixels(BufferedImage image) {
        int rows = image.getHeight();
        int columns = image.getWidth();
        var colours = image.getRGB(0, 0, columns, rows, null, 0, columns);
        var bytes = new byte[3 * colours.length];
        for (int k = 0; k < colours.length; k++) {
            bytes[3 * k] = (byte) (colours[k] >> 16);
            bytes[3 * k + 1] = (byte) (colours[k] >> 8);
            bytes[3 * k + 2] = (byte) colours[k];
        }
        return Tensor.ofBytes(DType.U8, bytes, rows, columns, 3);
    }
}
