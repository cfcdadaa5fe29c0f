package tfl.interpreter.translate;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Function;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.BuiltinProvider;
import tfl.interpreter.builtin.Permission;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.node.define.Importer;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.text.Suggestion;
import tfl.language.ast.Statement.ImportedModule;
import tfl.language.ast.Statement.ModuleKind;

/** All modules of a session: its own, which goes on from text to text, and the imported ones, each run once. */
public final class Modules {
    private final TflContext session;
    private Map<String, BuiltinProvider> providers;
    private final Globals globals;
    private final Map<String, ModuleScope> loaded = new HashMap<>();
    private final List<String> loading = new ArrayList<>();
    private final ModuleScope main = new ModuleScope("main", null);
    private final ModuleFiles files;

    private Modules(TflContext session) {
        this.session = session;
        this.files = new ModuleFiles(this);
        var prelude = new ArrayList<BuiltinProvider>();
        ServiceLoader.load(PreludeProvider.class, Modules.class.getClassLoader()).forEach(prelude::add);
        this.globals = new Globals(prelude);
    }

    /** What Java brings to library modules; found when the first one is imported. */
    private Map<String, BuiltinProvider> providers() {
        if (providers == null) {
            providers = new HashMap<>();
            for (var provider : ServiceLoader.load(BuiltinProvider.class, Modules.class.getClassLoader())) {
                providers.put(provider.module(), provider);
            }
        }
        return providers;
    }

    /** The modules of that session. */
    public static Modules of(TflContext session) {
        return session.state(Modules.class, () -> new Modules(session));
    }

    /** The session's own module. */
    public ModuleScope main() {
        return main;
    }

    /** The session's own module and those it has loaded from files. */
    public synchronized Collection<ModuleScope> all() {
        var all = new ArrayList<>(loaded.values());
        all.add(main);
        return all;
    }

    public Globals globals() {
        return globals;
    }

    /** Whether the function is one of the library's own, not one that such a function made. */
    public boolean isRow(BuiltinFunction function) {
        var scope = loaded.get(function.builtin().module());
        return globals.find(function.name()) == function || scope != null && scope.row(function.name()) == function;
    }

    /** A text that runs in the session's own module. */
    public RootCallTarget program(Source source) {
        var folder = Folder.of(session, source);
        return Program.of(session, source, source.getName(), main, globals, mainImporter(folder), folder.path(), true,
                TflLanguage.INPUT_MIME.equals(source.getMimeType()));
    }

    private Importer mainImporter(Folder folder) {
        return new Importer() {
            @Override
            public Object load(ImportedModule module) {
                return Modules.this.load(module, folder);
            }

            @Override
            public void taken(ImportedModule module, String local, String member) {
                if (module.kind() == ModuleKind.FILE && folder.known() != null) {
                    files.noteTaken(folder.file(module.target()), local, member);
                }
            }
        };
    }

    private Object load(ImportedModule module, Folder folder) {
        return switch (module.kind()) {
            case JAVA -> javaClass(module.target());
            case FILE -> file(module.target(), folder);
            case LIBRARY -> library(module.target());
        };
    }

    /** A module of the library, by name. */
    public synchronized ModuleScope library(String name) {
        var known = loaded.get(name);
        if (known != null) {
            return known;
        }
        var rows = providers().get(name);
        String text = resource("/tfl/stdlib/" + name.replace('.', '/') + ".tfl");
        if (text == null && rows == null) {
            String near = Suggestion.nearest(name, libraryNames());
            throw TflException.of(ErrorKind.IMPORT, "TFL-E0260", "there is no module " + name,
                    near != null ? "did you mean " + near + "?" : "a file is imported by its path: import \"./"
                            + name + ".tfl\"");
        }
        var scope = new ModuleScope(name, rows);
        if (text != null) {
            var source = Source.newBuilder(TflLanguage.ID, text, name + ".tfl").internal(true).build();
            run(name, scope, source, name + ".tfl", Folder.of(session));
        }
        loaded.put(name, scope);
        return scope;
    }

    /** A module of the library, if it has run already; else null. */
    public synchronized ModuleScope known(String name) {
        return loaded.get(name);
    }

    /** The names of the library's modules, in order; without their parts, whose names have a dot. */
    public Collection<String> libraryNames() {
        var names = new TreeSet<>(providers().keySet());
        names.removeIf(name -> name.contains("."));
        String listed = resource("/tfl/stdlib/modules.txt");
        if (listed != null) {
            listed.lines().forEach(names::add);
        }
        // Parts of a module, such as plot.encode, are its own affair.
        names.removeIf(name -> name.contains("."));
        return names;
    }

    private synchronized ModuleScope file(String target, Folder folder) {
        Permission.FILES.check("cannot import the file " + target);
        return files.get(folder.file(target), target, folder);
    }

    /** Runs again the files that have changed, and those that import them; a line for each. */
    public synchronized List<String> reload(boolean all, Function<TflException, String> report) {
        return files.reload(all, report);
    }

    /**
     * A fresh module of a file that somebody else has read.
     *
     * @param name what errors call it
     */
    public synchronized ModuleScope text(String name, String path, String text) {
        var source = Source.newBuilder(TflLanguage.ID, text, name).uri(Path.of(path).toUri()).build();
        var scope = new ModuleScope(name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.tfl$", ""), null);
        run(path, scope, source, name, Folder.of(session, source));
        return scope;
    }

    void run(String key, ModuleScope scope, Source source, String name, Folder folder) {
        if (loading.contains(key)) {
            var cycle = new ArrayList<>(loading.subList(loading.indexOf(key), loading.size()));
            cycle.add(key);
            throw TflException.of(ErrorKind.IMPORT, "TFL-E0262", "modules import each other in a circle: "
                    + String.join(" -> ", cycle.stream().map(Modules::last).toList()),
                    "move what both need to a third module");
        }
        loading.add(key);
        try {
            Program.of(session, source, name, scope, globals, module -> load(module, folder), folder.path(),
                    false, false).call();
        } finally {
            loading.removeLast();
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Object javaClass(String name) {
        Permission.JAVA.check("cannot import the Java class " + name);
        try {
            return session.env().lookupHostSymbol(name);
        } catch (RuntimeException notThere) {
            throw TflException.of(ErrorKind.IMPORT, "TFL-E0263", "there is no Java class " + name
                    + " that a program may use", null);
        }
    }

    private static String resource(String path) {
        try (InputStream in = Modules.class.getResourceAsStream(path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("the library file " + path + " cannot be read", broken);
        }
    }
}
