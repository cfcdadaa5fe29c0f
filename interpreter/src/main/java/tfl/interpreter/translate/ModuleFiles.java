package tfl.interpreter.translate;

import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.variable.ModuleScope;

/**
 * The modules that are files of the user's, and how a prompt keeps them up to date: a file that has changed runs again
 * in the module it made, then those that import it, so that who holds the module sees what is new. A file that fails
 * leaves all as it was.
 */
final class ModuleFiles {
    private final Modules modules;
    /** In the order they were loaded, so a module stands behind those it imports. */
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();

    ModuleFiles(Modules modules) {
        this.modules = modules;
    }

    /** A file as it was last read; the text is null while it cannot be read. */
    private record Stamp(long modified, long size, String text) {
        boolean isAs(TruffleFile file) throws IOException {
            return size == file.size() && modified == file.getLastModifiedTime().toMillis();
        }
    }

    private static final class Loaded {
        final TruffleFile file;
        final String target;
        final ModuleScope scope;
        final Set<String> imports = new HashSet<>();
        Stamp stamp;

        Loaded(TruffleFile file, String target, ModuleScope scope, Stamp stamp) {
            this.file = file;
            this.target = target;
            this.scope = scope;
            this.stamp = stamp;
        }
    }

    /** A name that the session's own module took from a file. */
    private record Taken(String local, String member) {}

    private final Map<String, List<Taken>> taken = new LinkedHashMap<>();
    /** The files that run now, from the outermost on, so that it is known who imports whom. */
    private final List<Loaded> running = new ArrayList<>();

    static String key(TruffleFile file) {
        return file.getAbsoluteFile().getPath();
    }

    /** The module of a file, which runs at its first use. */
    ModuleScope get(TruffleFile file, String target, Folder folder) {
        String key = key(file);
        if (!running.isEmpty()) {
            running.getLast().imports.add(key);
        }
        var known = loaded.get(key);
        if (known != null) {
            return known.scope;
        }
        Stamp stamp;
        try {
            stamp = stamp(file);
        } catch (IOException | SecurityException unreadable) {
            throw TflException.of(ErrorKind.IMPORT, "TFL-E0261", "cannot read the module " + target + ": "
                    + (file.exists() ? unreadable.getMessage() : "there is no such file"),
                    "paths are relative to the importing file, here " + folder.path());
        }
        var made = new Loaded(file, target, new ModuleScope(file.getName().replaceFirst("\\.tfl$", ""), null), stamp);
        run(made);
        loaded.put(key, made);
        return made.scope;
    }

    /** Notes that the session's own module takes a name from a file. */
    void noteTaken(TruffleFile file, String local, String member) {
        taken.computeIfAbsent(key(file), _ -> new ArrayList<>()).add(new Taken(local, member));
    }

    private static Stamp stamp(TruffleFile file) throws IOException {
        return new Stamp(file.getLastModifiedTime().toMillis(), file.size(), new String(file.readAllBytes(),
                StandardCharsets.UTF_8));
    }

    private void run(Loaded module) {
        running.add(module);
        try {
            var source = Source.newBuilder(TflLanguage.ID, module.file).content(module.stamp.text).build();
            modules.run(key(module.file), module.scope, source, module.target, new Folder(module.file.getParent()));
        } finally {
            running.removeLast();
        }
    }

    /**
     * Runs again what has changed and what imports it; with {@code all}, every file. A line for each module that ran,
     * or why it could not.
     *
     * @param report the text of an error
     */
    List<String> reload(boolean all, Function<TflException, String> report) {
        var lines = new ArrayList<String>();
        var done = new HashSet<String>();
        for (var entry : List.copyOf(loaded.entrySet())) {
            var module = entry.getValue();
            boolean changed = hasChanged(module, lines);
            if (changed || all && module.stamp.text != null || module.imports.stream().anyMatch(done::contains)) {
                if (again(module, lines, report)) {
                    done.add(entry.getKey());
                }
            }
        }
        return lines;
    }

    /** Whether the text differs from the one that ran; a new time alone is no change. */
    private static boolean hasChanged(Loaded module, List<String> lines) {
        var before = module.stamp;
        try {
            if (before.isAs(module.file)) {
                return false;
            }
            module.stamp = stamp(module.file);
            return !module.stamp.text.equals(before.text);
        } catch (IOException | SecurityException gone) {
            if (before.size >= 0) {
                module.stamp = new Stamp(-1, -1, before.text);
                lines.add(module.target + " cannot be read; what it defined stays");
            }
            return false;
        }
    }

    private boolean again(Loaded module, List<String> lines, Function<TflException, String> report) {
        var before = module.scope.contents();
        var imports = Set.copyOf(module.imports);
        module.scope.clear();
        module.imports.clear();
        try {
            run(module);
        } catch (RuntimeException failure) {
            module.scope.restore(before);
            module.imports.addAll(imports);
            if (!(failure instanceof TflException error)) {
                throw failure;
            }
            lines.add(module.target + " was not reloaded, what it defined before stays:\n"
                    + report.apply(error).stripTrailing());
            return false;
        }
        renew(module, before.values());
        lines.add("reloaded " + module.target);
        return true;
    }

    /** Gives the session's own module the new values of what it took, and functions that use them. */
    private void renew(Loaded module, Map<String, Object> before) {
        var replaced = new IdentityHashMap<Object, Object>();
        before.forEach((name, old) -> {
            Object now = module.scope.find(name);
            if (now != null && now != old) {
                replaced.put(old, now);
            }
        });
        var main = modules.main();
        for (var each : taken.getOrDefault(key(module.file), List.of())) {
            Object old = before.get(each.member);
            var variable = main.variable(each.local);
            Object now = module.scope.find(each.member);
            if (old != null && now != null && old.equals(variable.value())) {
                variable.set(now);
            }
        }
        new Renewal(replaced).in(main);
    }
}
