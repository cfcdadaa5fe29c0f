package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** What a session's functions do after a module that is a file ran again. */
class ReloadTest {
    private static final String MODULE = """
            # Version %1$d
            rate = %1$d.0
            fn f(x) = rate * x
            fn help(x) = %1$d * x
            fn outer(x) = help(x)
            fn pull(dy, x) = dy * %1$d
            @graph fn drawn(x) = %1$d * x
            """;

    @TempDir
    Path folder;

    private void write(int factor) throws IOException {
        Files.writeString(folder.resolve("m.tfl"), MODULE.formatted(factor));
    }

    /** What a call gives before the factor in the module becomes 30, and after. */
    @ParameterizedTest(name = "{0}; {1}")
    @CsvSource(delimiter = ';', value = {
        // A plain value, which the rest goes by.
        "h = m.f                                   ; h(1.0)               ; 2.0 ; 30.0",
        "fn h(x) = m.f(x)                          ; h(1.0)               ; 2.0 ; 30.0",
        "h = (m.f,)                                ; h[0](1.0)            ; 2.0 ; 2.0",
        // Held as a value.
        "h = graph(m.f)                            ; h(1.0)               ; 2.0 ; 30.0",
        "h = grad(m.f)                             ; h(1.0)               ; 2.0 ; 30.0",
        "h = graph(grad(m.f))                      ; h(1.0)               ; 2.0 ; 30.0",
        "h = value_and_grad(m.f)                   ; h(1.0)[0]            ; 2.0 ; 30.0",
        "h = vmap(m.f, axes=0)                     ; h([1.0])[0]          ; 2.0 ; 30.0",
        "h = jacobian(m.f)                         ; h(1.0)               ; 2.0 ; 30.0",
        "h = hessian(x -> m.f(x) * x)              ; h(1.0)               ; 4.0 ; 60.0",
        "h = checkpoint(m.f)                       ; h(1.0)               ; 2.0 ; 30.0",
        "h = check_numbers(m.f)                    ; h(1.0)               ; 2.0 ; 30.0",
        "h = grad(custom_grad(x -> x, m.pull))     ; h(1.0)               ; 2.0 ; 30.0",
        "h = m.drawn                               ; h(1.0)               ; 2.0 ; 30.0",
        "h = grad(m.drawn)                         ; h(1.0)               ; 2.0 ; 30.0",
        "h = (graph(m.f),)                         ; h[0](1.0)            ; 2.0 ; 2.0",
        // Looked up where a call is.
        "h = graph(x -> m.f(x))                    ; h(1.0)               ; 2.0 ; 30.0",
        "@graph fn h(x) = m.f(x)                   ; h(1.0)               ; 2.0 ; 30.0",
        "@graph fn h(x) = m.rate * x               ; h(1.0)               ; 2.0 ; 30.0",
        "@graph fn h(x) = m.outer(x)               ; h(1.0)               ; 2.0 ; 30.0",
        "h = (graph(m.outer),)                     ; h[0](1.0)            ; 2.0 ; 30.0",
        "h = graph(grad(x -> m.outer(x)))          ; h(1.0)               ; 2.0 ; 30.0",
        // Taken by name, and what captured that.
        "h = graph(f)                              ; h(1.0)               ; 2.0 ; 30.0",
        "@graph fn h(x) = f(x)                     ; h(1.0)               ; 2.0 ; 30.0",
        "h = grad(x -> f(x))                       ; h(1.0)               ; 2.0 ; 30.0",
        "g = graph(f) ⏎ fn h(x) = g(x)             ; h(1.0)               ; 2.0 ; 30.0",
        "h = (g -> x -> g(x))(grad(f))             ; h(1.0)               ; 2.0 ; 30.0",
    })
    void functions(String made, String call, String before, String after) throws IOException {
        write(2);
        try (var session = new Session(SessionOptions.DEFAULT, OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream())) {
            var imports = "import \"./m.tfl\" as m\nfrom \"./m.tfl\" import f";
            session.run(session.fragment(imports, folder.resolve("here.tfl")));
            session.runFragment(made.replace("⏎", "\n"));
            assertEquals(before, text(session, call));
            write(30);
            var lines = session.service("reload", false);
            assertEquals(1, lines.getArraySize());
            assertEquals("reloaded ./m.tfl", lines.getArrayElement(0).asString());
            assertEquals(after, text(session, call));
        }
    }

    private static String text(Session session, String call) {
        return session.runFragment("\"{float(" + call + ")}\"").asString();
    }
}
