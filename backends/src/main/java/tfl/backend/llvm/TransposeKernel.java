package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Code for copies of transposed matrices: function {@code kernel}, over ranges of units, each a band of
 * {@link #band} rows of one matrix. The target's columns and the source's rows lie dense. Arguments: target,
 * source, rows, columns, the target's distance between rows, the source's between columns, the sizes of
 * {@code outer} other axes, the target's strides there, the source's.
 *
 * @param square rows and columns of a tile, a power of two
 * @param streams whether lines go past the caches: a tile's are as long as the cache's, and begin where those do
 */
public record TransposeKernel(int bytes, int outer, int square, boolean streams) implements KernelSource {

    /** Rows of a band: a cache line of the source; two, as the memory fetches them, where it comes from there. */
    public int band() {
        return (streams ? 128 : 64) / bytes;
    }

    @Override
    public String text() {
        return new Module().add("kernel", new Writer().write()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Arguments arguments = new Arguments(code);
        private final String type = "i" + 8 * bytes;
        private final String vector = "<" + square + " x " + type + ">";
        private final String target = arguments.pointer();
        private final String source = arguments.pointer();
        private final String rows = arguments.number();
        private final String columns = arguments.number();
        private final String rowStep = arguments.number();
        private final String columnStep = arguments.number();
        private final Nest nest = Nest.read(code, arguments, outer,
                List.of(InnerStride.STRIDED, InnerStride.STRIDED));

        Code write() {
            int band = band();
            var bands = code.emit("udiv i64 " + code.emit("add i64 " + rows + ", " + (band - 1)) + ", "
                    + band);
            var width = code.emit("and i64 " + columns + ", " + -square);
            code.loop("%begin", "%end", "1", List.of(), (unit, none) -> {
                var matrix = code.emit("udiv i64 " + unit + ", " + bands);
                var number = code.emit("sub i64 " + unit + ", " + code.emit("mul i64 " + matrix + ", "
                        + bands));
                var top = code.emit("mul i64 " + number + ", " + band);
                var offsets = nest.offsets(matrix);
                var start = code.emit("mul i64 " + top + ", " + rowStep);
                var to = code.element(type, target, code.integer("add", offsets.getFirst(), start));
                var from = code.element(type, source, code.integer("add", offsets.getLast(), top));
                var count = code.minimum(Integer.toString(band), code.emit("sub i64 " + rows + ", " + top));
                var height = code.emit("and i64 " + count + ", " + -square);
                squares(to, from, height, width);
                edge(to, from, "0", height, width);
                edge(to, from, height, count, "0");
                return none;
            });
            if (streams) {
                code.streamed();
            }
            return code;
        }

        private void squares(String to, String from, String height, String width) {
            code.loop("0", width, Integer.toString(square), List.of(), (column, none) -> {
                code.loop("0", height, Integer.toString(square), List.of(), (row, nothing) -> {
                    var line = code.element(type, to, code.emit("mul i64 " + row + ", " + rowStep));
                    turn(line, code.element(type, from, row), column);
                    return nothing;
                });
                return none;
            });
        }

        private void turn(String to, String from, String column) {
            var lines = new ArrayList<String>();
            for (int k = 0; k < square; k++) {
                var offset = code.emit("mul i64 " + code.integer("add", column, Integer.toString(k)) + ", "
                        + columnStep);
                lines.add(code.emit("load " + vector + ", ptr " + code.element(type, from, offset)
                        + ", align " + bytes));
            }
            var turned = new Square(code, square, vector).transposed(lines);
            for (int k = 0; k < square; k++) {
                var offset = code.integer("add", code.integer("mul", rowStep, Integer.toString(k)), column);
                code.line("store " + vector + " " + turned.get(k) + ", ptr " + code.element(type, to, offset)
                        + ", align " + (streams ? "64, !nontemporal !3" : bytes));
            }
        }

        /** What is left over on the right and below, element by element. */
        private void edge(String to, String from, String firstRow, String lastRow, String firstColumn) {
            code.loop(firstRow, lastRow, "1", List.of(), (row, none) -> {
                var line = code.element(type, to, code.emit("mul i64 " + row + ", " + rowStep));
                var start = code.element(type, from, row);
                code.independentLoop(firstColumn, columns, column -> {
                    var place = code.element(type, start, code.integer("mul", column, columnStep));
                    code.store(type, code.load(type, place), code.element(type, line, column));
                });
                return none;
            });
        }
    }
}
