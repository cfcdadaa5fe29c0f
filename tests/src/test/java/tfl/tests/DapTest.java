package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tfl --dap}, with a client of the Debug Adapter Protocol over the socket. */
class DapTest {
    private static final String PROGRAM = """
            import nn

            struct Layer(w, b) {
              fn call(self, x) = x @ self.w + self.b
            }

            scale = 2.0
            fn scaled(x, power=1) {
              y = x * scale
              for i in 0..power {
                y = y * y
              }
              y
            }

            layer = Layer([[1.0, 0], [0, 1]], [0.5, 0.5])
            point = {name: "p", at: (1, 2), long: 0..1000}
            a = scaled([1.0, 2, 3], power=2)
            b = layer(a[:2])
            c = [relu(v) + 1 for v in b if v > 0]
            d = nn.mse(b, c)
            print(a, b, c)
            """;

    @TempDir
    Path folder;

    private DapSession session(String program, String... flags) throws Exception {
        return new DapSession(Files.writeString(folder.resolve("program.tfl"), program), flags);
    }

    @Test
    void stopsShowsAndSteps() throws Exception {
        try (var session = session(PROGRAM)) {
            session.breakAt(DapSession.line(9), DapSession.line(4));
            session.start();
            assertEquals("<module> 1:1", session.place());
            session.go();
            var frames = session.stopped();
            assertEquals(List.of("scaled 9:3", "<module> 18:5"), DapSession.places(frames));
            assertTrue(frames[0].getSource().getPath().endsWith("/program.tfl"));
            assertEquals(Map.of("Local", List.of("x = f32[3] cpu [1.0, 2.0, 3.0]", "power = 2"),
                    "Closure", List.of("scale = 2.0"), "Global", List.of("nn = module nn",
                            "Layer = struct Layer(w, b)", "scaled = fn scaled(x, power=1)")),
                    session.scopes(frames[0]));
            evaluates(session);
            for (var place : List.of("scaled 10:3", "scaled 11:5", "scaled 11:5", "scaled 13:3")) {
                session.next();
                assertEquals(place, session.place());
            }
            session.out();
            session.stopped();
            session.go();
            var inside = session.stopped();
            assertEquals(List.of("Layer.call 4:22", "<module> 19:5"), DapSession.places(inside));
            opens(session);
            session.out();
            assertEquals("<module> 19:17", session.place());
            for (var place : List.of("<module> 20:1", "<module> 21:1", "<module> 22:1")) {
                session.into();
                assertEquals(place, session.place());
            }
            session.go();
            assertEquals(0, session.end());
            assertEquals("[  16.0,  256.0, 1296.0] [ 16.5, 256.5] [ 17.5, 257.5]\n", session.output());
            assertTrue(session.console().contains("16.5, 256.5"), session.console());
        }
    }

    private static void evaluates(DapSession session) throws Exception {
        var frames = session.frames();
        assertEquals("f32[3] cpu [2.0, 4.0, 6.0]", session.evaluate(frames[0], "x * scale"));
        assertEquals("3", session.evaluate(frames[0], "power + 1"));
        assertEquals("f32[3] cpu [2.0, 3.0, 4.0]", session.evaluate(frames[0], "z = x + 1"));
        assertEquals("f32[] cpu 9.0", session.evaluate(frames[0], "sum(z)"));
        assertEquals("(1, 2)", session.evaluate(frames[1], "point.at"));
        for (var wrong : Map.of("y", "y has no value yet", "nope", "unknown name `nope`",
                "x +", "expected an expression, found the end of the text").entrySet()) {
            var error = assertThrows(ExecutionException.class, () -> session.evaluate(frames[0], wrong.getKey()));
            assertTrue(error.getMessage().contains(wrong.getValue()), error.getMessage());
        }
        assertEquals("10.0", session.set(session.scope(frames[0], "Local"), "power", "10.0"));
        assertEquals("11.0", session.evaluate(frames[0], "power + 1"));
        assertEquals("2", session.evaluate(frames[0], "power = 2"));
        assertEquals(List.of("x = f32[3] cpu [1.0, 2.0, 3.0]", "power = 2"),
                session.scopes(frames[0]).get("Local"));
    }

