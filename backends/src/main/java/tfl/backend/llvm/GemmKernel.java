package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.kernel.Kernel;
import tfl.tensor.DType;

/**
 * Code for a matrix product and what is done with each of its elements: function {@code kernel}, over ranges of rows.
 * The product is made in registers, a tile of some rows by two vectors at a time, and goes on from the first cache.
 * Arguments: the outputs, the inputs, but for the product the left matrix; the right one; the columns and how many are
 * summed; the distances of the left matrix's rows and columns, and of the right one's rows, whose elements touch; for
 * each input the distances of rows and columns, of the product 0; the first column, the one after the last; scratch for
 * as many columns, up to a multiple of {@link #width}; and the numbers of the call, which are the inputs behind those
 * of {@code inner}. Outputs are dense and may be the same memory as an input that is dense too, but not as a matrix.
 *
 * <p>Source of the tiles: Van Zee and van de Geijn, "BLIS: A framework for rapidly instantiating BLAS functionality",
 * 2015. Of their packing there is only what turns a right matrix around whose columns touch, some columns at a time:
 * else it is good as it lies, being in the second cache.
 *
 * @param product which input of the loop the product is
 * @param rows of a tile
 * @param lanes of a vector
 * @param whole whether the columns, from the first to the last, fill vectors
 * @param turned whether it is the right matrix's columns whose elements touch, and their distance is given
 */
