package tfl.notebooks.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tfl.notebooks.json.Fields;
import tfl.notebooks.json.Json;

/**
 * The inputs of this kernel and of those before it. They are kept in a file of the user, a JSON array on each line;
 * where none can be written, this kernel's own are remembered alone.
 */
final class History {
    private static final int KEPT = 10_000;
    private static final int LONGEST_OUTPUT = 10_000;
    private final Path file;
    private final Log log;
    private final List<Entry> entries = new ArrayList<>();
    private long session = 1;
    private boolean opened;

    /** One input, and the text of its value. */
    private record Entry(long session, long line, String code, String output) {
        static Entry of(Object parsed) {
            return parsed instanceof List<?> row && row.size() == 4 && row.get(0) instanceof Long session
                    && row.get(1) instanceof Long line && row.get(2) instanceof String code
                    && row.get(3) instanceof String output ? new Entry(session, line, code, output) : null;
        }

        String text() {
            return new String(Json.bytes(List.of(session, line, code, output)), StandardCharsets.UTF_8) + "\n";
        }

        List<Object> row(boolean withOutput) {
            if (!withOutput) {
                return List.of(session, line, code);
            }
            var pair = new ArrayList<Object>();
            pair.add(code);
            pair.add(output.isEmpty() ? null : output);
            return List.of(session, line, pair);
        }
    }

    History(Path file, Log log) {
        this.file = file;
        this.log = log;
    }

    /** Where it is kept, as {@code XDG_STATE_HOME} has it. */
    static Path usual() {
        var given = System.getenv("XDG_STATE_HOME");
        var folder = given != null && !given.isEmpty() ? Path.of(given)
                : Path.of(System.getProperty("user.home"), ".local/state");
        return folder.resolve("tfl").resolve("notebook-history");
    }

    /** Reads what earlier kernels left, and takes the next number of a session. */
    synchronized void open() {
        if (opened) {
            return;
        }
        opened = true;
        try {
            Files.createDirectories(file.getParent());
            try (var channel = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE); var lock = channel.lock()) {
                if (lock.isValid()) {
                    read();
                }
                // Takes the number, so that a kernel which starts now takes another one.
                append(new Entry(session, 0, "", ""));
            }
        } catch (IOException problem) {
            log.write("no history is kept in " + file + ": " + problem.getMessage());
        }
    }

    private void read() throws IOException {
        try {
            for (var line : Files.readAllLines(file)) {
                var entry = parsed(line);
                if (entry != null) {
                    session = Math.max(session, entry.session() + 1);
                    entries.add(entry);
                }
            }
        } catch (NoSuchFileException first) {
            return;
        }
        if (entries.size() > 2 * KEPT) {
            entries.subList(0, entries.size() - KEPT).clear();
            var aside = Files.createTempFile(file.getParent(), ".history", null);
            Files.write(aside, entries.stream().map(entry -> entry.text().stripTrailing()).toList());
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        entries.removeIf(entry -> entry.line() == 0);
    }

    /** A line that another program has broken is left out. */
    private static Entry parsed(String line) {
        try {
            return Entry.of(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            return null;
        }
    }

    private void append(Entry entry) throws IOException {
        Files.writeString(file, entry.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A cell of this kernel has run. */
    synchronized void add(int line, String code, String output) {
        open();
        var entry = new Entry(session, line, code,
                output.length() > LONGEST_OUTPUT ? output.substring(0, LONGEST_OUTPUT) + "..." : output);
        entries.add(entry);
        try {
            append(entry);
        } catch (IOException problem) {
            log.write("an input is not kept in " + file + ": " + problem.getMessage());
        }
    }

    /** The answer to a {@code history_request}. */
    synchronized Map<String, Object> reply(Fields request) {
        open();
        boolean output = request.truth("output", false);
        var found = switch (request.text("hist_access_type", "tail")) {
            case "range" -> range(request);
            case "search" -> search(request);
            default -> last(entries, request.number("n", 10));
        };
        var reply = new LinkedHashMap<String, Object>();
        reply.put("status", "ok");
        reply.put("history", found.stream().map(entry -> entry.row(output)).toList());
        return reply;
    }

    private static List<Entry> last(List<Entry> list, long count) {
        return list.subList((int) Math.max(0, list.size() - Math.max(0, count)), list.size());
    }

    /** Session 0 is this one, and -1 the one before it. */
    private List<Entry> range(Fields request) {
        long asked = request.number("session", 0);
        long wanted = asked > 0 ? asked : session + asked;
        long start = request.number("start", 1);
        long stop = request.number("stop", Long.MAX_VALUE);
        return entries.stream().filter(entry -> entry.session() == wanted && entry.line() >= start
                && entry.line() < stop).toList();
    }

    private List<Entry> search(Fields request) {
        var pattern = glob(request.text("pattern", "*"));
        Stream<Entry> found = entries.stream().filter(entry -> pattern.matcher(entry.code()).matches());
        if (request.truth("unique", false)) {
            var latest = new LinkedHashMap<String, Entry>();
            found.forEach(entry -> {
                latest.remove(entry.code());
                latest.put(entry.code(), entry);
            });
            found = latest.values().stream();
        }
        return last(found.toList(), request.number("n", Integer.MAX_VALUE));
    }

    private static Pattern glob(String glob) {
        var regex = new StringBuilder();
        glob.codePoints().forEach(letter -> regex.append(letter == '*' ? ".*" : letter == '?' ? "."
                : Pattern.quote(Character.toString(letter))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
