package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tfl.language.format.Formatter;
import tfl.language.source.Source;

/** The walls between the rooms of the house, and the rules that every file keeps. */
class WallTest {

    private static final int LONGEST_FILE = 450;
    private static final int WIDEST_LINE = 120;
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Impl|Util|Utils|Manager|Helper|Helpers)");
    private static final Pattern PRINTING =
            Pattern.compile("\\bSystem\\s*\\.\\s*(out|err)\\b|\\bprintStackTrace\\s*\\(\\s*\\)");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    /**
     * One row of the import table. Names are packages; one that ends in {@code .*} stands for all below it too.
     *
     * @param room the folder
     * @param own the packages that live there
     * @param mayImport packages of other rooms it may name
     * @param never packages from outside it must not know
     */
    private record Room(String room, List<String> own, List<String> mayImport, List<String> never) {}

    private static final List<String> TRUFFLE = List.of("com.oracle.truffle.*", "org.graalvm.*");
    private static final List<String> TERMINALS = List.of("org.jline.*", "java.awt.*");
    private static final List<String> BACKEND_DOORS = List.of("tfl.tensor", "tfl.kernel", "tfl.backend");

    private static final List<String> SESSIONS = List.of("tfl.language.*", "tfl.session.*");

    private static final List<Room> ROOMS = List.of(
            new Room("language", List.of("tfl.language.*"), List.of(), both(TRUFFLE, TERMINALS)),
            new Room("backends", List.of("tfl.tensor.*", "tfl.kernel.*", "tfl.backend.*"), List.of(),
                    both(TRUFFLE, TERMINALS)),
            new Room("autodiff",
                    List.of("tfl.primitive.*", "tfl.graph.*", "tfl.transform.*", "tfl.optimise.*", "tfl.lower.*",
                            "tfl.plan.*", "tfl.explain.*"),
                    both(BACKEND_DOORS, List.of("tfl.backend.reference", "tfl.language.source")),
                    both(TRUFFLE, TERMINALS)),
            new Room("interpreter", List.of("tfl.interpreter.*"),
                    both(BACKEND_DOORS, List.of("tfl.language.*", "tfl.primitive.*", "tfl.graph.*", "tfl.transform.*",
                            "tfl.optimise.*", "tfl.lower.*", "tfl.explain.*")),
                    TERMINALS),
            new Room("stdlib", List.of("tfl.stdlib.*"),
                    both(BACKEND_DOORS, List.of("tfl.language.source", "tfl.interpreter", "tfl.interpreter.value",
                            "tfl.interpreter.builtin")),
                    List.of("org.jline.*")),
            new Room("session", List.of("tfl.session.*"), List.of("tfl.language.*"),
                    both(TERMINALS, List.of("com.oracle.truffle.*"))),
            new Room("repl", List.of("tfl.repl.*"), SESSIONS, List.of("com.oracle.truffle.*")),
            new Room("notebooks", List.of("tfl.notebooks.*"), SESSIONS,
                    both(TERMINALS, List.of("com.oracle.truffle.*"))),
            new Room("editor", List.of("tfl.editor.*"), SESSIONS, both(TERMINALS, List.of("com.oracle.truffle.*"))),
            new Room("embedding", List.of("tfl.embedding.*"), List.of(),
                    both(TERMINALS, List.of("com.oracle.truffle.*"))));

    /** The command itself, and the language server, whose protocol goes through standard output. */
    private static final List<String> PRINTERS = List.of("repl", "editor");

    static final Path ROOT = root();

    @Test
    void eachRoomImportsOnlyWhatItsRowAllows() throws IOException {
        var found = new ArrayList<String>();
        for (var room : ROOMS) {
            found.addAll(strangers(room));
        }
        assertEquals(List.of(), found);
    }

    @Test
    void everyRoomIsInTheTable() throws IOException {
        var known = ROOMS.stream().map(Room::room).toList();
        assertFalse(sources().findAny().isEmpty(), "no sources below " + ROOT);
        assertEquals(List.of(), sources().map(JavaSource::room).filter(r -> !known.contains(r)).distinct().toList());
    }

    @Test
    void packagesFormNoCycle() throws IOException {
        var uses = new TreeMap<String, Set<String>>();
        sources().forEach(s -> uses.computeIfAbsent(s.packageName(), p -> new TreeSet<>()).addAll(s.packagesUsed()));
        uses.values().forEach(used -> used.retainAll(uses.keySet()));
        var cycles = uses.keySet().stream().filter(p -> reaches(p, p, uses)).toList();
        assertEquals(List.of(), cycles, () -> "packages that reach themselves: " + describe(cycles, uses));
    }

    @Test
    void nothingPrintsOutsideTheRepl() throws IOException {
        var printing = all(s -> PRINTERS.contains(s.room()) ? Stream.empty()
                : PRINTING.matcher(s.code()).results().map(m -> s.path() + ": " + m.group()));
        assertEquals(List.of(), printing);
    }

    @Test
    void publicTypesAreDocumented() throws IOException {
        var bare = all(s -> s.topLevelTypes().stream().filter(t -> t.isPublic() && !t.documented())
                .map(t -> s.path() + ": " + t.name()));
        assertEquals(List.of(), bare);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        var described = new TreeSet<String>();
        sources().filter(s -> s.fileName().equals("package-info.java") && s.text().contains("/**"))
                .forEach(s -> described.add(s.packageName()));
        var silent = sources().map(JavaSource::packageName).filter(p -> !described.contains(p)).distinct().toList();
        assertEquals(List.of(), silent);
    }

    @Test
    void filesStayShort() throws IOException {
        var files = Stream.concat(sources(), testSources());
        assertEquals(List.of(), files.filter(s -> s.lines() > LONGEST_FILE)
                .map(s -> s.path() + ": " + s.lines() + " lines").toList());
    }

    @Test
    void typesAreNamedForWhatTheyAre() throws IOException {
        var vague = Stream.concat(sources(), testSources()).flatMap(s -> s.topLevelTypes().stream()
                .filter(t -> VAGUE_NAME.matcher(t.name()).matches()).map(t -> s.path() + ": " + t.name()));
        assertEquals(List.of(), vague.toList());
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        var files = Stream.concat(sources(), testSources()).filter(s -> !s.fileName().equals("WallTest.java"));
        assertEquals(List.of(), files.filter(s -> UNFINISHED.matcher(s.text()).find()).map(JavaSource::path).toList());
    }

    @Test
    void everyImportIsUsed() throws IOException {
        var unused = Stream.concat(sources(), testSources())
                .flatMap(s -> s.unusedImports().map(name -> s.path() + ": " + name));
        assertEquals(List.of(), unused.toList());
    }

    @Test
    void linesFitTheScreen() throws IOException {
        var wide = Stream.concat(sources(), testSources()).flatMap(WallTest::wideLines);
        assertEquals(List.of(), wide.toList());
    }

    @Test
    void ourTflIsLaidOutAsTflIs() throws IOException {
        var odd = new ArrayList<Path>();
        for (var folder : List.of("examples", "stdlib/src/main", "runtime/src/main", "tests/bench")) {
            try (var files = Files.walk(ROOT.resolve(folder))) {
                for (var file : files.filter(each -> each.toString().endsWith(".tfl")).sorted().toList()) {
                    String text = Files.readString(file);
                    if (!Formatter.format(Source.of(file.toString(), text)).orElse("").equals(text)) {
                        odd.add(file);
                    }
                }
            }
        }
        assertEquals(List.of(), odd, "`tfl fmt` lays them out");
    }

    private static List<String> strangers(Room room) throws IOException {
        var found = new ArrayList<String>();
        for (var source : JavaSource.below(ROOT, ROOT.resolve(room.room()).resolve("src/main/java"))) {
            if (!matches(room.own(), source.packageName())) {
                found.add(source.path() + " is in package " + source.packageName());
            }
            for (var used : source.packagesUsed()) {
                boolean ours = used.startsWith("tfl.");
                boolean allowed = matches(room.own(), used) || matches(room.mayImport(), used);
                if (ours ? !allowed : matches(room.never(), used)) {
                    found.add(source.path() + " names " + used);
                }
            }
        }
        return found;
    }

    private static Stream<String> wideLines(JavaSource source) {
        var lines = source.text().split("\n", -1);
        // A row of a test table is one line, however wide.
        return IntStream.range(0, lines.length).filter(i -> !lines[i].contains("  =>  "))
                .filter(i -> lines[i].codePointCount(0, lines[i].length()) > WIDEST_LINE)
                .mapToObj(i -> source.path() + ":" + (i + 1));
    }

    private static boolean matches(List<String> names, String packageName) {
        return names.stream().anyMatch(n -> n.endsWith(".*")
                ? (packageName + ".").startsWith(n.substring(0, n.length() - 1))
                : packageName.equals(n));
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> uses) {
        var seen = new TreeSet<String>();
        var open = new ArrayList<>(uses.get(from));
        while (!open.isEmpty()) {
            var next = open.removeLast();
            if (seen.add(next)) {
                open.addAll(uses.get(next));
            }
        }
        return seen.contains(to);
    }

    /** Each package of a cycle with those it names that are also in one. */
    private static String describe(List<String> cycles, Map<String, Set<String>> uses) {
        var text = new StringBuilder();
        for (var name : cycles) {
            var used = new TreeSet<>(uses.get(name));
            used.retainAll(cycles);
            text.append("\n  ").append(name).append(" -> ").append(used);
        }
        return text.toString();
    }

    private static List<String> all(Function<JavaSource, Stream<String>> complaints) throws IOException {
        return sources().flatMap(complaints).toList();
    }

    private static Stream<JavaSource> sources() throws IOException {
        return below("src/main/java");
    }

    private static Stream<JavaSource> testSources() throws IOException {
        return below("src/test/java");
    }

    private static Stream<JavaSource> below(String folder) throws IOException {
        var found = new ArrayList<JavaSource>();
        try (var rooms = Files.list(ROOT)) {
            for (var room : rooms.filter(r -> Files.isRegularFile(r.resolve("pom.xml"))).sorted().toList()) {
                found.addAll(JavaSource.below(ROOT, room.resolve(folder)));
            }
        }
        return found.stream();
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The repository: the nearest folder upwards that holds the launcher. */
    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("tfl"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
