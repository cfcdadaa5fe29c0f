package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;

/** Names of files, inside a string. */
final class FileCompletion {
    private FileCompletion() {}

    static void complete(InputParser.Word word, List<Candidate> candidates) {
        var before = word.line().substring(0, word.cursor());
        var typed = before.substring(before.lastIndexOf('"') + 1);
        int slash = typed.lastIndexOf('/');
        var folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : typed.substring(0, slash));
        // The reader replaces only the word at the cursor; what precedes it in the file's name stays.
        int kept = typed.length() - word.word().length() - (slash + 1);
        if (kept < 0 || !Files.isDirectory(folder)) {
            return;
        }
        var name = typed.substring(slash + 1);
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var file = entry.getFileName().toString();
                if (file.startsWith(name) && (!file.startsWith(".") || name.startsWith("."))) {
                    var text = file.substring(kept) + (Files.isDirectory(entry) ? "/" : "");
                    candidates.add(new Candidate(text, file, "files", null, null, null, false));
                }
            }
        } catch (IOException unreadable) {
            candidates.clear();
        }
    }
}
