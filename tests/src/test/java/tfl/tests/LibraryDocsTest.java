package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the library says about itself: every name is documented, and every example prints what it says. */
class LibraryDocsTest {
    private static final String EXAMPLE = "    ";
    private static final Set<String> WITHOUT_EXAMPLES = Set.of();

    @TempDir
    Path folder;

    /** @param doc Markdown; a line of an example begins with four spaces */
    private record Entry(String module, String name, String kind, String doc) {
        String title() {
            return module + "." + name;
        }

        String example() {
            return doc.lines().filter(line -> line.startsWith(EXAMPLE)).map(line -> line.substring(EXAMPLE.length()))
                    .collect(Collectors.joining("\n"));
        }
    }

    @TestFactory
    Stream<DynamicTest> examples() {
        return entries().stream().filter(entry -> !entry.example().isEmpty()).map(entry -> DynamicTest.dynamicTest(
                entry.title(), () -> check(entry)));
    }

    private void check(Entry entry) {
        var start = entry.module().equals("prelude") ? "" : "import " + entry.module() + "\n";
        var program = new Program(entry.title(), start + entry.example() + "\n");
        ProgramsTest.check(program, Outcome.in(folder, program));
    }

    @Test
    void everyNameIsDocumentedWithAnExample() {
        var bare = entries().stream().filter(entry -> !WITHOUT_EXAMPLES.contains(entry.module()))
                .filter(entry -> entry.doc().isBlank() || entry.example().isEmpty() && entry.kind().equals("function"))
                .map(Entry::title).toList();
        assertEquals(List.of(), bare);
    }

    @Test
    void theReferenceIsASetOfPages() throws Exception {
        var ended = TflProcess.run(List.of("doc", "stdlib", "--html", folder.resolve("pages").toString()), "",
                java.util.Map.of(), folder);
        assertEquals(0, ended.status(), ended.errors());
        var page = Files.readString(folder.resolve("pages/nn.html"));
        assertTrue(page.contains("id=\"dense\""), page);
        assertTrue(Files.readString(folder.resolve("pages/names.js")).contains("[\"nn.dense\",\"nn.html#dense\""));
        assertTrue(Files.readString(folder.resolve("pages/index.html")).contains("href=\"linalg.html#solve\""));
        assertFalse(Files.list(folder.resolve("pages")).anyMatch(file -> file.toString().endsWith(".part")));
    }

    private static List<Entry> entries() {
        try (var context = Context.newBuilder("tfl").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false")
                .build()) {
            var session = context.getBindings("tfl").getMember("__session__");
            var entries = new ArrayList<Entry>();
            for (var module : elements(session.getMember("libraryModules").execute())) {
                String name = module.getMember("name").asString();
                elements(session.getMember("reference").execute(name)).forEach(row -> add(name, "", row, entries));
            }
            return entries;
        }
    }

    private static void add(String module, String prefix, Value row, List<Entry> entries) {
        String name = prefix + row.getMember("name").asString();
        entries.add(new Entry(module, name, row.getMember("kind").asString(), row.getMember("doc").asString()));
        elements(row.getMember("methods")).forEach(method -> add(module, name + ".", method, entries));
    }

    private static List<Value> elements(Value tuple) {
        var list = new ArrayList<Value>();
        for (long i = 0; i < tuple.getArraySize(); i++) {
            list.add(tuple.getArrayElement(i));
        }
        return list;
    }
}
