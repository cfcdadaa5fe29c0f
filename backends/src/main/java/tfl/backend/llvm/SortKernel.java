package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Code for a quicksort of unsigned numbers by vectors of 512 bits, and for making such numbers of others in their
 * order. Source of the method: Blacher, Giesen, Sanders and Wassenberg, "Vectorized and performance-portable
 * quicksort", 2022: a vector is compared to the pivot and compressed twice; short ranges go through a
 * {@link SortNetwork}.
 *
 * <p>Functions, whose arguments are slots (see the constants), {@code begin} and {@code end} unused: {@code leaf} sorts
 * up to {@link #leaf} numbers; {@code split} picks a pivot, moves what is below it to the spare room and the others to
 * the front of where they were, and says how many were below; {@code sort} does both until all is sorted. Over ranges
 * of elements: {@code keys} makes floats numbers with the largest for every NaN and none for -0, {@code floats} floats
 * again, and {@code turn} makes numbers of integers, or the other way round.
 *
 * @param bits of a number, 32 or 64
 */
public record SortKernel(int bits) implements KernelSource {
    /** Where the numbers are; they do not stay there. */
    public static final int FROM = 0;
    /** As much room again. */
    public static final int SPARE = 1;
    public static final int COUNT = 2;
    /** Where they are wanted, apart from the other two. */
    public static final int TO = 3;
    /** How many splits deep {@code sort} may go. */
    public static final int BUDGET = 4;
    /** What {@code split} answers: how many went to the spare room, at least one. */
    public static final int BELOW = 5;
    /** And whether those are all the same. */
    public static final int ALIKE = 6;
    /** Where {@code sort} adds 1 if the budget did not suffice; then not all is sorted. */
    public static final int GAVE_UP = 7;

    /** For {@code keys}, {@code floats} and {@code turn}: where to write. */
    public static final int KEYS = 1;
    /** Bits to be turned, all for the opposite order. */
    public static final int FLIP = 2;
    /** Where {@code keys} answers whether there was a -0. */
    public static final int ZEROS = 3;

    private static final int SLOTS = 8;
    private static final int LEAF_VECTORS = 16;
    /** Vectors of samples among which the pivot is chosen, and numbers from which on it is not only one. */
    private static final int SAMPLES = 4;
    private static final int MANY = 1024;

    /** How many numbers a leaf may have. */
    public int leaf() {
        return LEAF_VECTORS * Lanes.count(bits);
    }

    @Override
    public String text() {
        return new Module().add("leaf", new Writer().leaf()).add("split", new Writer().split())
                .add("sort", new Writer().sort()).add("keys", new Writer().keys())
                .add("floats", new Writer().floats()).add("turn", new Writer().turn()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Lanes vectors = new Lanes(code, bits);
        private final int lanes = vectors.count();
        private final String type = vectors.type();
        private final String vector = vectors.vector();
        private final String mask = vectors.mask();
        private final String name = vectors.suffix();

        // Arguments

        private String slot(String frame, int slot) {
            return code.element("i64", frame, Integer.toString(slot));
        }

        private String number(int slot) {
            return code.emit("load i64, ptr " + slot("%args", slot));
        }

        private String pointer(int slot) {
            return code.emit("load ptr, ptr " + slot("%args", slot));
        }

        private void answer(int slot, String value) {
            code.line("store i64 " + value + ", ptr " + slot("%args", slot));
        }

        // Sorting

        Code sort() {
            var frame = code.emit("alloca [" + SLOTS + " x i64]");
            var count = number(COUNT);
            var budget = number(BUDGET);
            code.branch(code.emit("icmp ule i64 " + count + ", " + SortKernel.this.leaf()),
                    () -> code.line("call void @leaf(ptr %args, i64 0, i64 0)"),
                    () -> code.branch(code.emit("icmp eq i64 " + budget + ", 0"), () -> {
                        copy(pointer(FROM), pointer(TO), count);
                        giveUp("1");
                    }, () -> both(frame, count, code.integer("sub", budget, "1"))));
            return code;
        }

        private void both(String frame, String count, String budget) {
            code.line("call void @split(ptr %args, i64 0, i64 0)");
            var from = pointer(FROM);
            var spare = pointer(SPARE);
            var to = pointer(TO);
            var below = number(BELOW);
            var rest = code.integer("sub", count, below);
            var alike = code.emit("icmp ne i64 " + number(ALIKE) + ", 0");
            code.branch(alike, () -> copy(spare, to, below),
                    () -> sortPart(frame, spare, code.element(type, from, rest), below, to, budget));
            sortPart(frame, from, code.element(type, spare, below), rest, code.element(type, to, below), budget);
        }

        private void sortPart(String frame, String from, String spare, String count, String to, String budget) {
            frame(frame, List.of("ptr " + from, "ptr " + spare, "i64 " + count, "ptr " + to, "i64 " + budget));
            var gaveUp = slot(frame, GAVE_UP);
            code.line("store i64 0, ptr " + gaveUp);
            code.line("call void @sort(ptr " + frame + ", i64 0, i64 0)");
            giveUp(code.emit("load i64, ptr " + gaveUp));
        }

        private void frame(String frame, List<String> values) {
            for (int slot = 0; slot < values.size(); slot++) {
                code.line("store " + values.get(slot) + ", ptr " + slot(frame, slot));
            }
        }

        private void giveUp(String more) {
            answer(GAVE_UP, code.integer("add", number(GAVE_UP), more));
        }

        private void copy(String from, String to, String count) {
            code.independentLoop("0", count, i -> code.store(type, code.load(type, code.element(type, from, i)),
                    code.element(type, to, i)));
        }

        // Splitting

        Code split() {
            var from = pointer(FROM);
            var spare = pointer(SPARE);
            var count = number(COUNT);
            var frame = code.emit("alloca [" + SLOTS + " x i64]");
            var samples = code.emit("alloca [" + SAMPLES * lanes + " x " + type + "]");
            code.branch(code.emit("icmp ult i64 " + count + ", " + MANY),
                    () -> median(from, count, 1, frame, samples),
                    () -> median(from, count, SAMPLES, frame, samples));
            var pivot = vectors.splat(code.load(type, samples));
            var below = partition("ult", from, spare, count, pivot);
            answer(BELOW, below);
            answer(ALIKE, "0");
            code.branch(code.emit("icmp eq i64 " + below + ", 0"), () -> {
                answer(BELOW, partition("ule", from, spare, count, pivot));
                answer(ALIKE, "1");
            }, () -> { });
            return code;
        }

        /** Puts there the median of samples: one from each of so many equal parts, at places that have no pattern. */
        private void median(String from, String count, int groups, String frame, String samples) {
            var step = code.emit("udiv i64 " + count + ", " + groups * lanes);
            var steps = vectors.splat("i64", step);
            var wide = vectors.wide();
            for (int k = 0; k < groups; k++) {
                int first = k * lanes;
                var starts = code.emit("mul " + wide + " " + steps + ", " + vectors.constants(lane -> first + lane));
                var apart = code.emit("mul " + wide + " " + steps + ", "
                        + vectors.constants(lane -> (first + lane) * 0x9E3779B1 >>> 16));
                apart = code.emit("lshr " + wide + " " + apart + ", " + vectors.constants(lane -> 16));
                var places = code.emit("add " + wide + " " + starts + ", " + apart);
                var pointers = code.emit("getelementptr inbounds " + type + ", ptr " + from + ", " + wide + " "
                        + places);
                put(code.emit("call " + vector + " @llvm.masked.gather" + name + ".v" + lanes + "p0(<" + lanes
                        + " x ptr> " + pointers + ", i32 " + bits / 8 + ", " + mask + " "
                        + vectors.all("i1 true") + ", " + vector + " poison)"), samples, Integer.toString(first));
            }
            frame(frame, List.of("ptr " + samples, "i64 0", "i64 " + groups * lanes, "ptr " + samples));
            code.line("call void @leaf(ptr " + frame + ", i64 0, i64 0)");
            code.store(type, code.load(type, code.element(type, samples, Integer.toString(groups * lanes / 2))),
                    samples);
        }

        private String partition(String predicate, String from, String spare, String count, String pivot) {
            var whole = code.emit("and i64 " + count + ", " + -lanes);
            var zero = new Code.Carried("i64", "0");
            var ends = code.loop("0", whole, Integer.toString(lanes), List.of(zero, zero), (i, places) -> {
                var numbers = code.emit("load " + vector + ", ptr " + code.element(type, from, i) + ", align "
                        + bits / 8);
                var low = code.emit("icmp " + predicate + " " + vector + " " + numbers + ", " + pivot);
                put(compress(numbers, low), spare, places.getFirst());
                put(compress(numbers, not(low)), from, places.getLast());
                var below = count(low);
                var above = code.integer("sub", Integer.toString(lanes), below);
                return List.of(code.integer("add", places.getFirst(), below),
                        code.integer("add", places.getLast(), above));
            });
            var there = fewer(code.integer("sub", count, whole));
            var numbers = load(from, whole, there);
            var below = code.emit("icmp " + predicate + " " + vector + " " + numbers + ", " + pivot);
            var low = code.emit("and " + mask + " " + there + ", " + below);
            var high = code.emit("and " + mask + " " + there + ", " + not(below));
            store(compress(numbers, low), spare, ends.getFirst(), fewer(count(low)));
            store(compress(numbers, high), from, ends.getLast(), fewer(count(high)));
            return code.integer("add", ends.getFirst(), count(low));
        }

        private void put(String numbers, String base, String place) {
            code.line("store " + vector + " " + numbers + ", ptr " + code.element(type, base, place) + ", align "
                    + bits / 8);
        }

        private String compress(String numbers, String chosen) {
            return code.emit("call " + vector + " @llvm.experimental.vector.compress" + name + "(" + vector + " "
                    + numbers + ", " + mask + " " + chosen + ", " + vector + " poison)");
        }

        private String not(String chosen) {
            return code.emit("xor " + mask + " " + chosen + ", " + vectors.all("i1 true"));
        }

        private String count(String chosen) {
            var word = "i" + lanes;
            var set = code.emit("bitcast " + mask + " " + chosen + " to " + word);
            var count = code.emit("call " + word + " @llvm.ctpop." + word + "(" + word + " " + set + ")");
            return code.emit("zext " + word + " " + count + " to i64");
        }

        // Keys

        Code keys() {
            var from = pointer(FROM);
            var to = pointer(KEYS);
            var flip = flip();
            var found = code.independentLoop("%begin", "%end", List.of(new Code.Carried(type, "0")), (i, zeros) -> {
                var number = code.load(type, code.element(type, from, i));
                var zero = code.emit("icmp eq " + type + " " + number + ", " + sign());
                var positive = code.emit("select i1 " + zero + ", " + type + " 0, " + type + " " + number);
                var key = of("xor", turned(positive, positive), flip);
                var magnitude = of("and", number, Long.toString(-1L >>> 65 - bits));
                var nan = code.emit("icmp ugt " + type + " " + magnitude + ", " + infinity());
                key = code.emit("select i1 " + nan + ", " + type + " -1, " + type + " " + key);
                code.store(type, key, code.element(type, to, i));
                return List.of(of("or", zeros.getFirst(), code.emit("zext i1 " + zero + " to " + type)));
            });
            answer(ZEROS, bits == 64 ? found.getFirst() : code.emit("zext i32 " + found.getFirst() + " to i64"));
            return code;
        }

        Code floats() {
            var flip = flip();
            each(key -> {
                var ordered = of("xor", key, flip);
                var number = turned(ordered, of("xor", ordered, "-1"));
                var nan = code.emit("icmp eq " + type + " " + key + ", -1");
                return code.emit("select i1 " + nan + ", " + type + " " + nan() + ", " + type + " " + number);
            });
            return code;
        }

        Code turn() {
            var flip = of("xor", flip(), Long.toString(sign()));
            each(number -> of("xor", number, flip));
            return code;
        }

        private void each(UnaryOperator<String> change) {
            var from = pointer(FROM);
            var to = pointer(KEYS);
            code.independentLoop("%begin", "%end", i -> code.store(type,
                    change.apply(code.load(type, code.element(type, from, i))), code.element(type, to, i)));
        }

        /** With the sign turned where {@code sign} is not negative, otherwise all bits. */
        private String turned(String number, String sign) {
            var all = code.emit("ashr " + type + " " + sign + ", " + (bits - 1));
            return of("xor", number, of("or", all, Long.toString(sign())));
        }

        private String flip() {
            return bits == 64 ? number(FLIP) : code.emit("trunc i64 " + number(FLIP) + " to i32");
        }

        private long sign() {
            return -1L << bits - 1;
        }

        private long infinity() {
            return bits == 64 ? 0x7ff0000000000000L : 0x7f800000L;
        }

        /** The usual one. */
        private long nan() {
            return bits == 64 ? 0x7ff8000000000000L : 0x7fc00000L;
        }

        private String of(String operation, String x, String y) {
            return code.emit(operation + " " + type + " " + x + ", " + y);
        }

        // Short ranges

        Code leaf() {
            leaf(1, pointer(FROM), pointer(TO), number(COUNT));
            return code;
        }

        private void leaf(int groups, String from, String to, String count) {
            if (groups == LEAF_VECTORS) {
                sortVectors(groups, from, to, count);
            } else {
                code.branch(code.emit("icmp ule i64 " + count + ", " + groups * lanes),
                        () -> sortVectors(groups, from, to, count), () -> leaf(4 * groups, from, to, count));
            }
        }

        private void sortVectors(int groups, String from, String to, String count) {
            var numbers = new ArrayList<String>();
            var there = new ArrayList<String>();
            for (int k = 0; k < groups; k++) {
                there.add(fewer(code.integer("sub", count, Integer.toString(k * lanes))));
                numbers.add(load(from, Integer.toString(k * lanes), there.get(k)));
            }
            var network = new SortNetwork(vectors);
            network.sort(numbers);
            var turned = network.rows(numbers.stream().map(List::of).toList());
            for (int k = 0; k < groups; k++) {
                store(turned.get(k), to, Integer.toString(k * lanes), there.get(k));
            }
        }

        // Vectors

        /** Lanes whose number is less. */
        private String fewer(String count) {
            return code.emit("icmp slt " + vectors.wide() + " " + vectors.constants(lane -> lane) + ", "
                    + vectors.splat("i64", count));
        }

        /** The numbers of those lanes; the largest there is in the others. */
        private String load(String base, String place, String chosen) {
            return code.emit("call " + vector + " @llvm.masked.load" + name + ".p0(ptr "
                    + code.element(type, base, place) + ", i32 " + bits / 8 + ", " + mask + " " + chosen + ", "
                    + vector + " " + vectors.all(type + " -1") + ")");
        }

        private void store(String numbers, String base, String place, String chosen) {
            code.line("call void @llvm.masked.store" + name + ".p0(" + vector + " " + numbers + ", ptr "
                    + code.element(type, base, place) + ", i32 " + bits / 8 + ", " + mask + " " + chosen + ")");
        }
    }
}
