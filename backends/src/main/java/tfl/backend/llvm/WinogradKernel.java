package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The transforms of Winograd's convolution F(2x2, 3x3): tiles of 4 x 4 of the input that overlap by two become 16
 * planes, and 16 planes become tiles of 2 x 2 of the output. Source: Lavin and Gray, "Fast algorithms for convolutional
 * neural networks", 2016, section 4.1.
 *
 * <p>Functions over ranges of channels: {@code spread} (Bᵀ d B), {@code gather} (Aᵀ m A) and {@code cotangent}
 * (A y Aᵀ). Arguments of all: the planes, the image's first channel, its height and width, the elements of one channel,
 * the first row and column of the first tile, which may lie outside of the image, how many lines of tiles there are and
 * how many vectors of {@code lanes} tiles in a line, the distance of planes and that of a plane's channels. {@code
 * gather} has one more: where to write 1 if a result is not finite.
 */
public record WinogradKernel(int lanes) implements KernelSource {
    private static final int SIDE = 4;

    @Override
    public String text() {
        return new Module().add("spread", new Writer().spread()).add("gather", new Writer().gather())
                .add("cotangent", new Writer().cotangent()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Arguments arguments = new Arguments(code);
        private final String vector = "<" + lanes + " x float>";
        private final String mask = "<" + lanes + " x i1>";
        private final String planes = arguments.pointer();
        private final String image = arguments.pointer();
        private final String height = arguments.number();
        private final String width = arguments.number();
        private final String channelStep = arguments.number();
        private final String top = arguments.number();
        private final String left = arguments.number();
        private final String lines = arguments.number();
        private final String vectors = arguments.number();
        private final String planeStep = arguments.number();
        private final String rowStep = arguments.number();

        Code spread() {
            tiles((channel, place, row, column) -> {
                var d = new ArrayList<List<String>>();
                for (int i = 0; i < SIDE; i++) {
                    d.add(pairs(channel, code.integer("add", row, Integer.toString(i)), column, true));
                }
                var t = new ArrayList<List<String>>();
                for (int j = 0; j < SIDE; j++) {
                    t.add(turned(d.get(0).get(j), d.get(1).get(j), d.get(2).get(j), d.get(3).get(j)));
                }
                for (int i = 0; i < SIDE; i++) {
                    var line = turned(t.get(0).get(i), t.get(1).get(i), t.get(2).get(i), t.get(3).get(i));
                    for (int j = 0; j < SIDE; j++) {
                        put(place, i, j, line.get(j));
                    }
                }
            });
            return code;
        }

        /** Bᵀ times a column. */
        private List<String> turned(String x0, String x1, String x2, String x3) {
            return List.of(of("fsub", x0, x2), of("fadd", x1, x2), of("fsub", x2, x1), of("fsub", x1, x3));
        }

        Code cotangent() {
            tiles((channel, place, row, column) -> {
                var upper = pairs(channel, row, column, false);
                var lower = pairs(channel, code.integer("add", row, "1"), column, false);
                var left = raised(upper.get(0), lower.get(0));
                var right = raised(upper.get(1), lower.get(1));
                for (int i = 0; i < SIDE; i++) {
                    var line = raised(left.get(i), right.get(i));
                    for (int j = 0; j < SIDE; j++) {
                        put(place, i, j, line.get(j));
                    }
                }
            });
            return code;
        }

        /** A times a column. */
        private List<String> raised(String y0, String y1) {
            return List.of(y0, of("fadd", y0, y1), of("fsub", y0, y1), code.emit("fneg " + vector + " " + y1));
        }

        Code gather() {
            var flag = arguments.pointer();
            tiles((channel, place, row, column) -> {
                var upper = new ArrayList<String>();
                var lower = new ArrayList<String>();
                for (int j = 0; j < SIDE; j++) {
                    var m = new ArrayList<String>();
                    for (int i = 0; i < SIDE; i++) {
                        m.add(code.emit("load " + vector + ", ptr " + plane(place, i, j) + ", align 4"));
                    }
                    upper.add(of("fadd", of("fadd", m.get(0), m.get(1)), m.get(2)));
                    lower.add(of("fsub", of("fsub", m.get(1), m.get(2)), m.get(3)));
                }
                var check = line(channel, row, column, upper);
                var other = line(channel, code.integer("add", row, "1"), column, lower);
                var sum = of("fadd", check, other);
                var odd = code.emit("fcmp uno " + vector + " " + sum + ", zeroinitializer");
                var any = code.emit("call i1 @llvm.vector.reduce.or.v" + lanes + "i1(" + mask + " " + odd + ")");
                code.branch(any, () -> code.line("store i64 1, ptr " + flag), () -> { });
            });
            return code;
        }

        /** Writes a line of the output; gives 0 where all of it is finite, else NaN. */
        private String line(String channel, String row, String column, List<String> m) {
            var even = of("fadd", of("fadd", m.get(0), m.get(1)), m.get(2));
            var odd = of("fsub", of("fsub", m.get(1), m.get(2)), m.get(3));
            for (int half = 0; half < 2; half++) {
                int from = half * lanes / 2;
                var at = code.integer("add", column, Integer.toString(half * lanes));
                var values = shuffle(even, odd, lane -> from + lane / 2 + lane % 2 * lanes);
                code.line("call void @llvm.masked.store.v" + lanes + "f32.p0(" + vector + " " + values + ", ptr "
                        + pointer(channel, row, at) + ", i32 4, " + mask + " " + inside(row, at) + ")");
            }
            var zero = "zeroinitializer";
            return of("fadd", of("fmul", even, zero), of("fmul", odd, zero));
        }

        private interface Tile {
            void write(String channel, String place, String row, String column);
        }

        private void tiles(Tile tile) {
            code.loop("%begin", "%end", "1", List.of(), (unit, none) -> {
                var channel = code.element("float", image, code.emit("mul i64 " + unit + ", " + channelStep));
                var place = code.element("float", planes, code.emit("mul i64 " + unit + ", " + rowStep));
                code.loop("0", lines, "1", List.of(), (line, nothing) -> {
                    var row = code.integer("add", top, code.integer("mul", line, "2"));
                    var first = code.emit("mul i64 " + line + ", " + vectors);
                    code.loop("0", vectors, "1", List.of(), (k, never) -> {
                        var at = code.integer("mul", code.integer("add", first, k), Integer.toString(lanes));
                        var column = code.integer("add", left, code.integer("mul", k, Integer.toString(2 * lanes)));
                        tile.write(channel, code.element("float", place, at), row, column);
                        return never;
                    });
                    return nothing;
                });
                return none;
            });
        }

        /** Of each tile the elements 0 and 1 of a row, and with {@code all} 2 and 3; 0 outside of the image. */
        private List<String> pairs(String channel, String row, String column, boolean all) {
            var found = new ArrayList<String>();
            for (int shift = 0; shift < (all ? SIDE : 2); shift += 2) {
                var low = get(channel, row, code.integer("add", column, Integer.toString(shift)));
                var high = get(channel, row, code.integer("add", column, Integer.toString(shift + lanes)));
                found.add(shuffle(low, high, lane -> 2 * lane));
                found.add(shuffle(low, high, lane -> 2 * lane + 1));
            }
            return found;
        }

        private String get(String channel, String row, String column) {
            return code.emit("call " + vector + " @llvm.masked.load.v" + lanes + "f32.p0(ptr "
                    + pointer(channel, row, column) + ", i32 4, " + mask + " " + inside(row, column) + ", " + vector
                    + " zeroinitializer)");
        }

        // Not inbounds: lanes that are masked out may lie before the image.
        private String pointer(String channel, String row, String column) {
            var offset = code.integer("add", code.integer("mul", row, width), column);
            return code.emit("getelementptr float, ptr " + channel + ", i64 " + offset);
        }

        private String inside(String row, String column) {
            var numbers = new StringBuilder();
            for (int lane = 0; lane < lanes; lane++) {
                numbers.append(lane == 0 ? "" : ", ").append("i32 ").append(lane);
            }
            var integers = "<" + lanes + " x i32>";
            var at = code.emit("add " + integers + " " + splat("i32", code.emit("trunc i64 " + column + " to i32"))
                    + ", <" + numbers + ">");
            var across = code.emit("icmp ult " + integers + " " + at + ", "
                    + splat("i32", code.emit("trunc i64 " + width + " to i32")));
            var down = code.emit("icmp ult i64 " + row + ", " + height);
            return code.emit("and " + mask + " " + across + ", " + splat("i1", down));
        }

        private String splat(String type, String value) {
            var whole = "<" + lanes + " x " + type + ">";
            var first = code.emit("insertelement " + whole + " poison, " + type + " " + value + ", i64 0");
            return code.emit("shufflevector " + whole + " " + first + ", " + whole + " poison, <" + lanes
                    + " x i32> zeroinitializer");
        }

        private String shuffle(String low, String high, IntUnaryOperator chosen) {
            var numbers = new StringBuilder();
            for (int lane = 0; lane < lanes; lane++) {
                numbers.append(lane == 0 ? "" : ", ").append("i32 ").append(chosen.applyAsInt(lane));
            }
            return code.emit("shufflevector " + vector + " " + low + ", " + vector + " " + high + ", <" + lanes
                    + " x i32> <" + numbers + ">");
        }

        private String of(String op, String x, String y) {
            return code.emit(op + " " + vector + " " + x + ", " + y);
        }

        private String plane(String place, int i, int j) {
            return code.element("float", place, code.integer("mul", planeStep, Integer.toString(SIDE * i + j)));
        }

        private void put(String place, int i, int j, String value) {
            code.line("store " + vector + " " + value + ", ptr " + plane(place, i, j) + ", align 4");
        }
    }
}
