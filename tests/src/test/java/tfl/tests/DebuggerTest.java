package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.api.debug.DebugScope;
import com.oracle.truffle.api.debug.DebugValue;
import com.oracle.truffle.api.debug.Debugger;
import com.oracle.truffle.api.debug.SourceElement;
import com.oracle.truffle.api.debug.SuspendAnchor;
import com.oracle.truffle.api.debug.SuspendedEvent;
import com.oracle.truffle.api.source.SourceSection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Node;
import tfl.language.ast.Statement;
import tfl.language.parse.Parser;

/**
 * Each program below {@code resources/programs} is stepped through, statement by statement: a debugger stops at whole
 * statements only, can show every variable there, and changes nothing in what the program does.
 */
class DebuggerTest {
    private static final Path FOLDER = Path.of("src/test/resources/programs");
    private static final int STEPS = 200;
    /** Folders with a program for each construct of the language; {@code -Dtfl.all=true} steps through all. */
    private static final List<String> ONLY = Boolean.getBoolean("tfl.all") ? List.of()
            : List.of("interpreter", "transform");

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".tfl") && !file.toString().contains("/modules/"))
                    .filter(file -> ONLY.isEmpty() || ONLY.contains(file.getParent().getFileName().toString()))
                    .sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(FOLDER.relativize(file).toString(), () -> step(file)));
        }
    }

    private static void step(Path file) throws IOException {
        var program = new Program(file.getFileName().toString(), Files.readString(file));
        var walk = new Walk(program.text());
        var outcome = walk.run(program, file.toAbsolutePath());
        assertEquals(List.of(), walk.complaints);
        ProgramsTest.check(program, outcome);
        assertTrue(walk.stops > 0 || outcome.failed(), "it stopped nowhere");
    }

    /** One run under a debugger. */
    private static final class Walk {
        private final TreeSet<String> statements = new TreeSet<>();
        private final List<String> complaints = new ArrayList<>();
        private final String text;
        private int stops;

        Walk(String text) {
            this.text = text;
            var parsed = Parser.parse(tfl.language.source.Source.of("program", text));
            if (parsed.isValid()) {
                collect(parsed.module());
            }
        }

        /** What a debugger may stop at: statements, and what is done as a step of its own. */
        private void collect(Node node) {
            switch (node) {
                case Statement statement -> add(statement);
                case Function function when !(function.body() instanceof Expr.Block) -> add(function.body());
                case Expr.If branch -> branch.elseBranch().ifPresent(this::add);
                case Expr.Match.Arm arm -> add(arm.body());
                default -> { }
            }
            Children.of(node).forEach(this::collect);
        }

        private void add(Node node) {
            statements.add(node.span().start() + "-" + node.span().end());
        }

        Outcome run(Program program, Path file) {
            var out = new ByteArrayOutputStream();
            try (var context = Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out)
                    .option("engine.WarnInterpreterOnly", "false").option("tfl.KeepGraphs", "true").build();
                    var session = Debugger.find(context.getEngine()).startSession(this::stopped,
                            SourceElement.STATEMENT)) {
                session.suspendNextExecution();
                var source = Source.newBuilder("tfl", program.text(), program.name()).uri(file.toUri()).buildLiteral();
                try {
                    context.eval(source);
                    return new Outcome(out.toString(StandardCharsets.UTF_8), "", "");
                } catch (PolyglotException error) {
                    var guest = error.getGuestObject();
                    return new Outcome(out.toString(StandardCharsets.UTF_8), guest == null ? error.toString()
                            : guest.getMember("code").asString(),
                            guest == null ? "" : guest.getMember("report").execute(100, false, true).asString());
                }
            }
        }

        private void stopped(SuspendedEvent event) {
            stops++;
            try {
                look(event);
            } catch (RuntimeException | AssertionError failure) {
                complaints.add(event.getSourceSection() + ": " + failure);
            }
            if (stops < STEPS) {
                event.prepareStepInto(1);
            } else {
                event.prepareContinue();
            }
        }

        private void look(SuspendedEvent event) {
            var section = event.getSourceSection();
            // Having stepped out, a debugger shows the call that it comes back to.
            if (event.getSuspendAnchor() == SuspendAnchor.BEFORE
                    && text.contentEquals(section.getSource().getCharacters())) {
                check(section);
            }
            for (var scope = event.getTopStackFrame().getScope(); scope != null; scope = scope.getParent()) {
                show(scope);
            }
        }

        private void check(SourceSection section) {
            if (!statements.contains(section.getCharIndex() + "-" + section.getCharEndIndex())) {
                complaints.add("no statement: " + section.getCharacters());
            }
        }

        private void show(DebugScope scope) {
            for (var value : scope.getDeclaredValues()) {
                String shown = value.toDisplayString();
                if (shown.contains("tfl.") || shown.contains("@") || shown.length() > 200 && !value.isString()) {
                    complaints.add(value.getName() + " is shown as " + shown);
                }
                open(value);
            }
        }

        private void open(DebugValue value) {
            if (value.getProperties() != null) {
                value.getProperties().forEach(DebugValue::toDisplayString);
            }
            if (value.isArray()) {
                value.getArray().forEach(DebugValue::toDisplayString);
            }
        }
    }
}
