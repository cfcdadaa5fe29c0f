package tfl.repl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * The inputs of a project, each once, the latest last. A file keeps them, one a line; several prompts may add to it at
 * once.
 */
final class ProjectHistory extends DefaultHistory {
    /** More inputs than this are forgotten, oldest first. */
    static final int MOST = 10_000;
    private final Path file;
    private boolean loading;

    /** @param file where the inputs are kept; null for nowhere */
    ProjectHistory(Path file) {
        this.file = file;
        var kept = file == null ? new LinkedHashSet<String>() : read(file);
        loading = true;
        kept.forEach(this::add);
        loading = false;
    }

    /** The inputs of a file; of those that are there twice the later one. */
    private static LinkedHashSet<String> read(Path file) {
        var kept = new LinkedHashSet<String>();
        try {
            if (!Files.exists(file)) {
                return kept;
            }
            var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
            for (var line : lines) {
                var input = decode(line);
                kept.remove(input);
                kept.add(input);
            }
            while (kept.size() > MOST) {
                kept.removeFirst();
            }
            if (lines.size() > kept.size() + MOST / 10) {
                var aside = Files.createTempFile(file.toAbsolutePath().getParent(), ".history", null);
                Files.write(aside, kept.stream().map(ProjectHistory::encode).toList());
                Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException unreadable) {
            // A prompt without its history is better than no prompt; `tfl doctor` is where folders are checked.
            return kept;
        }
        return kept;
    }

    @Override
    public void add(Instant time, String line) {
        var input = line.stripTrailing();
        if (input.isBlank() || line.startsWith(" ")) {
            return;
        }
        removeEqual(input);
        super.add(time, input);
        if (!loading && file != null) {
            append(input);
        }
    }

    private void removeEqual(String input) {
        List<Entry> others = new ArrayList<>(size());
        boolean found = false;
        for (var entry : this) {
            boolean equal = entry.line().equals(input);
            found |= equal;
            if (!equal) {
                others.add(entry);
            }
        }
        if (found) {
            internalClear();
            others.forEach(entry -> super.add(entry.time(), entry.line()));
        }
    }

    private void internalClear() {
        try {
            purge();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void append(String input) {
        try {
            Files.writeString(file, encode(input) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            // The input stays in this prompt's history.
            return;
        }
    }

    static String encode(String input) {
        return input.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static String decode(String line) {
        var text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
            if (c == '\\' && (next == 'n' || next == 'r' || next == '\\')) {
                text.append(next == 'n' ? '\n' : next == 'r' ? '\r' : '\\');
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
