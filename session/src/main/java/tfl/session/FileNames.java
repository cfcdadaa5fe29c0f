package tfl.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tfl.session.Completion.Candidate;

/** Names of files, for a path that is being typed. */
final class FileNames {
    private static final int MOST = 1000;

    private FileNames() {}

    /** The entries of the path's folder that begin as it ends; none if the folder does not answer in time. */
    static List<Candidate> of(String typed, long end) {
        var answer = new CompletableFuture<List<Candidate>>();
        // A folder on a network may take any time, which a thread of its own spends.
        Thread.ofVirtual().name("file names").start(() -> answer.complete(list(typed, end)));
        try {
            return answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static List<Candidate> list(String typed, long end) {
        int slash = typed.lastIndexOf('/');
        var prefix = typed.substring(slash + 1);
        var found = new ArrayList<Candidate>();
        try (var entries = Files.newDirectoryStream(folder(typed, slash))) {
            for (var entry : entries) {
                if (System.nanoTime() > end || found.size() == MOST) {
                    break;
                }
                var name = entry.getFileName().toString();
                if (name.startsWith(prefix) && (prefix.startsWith(".") || !name.startsWith("."))) {
                    boolean folder = Files.isDirectory(entry);
                    found.add(new Candidate(name + (folder ? "/" : ""), folder ? "folder" : "file", ""));
                }
            }
        } catch (IOException | UncheckedIOException | DirectoryIteratorException | InvalidPathException unreadable) {
            return List.of();
        }
        found.sort(Comparator.comparing(Candidate::text));
        return found;
    }

    private static Path folder(String typed, int slash) {
        return Path.of(typed.substring(0, slash + 1));
    }
}
