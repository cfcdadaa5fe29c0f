package tfl.backend.llvm;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The text of one LLVM function under construction: instructions, blocks and loops in the order they are
 * asked for.
 */
final class Code {
    /** Marks the accesses of loops whose iterations do not depend on each other. */
    static final String INDEPENDENT = ", !llvm.access.group !0";

    private static final String PLAIN = ", !llvm.loop !1";
    private static final String TWO_AT_ONCE = ", !llvm.loop !4";
    private static final String MASKED = ", !llvm.loop !6";
    private static final String NOT_UNROLLED = ", !llvm.loop !8";
    /** Elements that LLVM's loops do at once, or a multiple: four of the widest vectors. */
    private static final int WIDEST = 64;
    /** Instructions of a round that is long. */
    private static final int LONG = 24;

    /** A value that goes round a loop: its LLVM type and what it is before the first round. */
    record Carried(String type, String initial) {}

    private final StringBuilder text = new StringBuilder();
    private int names;
    private String block = "entry";
    private boolean independent;

    /** One instruction with a result, whose name is returned. */
    String emit(String instruction) {
        var name = "%v" + names++;
        text.append("  ").append(name).append(" = ").append(instruction).append('\n');
        return name;
    }

    /** One instruction without a result. */
    void line(String instruction) {
        text.append("  ").append(instruction).append('\n');
    }

    private String freshBlock(String what) {
        return what + names++;
    }

    private void begin(String label) {
        text.append(label).append(":\n");
        block = label;
    }

    String load(String type, String pointer) {
        return emit("load " + type + ", ptr " + pointer + access());
    }

    void store(String type, String value, String pointer) {
        line("store " + type + " " + value + ", ptr " + pointer + access());
    }

    /** Moves a block past the caches; its size is a multiple of 64 bytes, and its target begins at one. */
    void stream(String from, int alignment, String to, String bytes) {
        loop("0", bytes, "64", List.of(), (at, none) -> {
            streamLine(from, alignment, to, at);
            return none;
        });
    }

    /** The 64 bytes at an offset in bytes of what {@link #stream} copies. */
    void streamLine(String from, int alignment, String to, String at) {
        var line = emit("load <64 x i8>, ptr " + element("i8", from, at) + ", align " + alignment);
        line("store <64 x i8> " + line + ", ptr " + element("i8", to, at) + ", align 64, !nontemporal !3");
    }

    /** What went past the caches is there for others from here on. */
    void streamed() {
        line("fence seq_cst");
    }

    private String access() {
        return independent ? INDEPENDENT : "";
    }

    /** The address of element {@code index} of an array. */
    String element(String type, String base, String index) {
        return index.equals("0") ? base : emit("getelementptr inbounds " + type + ", ptr " + base + ", i64 "
                + index);
    }

    /** An i64 operation, with the ones that do nothing left out. */
    String integer(String op, String x, String y) {
        if (op.startsWith("add") && y.equals("0") || op.startsWith("mul") && y.equals("1")) {
            return x;
        }
        if (op.startsWith("add") && x.equals("0")) {
            return y;
        }
        if (op.startsWith("mul") && (x.equals("0") || y.equals("0"))) {
            return "0";
        }
        return emit(op + " i64 " + x + ", " + y);
    }

    String minimum(String x, String y) {
        return emit("call i64 @llvm.umin.i64(i64 " + x + ", i64 " + y + ")");
    }

    /** {@code for (i = from; i < to; i++)}, whose rounds may run in any order and at once. */
    void independentLoop(String from, String to, Consumer<String> body) {
        independentLoop(from, to, List.of(), (i, none) -> {
            body.accept(i);
            return none;
        });
    }

    /**
     * The same for many rounds. Where a round is long, two are done at once, so that one computes while the other waits
     * for its operands; LLVM does so by itself only where a round is short.
     */
    void longIndependentLoop(String from, String to, Consumer<String> body) {
        int start = names;
        independentRounds(from, to, List.of(), () -> names - start > LONG ? TWO_AT_ONCE : PLAIN, (i, none) -> {
            body.accept(i);
            return none;
        });
    }

    /**
     * The same for some whole vectors, of which LLVM knows how many, or for less than that: without being told it would
     * write out every round by itself before it thinks of vectors.
     */
    void shortIndependentLoop(String to, boolean whole, Consumer<String> body) {
        independentRounds("0", to, List.of(), () -> whole ? NOT_UNROLLED : MASKED, (i, none) -> {
            body.accept(i);
            return none;
        });
    }

