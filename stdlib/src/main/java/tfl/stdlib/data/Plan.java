package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/**
 * A stream as the language writes it down, a record {@code {step, of, ...}} around the record of the step before, and
 * the stages it stands for.
 */
final class Plan {
    private final Walk walk;
    private final Seed seed;

    Plan(Walk walk, Seed seed) {
        this.walk = walk;
        this.seed = seed;
    }

    /** The names of the steps, first one first: what a position is checked against. */
    static String describe(RecordValue plan) {
        var step = (String) plan.find("step");
        return switch (plan.find("of")) {
            case RecordValue source when isTransparent(step) -> describe(source);
            case RecordValue source -> describe(source) + " > " + step;
            case TupleValue parts -> step + "(" + String.join(", ", Arrays.stream(parts.toArray())
                    .map(part -> describe((RecordValue) part)).toList()) + ")";
            case null, default -> step;
        };
    }

    /**
     * Looks at the arguments of a plan's last step.
     *
     * @throws tfl.interpreter.TflException if they make no sense
     */
    static void check(RecordValue plan) {
        var given = new Parameters(plan);
        switch (given.step()) {
            case "range", "take", "skip" -> given.count("n", 0);
            case "repeat" -> given.countOrNone("n", 0);
            case "batch" -> given.count("n", 1);
            case "padded_batch" -> {
                given.count("n", 1);
                given.real("value");
            }
            case "bucket_by_length" -> bucketRule(given);
            case "window" -> {
                given.count("n", 1);
                given.count("shift", 1);
            }
            case "shuffle" -> given.count("buffer", 1);
            case "shard" -> shard(given);
            case "map" -> given.countOrAuto("parallel");
            case "prefetch" -> given.countOrAuto("n");
            case "interleave" -> {
                given.count("cycle", 1);
                given.count("block", 1);
                given.countOrAuto("parallel");
            }
            case "timeout" -> patience(given);
            default -> { }
        }
    }

    private static void shard(Parameters given) {
        int n = given.count("n", 1);
        int i = given.count("i", 0);
        if (i >= n) {
            throw DataErrors.argument("shard: " + i + " is none of " + n + " parts, which count from 0", null);
        }
    }

    private static long patience(Parameters given) {
        double seconds = given.get("seconds") == None.NONE ? Long.MAX_VALUE : given.real("seconds");
        if (!(seconds > 0)) {
            throw DataErrors.argument("timeout: seconds is a number above 0, or none", null);
        }
        return Ahead.nanos(seconds);
    }

    /** Whether a step leaves elements and places as they are. */
    static boolean isTransparent(String step) {
        return step.equals("from") || step.equals("timeout");
    }

    /**
     * The stage of a plan, at a place; null or none is the start.
     *
     * @throws tfl.interpreter.TflException if a step's arguments make no sense
     */
    Stage open(RecordValue plan, Object at) {
        var given = new Parameters(plan);
        var meter = walk.meter(plan);
        return switch (given.step()) {
            case "rows" -> new RowsStage(meter, given.get("rows"), at);
            case "shuffled" -> RowsStage.shuffled(meter, given.get("rows"), seed.of(meter, given.get("key")), at);
            case "items" -> new ItemsStage(meter, (TupleValue) given.get("items"),
                    ((TupleValue) given.get("items")).size(), at);
            case "range" -> new ItemsStage(meter, null, given.count("n", 0), at);
            case "lines" -> new LinesStage(meter, (String) given.get("path"), at);
            case "zip" -> zip(given, meter, at);
            case "concat" -> concat(given, meter, at);
            case "repeat" -> repeat(given, meter, at);
            case "cache" -> cache(given, meter, at);
            case "from" -> from(given, at);
            case "timeout" -> timeout(given, at);
            case "shuffle", "bucket_by_length", "interleave" -> remembering(given, meter, at);
            default -> reading(given, meter, at);
        };
    }

    /** Steps whose place is that of the step above, with a number at most. */
    private Stage reading(Parameters given, StepMeter meter, Object at) {
        var up = open(given.source(), Parameters.part(at, 0));
        long number = Parameters.number(Parameters.part(at, 1));
        boolean isFresh = Parameters.isStart(at);
        return switch (given.step()) {
            case "map" -> map(given, meter, up, number);
            case "filter" -> new FilterStage(walk, meter, up, given.get("f"), seed.of(meter, null), number);
            case "batch" -> new BatchStage(meter, up, given.count("n", 1), given.flag("drop_last"), Stacking::stack,
                    number);
            case "padded_batch" -> {
                double filler = given.real("value");
                yield new BatchStage(meter, up, given.count("n", 1), given.flag("drop_last"),
                        (step, first, elements) -> Stacking.pad(step, first, elements, filler), number);
            }
            case "unbatch" -> new UnbatchStage(meter, up, number);
            case "take" -> new TakeStage(meter, up, isFresh ? given.count("n", 0) : number);
            case "skip" -> new ShardStage(meter, up, 1, isFresh ? given.count("n", 0) : number);
            case "shard" -> new ShardStage(meter, up, given.count("n", 1), isFresh
                    ? given.count("i", 0) : number);
            case "window" -> new WindowStage(meter, up, given.count("n", 1), given.count("shift", 1), number);
            case "prefetch" -> prefetch(given, meter, up, number);
            case "steps" -> new StepsStage(meter, up, seed.walk(), describe(given.source()));
            default -> throw new IllegalStateException("no step is called " + given.step());
        };
    }