public record GemmKernel(Kernel.Loop loop, int product, int rows, int lanes, boolean whole, boolean turned,
        List<InnerStride> inner)
        implements KernelSource {
    private static final int VECTORS = 2;

    /** The columns of a tile. */
    public static int width(int lanes) {
        return VECTORS * lanes;
    }

    @Override
    public String text() {
        var module = new Module();
        return module.add("kernel", new Writer(module.library()).write()).text();
    }

    private final class Writer {
        private final DType dtype = loop.inputs().get(product);
        private final String element = Value.register(dtype);
        private final String vector = "<" + lanes + " x " + element + ">";
        private final String mask = "<" + lanes + " x i1>";
        private final String suffix = ".v" + lanes + "f" + 8 * dtype.bytes();
        private final int width = width(lanes);
        private final Code code = new Code();
        private final Scalars scalars;
        private final List<String> outputs;
        private final List<String> inputs;
        private final String tile;
        private final String left;
        private final String right;
        private final String columns;
        private final String inside;
        private final String leftRow;
        private final String leftColumn;
        private final String rightStep;
        private final List<String> rowSteps = new ArrayList<>();
        private final List<String> columnSteps = new ArrayList<>();
        private final String first;
        private final String last;
        private final String scratch;
        private final List<Value> numbers;

        Writer(MathLibrary library) {
            scalars = new Scalars(code, library);
            var arguments = new Arguments(code);
            outputs = arguments.pointers(loop.bodies().size());
            inputs = new ArrayList<>(arguments.pointers(inner.size()));
            tile = code.emit("alloca [" + rows * width * dtype.bytes() + " x i8], align 64");
            left = inputs.set(product, tile);
            right = arguments.pointer();
            columns = arguments.number();
            inside = arguments.number();
            leftRow = arguments.number();
            leftColumn = arguments.number();
            rightStep = arguments.number();
            for (var kind : inner) {
                rowSteps.add(arguments.number());
                var step = arguments.number();
                columnSteps.add(kind == InnerStride.STRIDED ? step : kind == InnerStride.DENSE ? "1" : "0");
            }
            first = arguments.number();
            last = arguments.number();
            scratch = arguments.pointer();
            numbers = arguments.values(loop.inputs().subList(inner.size(), loop.inputs().size()));
        }

        Code write() {
            if (turned) {
                turn();
            }
            var filled = whole ? last : code.emit("sub i64 " + last + ", "
                    + code.emit("and i64 " + code.emit("sub i64 " + last + ", " + first) + ", " + (width - 1)));
            var rest = whole ? "0" : code.emit("sub i64 " + last + ", " + filled);
            var masks = IntStream.range(0, whole ? 0 : VECTORS).mapToObj(k -> below(k * lanes, rest)).toList();
            code.loop("%begin", "%end", Integer.toString(rows), List.of(), (row, none) -> {
                code.loop(first, filled, Integer.toString(width), List.of(), (column, nothing) -> {
                    tile(row, column, Integer.toString(width), List.of());
                    return nothing;
                });
                if (!whole) {
                    code.branch(code.emit("icmp sgt i64 " + rest + ", " + lanes), () -> tile(row, filled, rest, masks),
                            () -> code.branch(code.emit("icmp sgt i64 " + rest + ", 0"),
                                    () -> tile(row, filled, rest, masks.subList(0, 1)), () -> { }));
                }
                return none;
            });
            return code;
        }

        /** Of the lanes from {@code start} on, those before {@code end}. */
        private String below(int start, String end) {
            var places = new StringBuilder("<");
            for (int lane = 0; lane < lanes; lane++) {
                places.append(lane == 0 ? "" : ", ").append("i64 ").append(start + lane);
            }
            return code.emit("icmp slt <" + lanes + " x i64> " + places.append('>') + ", "
                    + splat("<" + lanes + " x i64>", "i64", end));
        }

        private String splat(String type, String kind, String value) {
            var one = code.emit("insertelement " + type + " poison, " + kind + " " + value + ", i64 0");
            return code.emit("shufflevector " + type + " " + one + ", " + type + " poison, <" + lanes
                    + " x i32> zeroinitializer");
        }

        /** @param masks which lanes there are; none if all are */
        private void tile(String row, String column, String wide, List<String> masks) {
            int vectors = masks.isEmpty() ? VECTORS : masks.size();
            if (turned) {
                var from = code.element(element, scratch, code.emit("mul i64 " + code.emit("sub i64 " + column + ", "
                        + first) + ", " + inside));
                multiply(row, from, Integer.toString(width), vectors, List.of());
            } else {
                multiply(row, code.element(element, right, column), rightStep, vectors, masks);
            }
            var count = code.minimum(Integer.toString(rows), code.emit("sub i64 %end, " + row));
            code.loop("0", count, "1", List.of(), (r, none) -> {
                line(r, code.integer("add", row, r), column, wide, masks.isEmpty());
                return none;
            });
        }

        /**
         * As many columns as a vector is long become rows of the scratch, and so on, those of a tile beside each other;
         * behind the last column it comes once more.
         */
        private void turn() {
            var filled = code.emit("and i64 " + inside + ", " + -lanes);
            var lastColumn = code.emit("sub i64 " + last + ", 1");
            code.loop(first, last, Integer.toString(width), List.of(), (column, none) -> {
                var to = code.element(element, scratch, code.emit("mul i64 " + code.emit("sub i64 " + column + ", "
                        + first) + ", " + inside));
                code.loop("0", Integer.toString(width), Integer.toString(lanes), List.of(), (from, nothing) -> {
                    var start = code.emit("add i64 " + column + ", " + from);
                    var lines = IntStream.range(0, lanes).mapToObj(k -> code.minimum(code.integer("add", start,
                            Integer.toString(k)), lastColumn)).map(line -> code.element(element, right,
                                    code.emit("mul i64 " + line + ", " + rightStep))).toList();
                    turn(lines, filled, code.element(element, to, from));
                    return nothing;
                });
                return none;
            });
        }

        private void turn(List<String> lines, String filled, String to) {
            code.loop("0", filled, Integer.toString(lanes), List.of(), (p, none) -> {
                var square = lines.stream().map(line -> code.emit("load " + vector + ", ptr "
                        + code.element(element, line, p) + ", align " + dtype.bytes())).toList();
                var columns = new Square(code, lanes, vector).transposed(square);
                var place = place(to, p);
                for (int q = 0; q < lanes; q++) {
                    code.line("store " + vector + " " + columns.get(q) + ", ptr " + code.element(element, place,
                            Integer.toString(q * width)) + ", align " + lanes * dtype.bytes());
                }
                return none;
            });
            code.loop(filled, inside, "1", List.of(), (p, none) -> {
                var place = place(to, p);
                for (int k = 0; k < lanes; k++) {
                    code.store(element, code.load(element, code.element(element, lines.get(k), p)),
                            code.element(element, place, Integer.toString(k)));
                }
                return none;
            });
        }

        private String place(String scratch, String p) {
            return code.element(element, scratch, code.emit("mul i64 " + p + ", " + width));
        }

        /** Rows behind the last are the last once more, so that there is one code for all. */
        private void multiply(String row, String from, String step, int vectors, List<String> masks) {
            var lastRow = code.emit("sub i64 %end, 1");
            var lines = IntStream.range(0, rows).mapToObj(r -> code.element(element, left, code.emit("mul i64 "
                    + code.minimum(code.integer("add", row, Integer.toString(r)), lastRow) + ", " + leftRow))).toList();
            var sums = IntStream.range(0, rows * vectors)
                    .mapToObj(k -> new Code.Carried(vector, "zeroinitializer")).toList();
            var done = code.loop("0", inside, "1", sums, (p, before) -> {
                var line = code.element(element, from, code.emit("mul i64 " + p + ", " + step));
                var factors = IntStream.range(0, vectors).mapToObj(k -> factors(line, k, masks)).toList();
                var at = code.emit("mul i64 " + p + ", " + leftColumn);
                var after = new ArrayList<String>();
                for (int r = 0; r < rows; r++) {
                    var one = splat(vector, element, code.load(element, code.element(element, lines.get(r), at)));
                    for (int k = 0; k < vectors; k++) {
                        after.add(code.emit("call " + vector + " @llvm.fma" + suffix + "(" + vector + " " + one + ", "
                                + vector + " " + factors.get(k) + ", " + vector + " "
                                + before.get(r * vectors + k) + ")"));
                    }
                }
                return after;
            });
            for (int k = 0; k < done.size(); k++) {
                var place = Integer.toString(k / vectors * width + k % vectors * lanes);
                code.line("store " + vector + " " + done.get(k) + ", ptr " + code.element(element, tile, place)
                        + ", align " + lanes * dtype.bytes());
            }
        }

        private String factors(String line, int k, List<String> masks) {
            var place = code.element(element, line, Integer.toString(k * lanes));
            return masks.isEmpty() ? code.emit("load " + vector + ", ptr " + place + ", align " + dtype.bytes())
                    : code.emit("call " + vector + " @llvm.masked.load" + suffix + ".p0(ptr " + place + ", i32 "
                            + dtype.bytes() + ", " + mask + " " + masks.get(k) + ", " + vector + " zeroinitializer)");
        }

        /** A row of the tile, and what becomes of it. */
        private void line(String r, String row, String column, String count, boolean full) {
            var offsets = new ArrayList<String>();
            for (int k = 0; k < inner.size(); k++) {
                offsets.add(k == product ? code.emit("mul i64 " + r + ", " + width)
                        : code.integer("add", code.integer("mul", row, rowSteps.get(k)),
                                code.integer("mul", column, columnSteps.get(k))));
            }
            var operands = new Operands(code, loop.inputs(), inner, inputs, offsets, columnSteps::get, numbers);
            var start = code.integer("add", code.integer("mul", row, columns), column);
            code.shortIndependentLoop(count, full, i -> {
                var leaves = scalars.at(new Scalars.Leaves(k -> operands.at(k, i), k -> null,
                        axis -> axis == 0 ? row : code.integer("add", column, i)));
                var at = code.integer("add nsw", start, i);
                var values = loop.bodies().stream().map(leaves::write).toList();
                for (int k = 0; k < values.size(); k++) {
                    scalars.memory().store(values.get(k), outputs.get(k), at);
                }
            });
        }
    }
}