    /** The same with values that go round, folded from what each round gives. */
    List<String> independentLoop(String from, String to, List<Carried> carried,
            BiFunction<String, List<String>, List<String>> body) {
        return independentRounds(from, to, carried, () -> PLAIN, body);
    }

    /**
     * The same for rounds along a row, which may be few: those that do not fill some vectors have a loop of their own,
     * whose last vector is masked. LLVM would do them one by one.
     */
    List<String> rowLoop(String from, String to, List<Carried> carried,
            BiFunction<String, List<String>, List<String>> body) {
        var whole = integer("and", integer("sub", to, from), Integer.toString(-WIDEST));
        var middle = integer("add", from, whole);
        var most = independentRounds(from, middle, carried, () -> PLAIN, body);
        var rest = IntStream.range(0, carried.size()).mapToObj(k -> new Carried(carried.get(k).type(), most.get(k)))
                .toList();
        return independentRounds(middle, to, rest, () -> MASKED, body);
    }

    private List<String> independentRounds(String from, String to, List<Carried> carried, Supplier<String> metadata,
            BiFunction<String, List<String>, List<String>> body) {
        return rounds(from, to, carried, metadata, (i, values) -> {
            independent = true;
            var results = body.apply(i, values);
            independent = false;
            return new Round(integer("add nsw", i, "1"), results);
        });
    }

    /** {@code for (i = from; i < to; i += step)} with values that go round; gives what they are after it. */
    List<String> loop(String from, String to, String step, List<Carried> carried,
            BiFunction<String, List<String>, List<String>> body) {
        return rounds(from, to, carried, () -> "", (i, values) -> {
            var results = body.apply(i, values);
            return new Round(integer("add nsw", i, step), results);
        });
    }

    /** How a round ends: where the next one begins, and what the carried values are then. */
    record Round(String next, List<String> results) {}

    /** {@code while (i < to)}, each round saying itself how far it went. */
    List<String> rounds(String from, String to, List<Carried> carried, Supplier<String> metadata,
            BiFunction<String, List<String>, Round> body) {
        var before = block;
        var head = freshBlock("loop");
        var after = freshBlock("after");
        var any = emit("icmp slt i64 " + from + ", " + to);
        line("br i1 " + any + ", label %" + head + ", label %" + after);
        begin(head);
        int phis = text.length();
        var index = "%v" + names++;
        var values = carried.stream().map(each -> "%v" + names++).toList();
        var round = body.apply(index, values);
        var again = emit("icmp slt i64 " + round.next() + ", " + to);
        line("br i1 " + again + ", label %" + head + ", label %" + after + metadata.get());
        var latch = block;
        var top = new StringBuilder(phi(index, "i64", from, before, round.next(), latch));
        for (int k = 0; k < carried.size(); k++) {
            top.append(phi(values.get(k), carried.get(k), before, round.results().get(k), latch));
        }
        // As a String, since a StringBuilder takes other sequences in one character after the other.
        text.insert(phis, top.toString());
        begin(after);
        var finals = carried.stream().map(each -> "%v" + names++).toList();
        for (int k = 0; k < carried.size(); k++) {
            text.append(phi(finals.get(k), carried.get(k), before, round.results().get(k), latch));
        }
        return finals;
    }

    private static String phi(String name, Carried value, String before, String next, String latch) {
        return phi(name, value.type(), value.initial(), before, next, latch);
    }

    private static String phi(String name, String type, String x, String fromX, String y, String fromY) {
        return "  " + name + " = phi " + type + " [ " + x + ", %" + fromX + " ], [ " + y + ", %" + fromY
                + " ]\n";
    }

    /** {@code if (condition) yes else no}. */
    void branch(String condition, Runnable yes, Runnable no) {
        var then = freshBlock("then");
        var otherwise = freshBlock("else");
        var after = freshBlock("join");
        line("br i1 " + condition + ", label %" + then + ", label %" + otherwise);
        begin(then);
        yes.run();
        line("br label %" + after);
        begin(otherwise);
        no.run();
        line("br label %" + after);
        begin(after);
    }

    /** What was written so far, as the body of a function {@code void name(ptr args, i64 begin, i64 end)}. */
    String function(String name) {
        return "define void @" + name + "(ptr nocapture %args, i64 %begin, i64 %end) #0 {\n"
                + "entry:\n" + text + "  ret void\n}\n";
    }
}
