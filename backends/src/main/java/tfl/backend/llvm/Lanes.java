package tfl.backend.llvm;

import java.util.function.IntUnaryOperator;

/** Writes what is done with vectors of integers, 512 bits wide. */
final class Lanes {
    private static final int BITS = 512;

    private final Code code;
    private final int lanes;
    private final String type;
    private final String vector;
    private final String mask;
    private final String suffix;

    Lanes(Code code, int bits) {
        this.code = code;
        this.lanes = count(bits);
        this.type = "i" + bits;
        this.vector = "<" + lanes + " x " + type + ">";
        this.mask = "<" + lanes + " x i1>";
        this.suffix = ".v" + lanes + type;
    }

    /** How many numbers of so many bits a vector holds. */
    static int count(int bits) {
        return BITS / bits;
    }

    int count() {
        return lanes;
    }

    String type() {
        return type;
    }

    String vector() {
        return vector;
    }

    String mask() {
        return mask;
    }

    /** What an intrinsic's name ends with that is about such vectors. */
    String suffix() {
        return suffix;
    }

    /** The lesser or the greater in each lane: {@code umin} or {@code umax}. */
    String extreme(String which, String x, String y) {
        return code.emit("call " + vector + " @llvm." + which + suffix + "(" + vector + " " + x + ", " + vector + " "
                + y + ")");
    }

    String shuffle(String x, String y, String places) {
        return code.emit("shufflevector " + vector + " " + x + ", " + vector + " " + y + ", " + places);
    }

    /** A shuffle's mask. */
    String places(IntUnaryOperator lane) {
        return "<" + lanes + " x i32> " + constants("i32", lane);
    }

    /** The lanes whose number has that bit. */
    String upper(int bit) {
        return constants("i1", lane -> (lane & bit) == 0 ? 0 : 1);
    }

    /** The second in those lanes, the first in the others. */
    String choose(String chosen, String without, String with) {
        return code.emit("select " + mask + " " + chosen + ", " + vector + " " + with + ", " + vector + " " + without);
    }

    String wide() {
        return "<" + lanes + " x i64>";
    }

    String constants(IntUnaryOperator value) {
        return constants("i64", value);
    }

    String constants(String element, IntUnaryOperator value) {
        var text = new StringBuilder("<");
        for (int lane = 0; lane < lanes; lane++) {
            text.append(lane == 0 ? "" : ", ").append(element).append(' ').append(value.applyAsInt(lane));
        }
        return text.append('>').toString();
    }

    String all(String element) {
        return "splat (" + element + ")";
    }

    String splat(String number) {
        return splat(type, number);
    }

    String splat(String element, String number) {
        var kind = "<" + lanes + " x " + element + ">";
        var one = code.emit("insertelement " + kind + " poison, " + element + " " + number + ", i64 0");
        return code.emit("shufflevector " + kind + " " + one + ", " + kind + " poison, <" + lanes
                + " x i32> zeroinitializer");
    }
}