    private Stage map(Parameters given, StepMeter meter, Stage up, long index) {
        int threads = given.countOrAuto("parallel");
        var function = given.get("f");
        long key = seed.of(meter, null);
        if (threads == 1 || !walk.hasThreads()) {
            return new MapStage(walk, meter, up, function, key, index);
        }
        return new Ahead(walk, meter, up, (number, element) -> walk.call(meter, key, number, function, element),
                Tuning.ofThreads(walk, threads), index);
    }

    private Stage prefetch(Parameters given, StepMeter meter, Stage up, long index) {
        int elements = given.countOrAuto("n");
        return ahead(walk, meter, up, walk.hasThreads() ? Tuning.ofBuffer(walk, elements) : null, index);
    }

    /** A stage as it is, on a thread of its own unless the tuning is null. */
    private static Stage ahead(Walk walk, StepMeter meter, Stage up, Tuning tuning, long index) {
        return tuning == null ? new MapStage(walk, meter, up, null, 0, index)
                : new Ahead(walk, meter, up, (number, element) -> element, tuning, index);
    }

    private Stage timeout(Parameters given, Object at) {
        walk.setPatience(patience(given));
        return open(given.source(), at);
    }

    /** A stream that begins in the middle of another one. */
    private Stage from(Parameters given, Object at) {
        var spot = (Spot) given.get("spot");
        if (!(spot.key() instanceof Long key)) {
            return open(given.source(), at);
        }
        var own = new Seed(key, 0).in(seed.round());
        return new Plan(walk, own).open(given.source(), Parameters.isStart(at) ? spot.at() : at);
    }

    private Stage zip(Parameters given, StepMeter meter, Object at) {
        var plans = ((TupleValue) given.get("of")).toArray();
        var stages = new ArrayList<Stage>();
        for (int i = 0; i < plans.length; i++) {
            stages.add(open((RecordValue) plans[i], Parameters.part(at, i)));
        }
        return new ZipStage(meter, List.copyOf(stages));
    }

    private Stage concat(Parameters given, StepMeter meter, Object at) {
        var plans = ((TupleValue) given.get("of")).toArray();
        int first = (int) Parameters.number(Parameters.part(at, 1));
        if (first >= plans.length) {
            throw Parameters.malformed();
        }
        BiFunction<Integer, Object, Stage> opening = (index, place) -> open((RecordValue) plans[index], place);
        return new ConcatStage(meter, opening, plans.length, first, Parameters.part(at, 0));
    }

    private Stage repeat(Parameters given, StepMeter meter, Object at) {
        return new RepeatStage(meter, (round, place) -> new Plan(walk, seed.in(round)).open(given.source(), place),
                given.countOrNone("n", 0), Parameters.number(Parameters.part(at, 1)), Parameters.part(at, 0));
    }

    private Stage cache(Parameters given, StepMeter meter, Object at) {
        CacheStage.Store store = given.get("path") instanceof String path ? new ItemFile(path)
                : (Memo) given.get("memo");
        return new CacheStage(meter, () -> open(given.source(), null), store, Parameters.number(at));
    }

    /** Steps that hold elements back, which they read again. */
    private Stage remembering(Parameters given, StepMeter meter, Object at) {
        var up = open(given.source(), Parameters.part(at, 0));
        return switch (given.step()) {
            case "shuffle" -> {
                var stage = new ShuffleStage(meter, up, given.count("buffer", 1), seed.of(meter, given.get("key")));
                if (!Parameters.isStart(at)) {
                    stage.resume(at);
                }
                yield stage;
            }
            case "bucket_by_length" -> {
                var stage = new BucketStage(walk, meter, up, bucketRule(given), seed.of(meter, null));
                if (!Parameters.isStart(at)) {
                    stage.resume(at);
                }
                yield stage;
            }
            default -> interleave(given, meter, up, at);
        };
    }

    private static BucketStage.Rule bucketRule(Parameters given) {
        var boundaries = Parameters.parts(given.get("boundaries"));
        var limits = new long[boundaries.length];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = Parameters.number(boundaries[i]);
            if (i > 0 && limits[i] <= limits[i - 1]) {
                throw DataErrors.argument("bucket_by_length: boundaries grow", null);
            }
        }
        var sizes = new int[limits.length + 1];
        Arrays.fill(sizes, given.count("n", 1));
        return new BucketStage.Rule(limits, sizes, given.get("length"), given.real("value"), given.flag("drop_last"));
    }

    private Stage interleave(Parameters given, StepMeter meter, Stage up, Object at) {
        var function = given.get("f");
        long key = seed.of(meter, null);
        boolean alone = given.countOrAuto("parallel") == 1 || !walk.hasThreads();
        InterleaveStage.Opening opening = (element, index, place) -> {
            var plan = planOf(meter, walk.call(meter, key, index, function, element));
            var inner = walk.inner(plan);
            var stage = new Plan(inner, seed.in(index + 1)).open(plan, Parameters.part(place, 0));
            return ahead(inner, new StepMeter(0, "interleave"), stage, alone ? null : Tuning.ofBuffer(inner, 2),
                    Parameters.number(Parameters.part(place, 1)));
        };
        var stage = new InterleaveStage(walk, meter, up, opening, given.count("cycle", 1), given.count("block", 1));
        if (!Parameters.isStart(at)) {
            stage.resume(at, place -> open(given.source(), place));
        }
        return stage;
    }

    /** The plan of a stream that a function gave. */
    private static RecordValue planOf(StepMeter meter, Object stream) {
        if (stream instanceof FieldsValue fields && fields.find("plan") instanceof RecordValue plan) {
            return plan;
        }
        throw DataErrors.result("the function of " + meter + " must give a stream");
    }
}