    private static void opens(DapSession session) throws Exception {
        var frames = session.frames();
        assertEquals(List.of("self = Layer(w: [[1.0, 0.0], [0.0, 1.0]], b: [0.5, 0.5])",
                "x = f32[2] cpu [16.0, 256.0]"), session.scopes(frames[0]).get("Local"));
        int module = session.scope(frames[1], "Local");
        assertEquals(List.of("w = f32[2, 2] cpu [[1.0, 0.0], [0.0, 1.0]]", "b = f32[2] cpu [0.5, 0.5]"),
                session.open(module, "layer"));
        assertEquals(List.of("name = \"p\"", "at = (1, 2)", "long = 0..1000"), session.open(module, "point"));
        assertEquals(List.of("0 = 16.0", "1 = 256.0", "2 = 1296.0", "dtype = f32", "shape = (3,)", "device = cpu"),
                session.open(module, "a"));
        assertEquals(10, session.open(module, "point", "long").size());
        assertEquals("100 .. 199 = 100 elements", session.open(module, "point", "long").get(1));
        assertEquals("100 = 100", session.open(module, "point", "long", "100 .. 199").getFirst());
    }

    @Test
    void breakpointsHaveConditionsCountsAndMessages() throws Exception {
        try (var session = session("""
                total = 0
                for i in 0..10 {
                  total = total + i
                  total = total * 1
                }
                try {
                  [1, 2][5]
                } catch e {
                  print("caught", e.code)
                }
                [1, 2] + [1, 2, 3]
                """, "--no-stop")) {
            var condition = DapSession.line(3);
            condition.setCondition("i == 4");
            var log = DapSession.line(4);
            log.setLogMessage("total is {total} at {i}");
            log.setHitCondition("= 3");
            var points = new SourceBreakpoint[] {condition, log};
            session.breakAt(points);
            session.breakOn("all");
            session.start();
            var frames = session.stopped();
            assertEquals(List.of("<module> 3:3"), DapSession.places(frames), session.reason());
            assertEquals("4", session.evaluate(frames[0], "i"));
            assertEquals("6", session.evaluate(frames[0], "total"));
            session.go();
            frames = session.stopped();
            assertEquals("exception Paused on caught exception", session.reason());
            assertEquals(List.of("<module> 7:12"), DapSession.places(frames));
            session.go();
            session.stopped();
            assertEquals("exception Paused on uncaught exception", session.reason());
            session.go();
            assertEquals(1, session.end());
            assertTrue(session.errors().contains("total is 3 at 2"), session.errors());
            assertEquals("caught TFL-E0305\n", session.output());
            assertTrue(session.errors().contains("code: TFL-E"), session.errors());
        }
    }

    @Test
    void aGraphIsStoppedInAtEveryCall() throws Exception {
        try (var session = session("""
                @graph
                fn step(x) {
                  y = x * 2
                  sum(y)
                }
                print(step([1.0, 2]), step([3.0, 4]))
                going = true
                n = 0
                while going {
                  n = (n + 1) % 1000
                }
                """, "--no-stop")) {
            session.breakAt(DapSession.line(4));
            session.start();
            for (var shown : List.of("y = f32[2] cpu [2.0, 4.0]", "y = f32[2] cpu [6.0, 8.0]")) {
                var frames = session.stopped();
                assertEquals(List.of("step 4:3", "<module> 6:7"), List.of(DapSession.places(frames).getFirst(),
                        DapSession.places(frames).getLast().replaceFirst("6:\\d+", "6:7")));
                assertTrue(session.scopes(frames[0]).get("Local").contains(shown), shown);
                session.go();
            }
            Thread.sleep(300);
            session.pause();
            var frames = session.stopped();
            assertEquals("<module>", frames[0].getName());
            assertEquals("false", session.set(session.scope(frames[0], "Local"), "going", "false"));
            session.go();
            assertEquals(0, session.end());
            assertEquals("6.0 14.0\n", session.output());
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ended = TflProcess.run(List.of("--dap=" + taken.getLocalPort(), "-e", "print(1)"), "", Map.of(),
                    folder);
            assertEquals(2, ended.status(), ended.errors());
            assertTrue(ended.errors().startsWith("tfl: `--dap`: nothing can listen at port " + taken.getLocalPort()),
                    ended.errors());
            assertEquals(2, ended.errors().lines().count(), ended.errors());
        }
    }
}
