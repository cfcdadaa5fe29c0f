package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams: whatever the number of threads, the same items; from any position, the same rest; and no thread stays. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PipelineTest {
    private static final int PIPELINES = 12;
    /** Compares all leaves, since tensors as a whole have no {@code ==}. */
    private static final String SAME = """
            import data, tree
            fn same(a, b) {
              if len(a) != len(b) { return false }
              for (u, v) in zip(a, b) {
                if repr(u) != repr(v) { return false }
              }
              true
            }
            fn repr(v) = "{v}"
            """;

    private static Context context(ByteArrayOutputStream out) {
        return Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out)
                .option("engine.WarnInterpreterOnly", "false").option("tfl.Seed", "3").build();
    }

    private static String run(String text) {
        var out = new ByteArrayOutputStream();
        try (var context = context(out)) {
            context.eval("tfl", text);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("tfl-data-")).toList();
    }

    /** A pipeline over ints; {@code p} is what its steps have as {@code parallel=}. */
    private static String pipeline(Random random, boolean keyed) {
        var text = new StringBuilder(switch (random.nextInt(4)) {
            case 0 -> "data.range(" + random.nextInt(40) + ")";
            case 1 -> "data.of(arange(" + (1 + random.nextInt(30)) + "))";
            case 2 -> "data.range(" + random.nextInt(9)
                    + ").interleave(i -> data.range(i).map(k -> i * 10 + k), cycle=3, block=2, parallel=p)";
            default -> "data.range(17).concat(data.range(5).repeat(2), data.range(0), data.range(3))";
        });
        int steps = 1 + random.nextInt(5);
        for (int i = 0; i < steps; i++) {
            text.append(step(random, keyed));
        }
        return text.toString();
    }

    private static String step(Random random, boolean keyed) {
        String key = keyed ? ", key=rng(" + random.nextInt(99) + ")" : "";
        return switch (random.nextInt(13)) {
            case 0, 1 -> ".map(x -> x + 1, parallel=p)";
            case 2 -> ".map(x -> x * 3 + int(randint(0, 1000, ())), parallel=p)";
            case 3 -> ".filter(x -> any(asarray(x % 3 != 0)))";
            case 4, 5 -> ".shuffle(" + (1 + random.nextInt(12)) + key + ")";
            case 6 -> ".repeat(" + random.nextInt(3) + ")";
            case 7 -> ".take(" + random.nextInt(30) + ")";
            case 8 -> ".skip(" + random.nextInt(7) + ")";
            case 9 -> ".batch(" + (1 + random.nextInt(4)) + ", drop_last=" + random.nextBoolean() + ").unbatch()";
            case 10 -> ".window(" + (1 + random.nextInt(3)) + ", shift=" + (1 + random.nextInt(3))
                    + ").map(w -> sum(w))";
            case 11 -> ".shard(" + random.nextInt(2) + ", 2)";
            default -> ".prefetch(" + (random.nextBoolean() ? "\"auto\"" : "2") + ")";
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itemsDoNotDependOnThreads(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(SAME);
        for (int i = 0; i < PIPELINES; i++) {
            var pipeline = pipeline(random, random.nextBoolean());
            text.append("""
                    fn make(p) = %s
                    fn walk(p) {
                      seed(11)
                      (*make(p),)
                    }
                    one = walk(1)
                    assert same(one, walk(2)), "%s: two threads"
                    assert same(one, walk("auto")), "%s: auto"
                    """.formatted(pipeline, pipeline.replace("\"", ""), pipeline.replace("\"", "")).replace("make",
                    "make" + i).replace("walk", "walk" + i));
        }
        assertEquals("", run(text.toString()));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void everyPositionGivesTheRest(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(SAME);
        for (int i = 0; i < PIPELINES; i++) {
            var pipeline = pipeline(random, random.nextBoolean());
            text.append("""
                    fn make(p) = %s
                    seed(11)
                    items = ()
                    places = ()
                    for (item, rest) in make(2).steps() {
                      items += (item,)
                      places += (rest.position(),)
                    }
                    for (k, place) in enumerate(places) {
                      p = if k %% 2 == 0 { 1 } else { 2 }
                      assert same((*make(p).at(place),), items[k + 1:]), "%s: position {k}, {place}"
                    }
                    """.formatted(pipeline, pipeline.replace("\"", "")).replace("make", "make" + i));
        }
        assertEquals("", run(text.toString()));
    }

    @Test
    void stepsByHandGiveWhatForGives() {
        assertEquals("", run(SAME + """
                s = data.range(30).map(x -> x + int(randint(0, 9, ())), parallel=2).shuffle(7).batch(4).prefetch(2)
                seed(4)
                whole = (*s,)
                seed(4)
                items = ()
                step = s.next()
                while step != none {
                  items += (step[0],)
                  step = step[1].next()
                }
                assert same(whole, items)
                """));
    }

    @Test
    void noThreadStays() {
        run("""
                import data
                s = data.range(10000).map(x -> x + 1, parallel=2).batch(3).prefetch(4)
                for b in s { break }
                for b in s.take(3) { }
                fn first(s) { for b in s { return b } }
                first(s)
                try { for b in s { error("no") } } catch e { }
                try { for b in data.range(9).map(x -> error("no"), parallel=2).prefetch(2) { } } catch e { }
                for (a, b) in zip(s, (1, 2)) { }
                """);
        assertEquals(List.of(), threads());
    }

    @Test
    void theThreadsOfAWalkEndWithTheLoop() {
        var out = new ByteArrayOutputStream();
        try (var context = context(out)) {
            context.eval("tfl", """
                    import data
                    for b in data.range(10000).map(x -> x + 1, parallel=2).prefetch(4) { if b > 50 { break } }
                    """);
            assertEquals(List.of(), threads());
            context.eval("tfl", """
                    fn slow(x) { while true { x = x + 0 } }
                    try {
                      for b in data.range(9).map(slow, parallel=2).timeout(0.2) { }
                    } catch e { print(e.code) }
                    """);
            assertEquals(List.of(), threads());
        }
        assertEquals("TFL-E0531\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anInterruptEndsTheThreadsToo() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var context = context(out)) {
            var started = new CountDownLatch(1);
            var task = new FutureTask<>(() -> {
                started.countDown();
                return context.eval("tfl", """
                        import data
                        fn slow(x) { while true { x = x + 0 } }
                        for b in data.range(9).map(slow, parallel=2).prefetch(2) { }
                        """);
            });
            var thread = new Thread(task);
            thread.start();
            started.await();
            for (int wait = 0; threads().size() < 3 && wait < 600; wait++) {
                Thread.sleep(50);
            }
            assertFalse(threads().isEmpty());
            context.interrupt(Duration.ofSeconds(60));
            var failure = assertThrows(ExecutionException.class, task::get);
            assertTrue(((PolyglotException) failure.getCause()).isInterrupted(), failure::toString);
            assertEquals(List.of(), threads());
            assertEquals(3, context.eval("tfl", "1 + 2").asInt());
        }
    }

    /** Functions that share definitions, captured tensors, structs, graphs and gradients, on four threads at once. */
    @Test
    void functionsShareWhatTheyUse() {
        assertEquals("ok\n", run("""
                import data, nn
                w = randn((16, 16), key=rng(1))
                model = nn.sequential(nn.dense(16, 32, key=rng(2)), relu, nn.dense(32, 4, key=rng(3)))
                @graph
                fn compiled(x) = tanh(x @ w) * 2.0 + sum(x)
                fn late(x) = later(x)
                fn later(x) { y = x; y[0] = 7.0; {y, t: (x, y, w)} }
                fn work(i) {
                  x = randn((8, 16)) + i
                  y = compiled(x)
                  g = grad(v -> sum(nn.dense(16, 4, key=rng(5))(v) ** 2))(x)
                  {y: r, t} = late(x)
                  text = "{i}:{x.shape}"
                  q = (sum(g) + sum(y) + sum(model(x)), r[0, 0], t[2][0, 0], len(text))
                  try { error("{i}") } catch e { q += (len("{e}"),) }
                  match i % 3 { 0 -> q + (0,), 1 -> q + (1.5,), _ -> q + ("s",) }
                }
                fn all_of(p) {
                  seed(2)
                  (*data.range(600).map(work, parallel=p),)
                }
                one = all_of(1)
                for round in 0..3 {
                  many = all_of(4)
                  for (a, b) in zip(one, many) { assert "{a}" == "{b}", "{a} {b}" }
                }
                assert abs(w[0, 0] - randn((16, 16), key=rng(1))[0, 0]) < 1e-9
                print("ok")
                """));
    }
}
