package tfl.editor.model;

import java.io.OutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import tfl.language.resolve.Known;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** The prelude and the library as a session knows them; the session starts at the first question. */
public final class Catalog implements AutoCloseable {
    private static final String PRELUDE = "prelude";
    private Session session;
    private Known known;
    private Map<String, Entry> prelude;
    private Map<String, String> modules;
    private final Map<String, Map<String, Entry>> members = new LinkedHashMap<>();

    /** The names that every text knows. */
    public synchronized Known known() {
        if (known == null) {
            var names = new HashSet<String>();
            each(session().service("globals"), name -> names.add(name.asString()));
            known = Known.file(names);
        }
        return known;
    }

    /** The names of the prelude, each with its documentation. */
    public synchronized Map<String, Entry> prelude() {
        if (prelude == null) {
            prelude = entries(PRELUDE);
            known().globals().forEach(name -> prelude.putIfAbsent(name, new Entry(name, "value", name, "")));
        }
        return prelude;
    }

    public Optional<Entry> prelude(String name) {
        return Optional.ofNullable(prelude().get(name));
    }

    /** The modules of the library, each with its documentation. */
    public synchronized Map<String, String> modules() {
        if (modules == null) {
            modules = new LinkedHashMap<>();
            each(session().service("libraryNames"), name -> modules.put(name.asString(), ""));
        }
        return modules;
    }

    /** What a module of the library exports; empty if there is no such module, or it does not run. */
    public synchronized Map<String, Entry> members(String module) {
        return members.computeIfAbsent(module, name -> {
            try {
                return name.equals(PRELUDE) ? Map.of() : entries(name);
            } catch (PolyglotException missing) {
                return Map.of();
            }
        });
    }

    private Map<String, Entry> entries(String module) {
        var found = new LinkedHashMap<String, Entry>();
        each(session().service("reference", module), row -> {
            var entry = new Entry(text(row, "name"), text(row, "kind"), text(row, "signature"), text(row, "doc"));
            found.put(entry.name(), entry);
        });
        return found;
    }

    private static String text(Value row, String member) {
        return row.getMember(member).asString();
    }

    private interface Taker {
        void take(Value element);
    }

    private static void each(Value sequence, Taker taker) {
        for (long i = 0; i < sequence.getArraySize(); i++) {
            taker.take(sequence.getArrayElement(i));
        }
    }

    /** A module that prints while it is looked at must not print into the protocol. */
    private Session session() {
        if (session == null) {
            session = new Session(SessionOptions.DEFAULT, OutputStream.nullOutputStream(), System.err);
        }
        return session;
    }

    /** The names of the library's modules. */
    public Set<String> moduleNames() {
        return modules().keySet();
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
