package tfl.interpreter.node.variable;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.Truffle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.BuiltinProvider;
import tfl.interpreter.trace.Definitions;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.ModuleValue;

/**
 * A module while it lives: its definitions, its variables, and the rows that Java brings to it. Safe for several
 * threads, of which only the program's own binds names.
 */
public final class ModuleScope implements ModuleValue {
    private final String name;
    private final BuiltinProvider rows;
    private final Map<String, Cell> definitions = new LinkedHashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Object> made = new LinkedHashMap<>();
    private final List<Block> tests = new ArrayList<>();
    private final List<Block> benchmarks = new ArrayList<>();
    private final Map<String, String> docs = new LinkedHashMap<>();
    private String doc;
    // Until its text runs again, which is when graphs of functions that read the module are out of date.
    private volatile Assumption unchanged = Truffle.getRuntime().createAssumption("module");

    /** A {@code test} or {@code bench} block. */
    public record Block(String name, FunctionValue body) {}

    /** @param rows what Java brings; null for nothing */
    public ModuleScope(String name, BuiltinProvider rows) {
        this.name = name;
        this.rows = rows;
    }

    /** This module as a debugger sees it from within a function: some of its variables have values of their own. */
    public synchronized ModuleScope with(Collection<String> own) {
        var within = new ModuleScope(name, rows);
        within.definitions.putAll(definitions);
        within.variables.putAll(variables);
        for (var each : own) {
            within.definitions.remove(each);
            within.variables.put(each, new Variable(each));
        }
        return within;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String doc() {
        return doc != null || rows == null ? doc : rows.doc();
    }

    public void setDoc(String text) {
        doc = text;
    }

    /** What its source says of the value of that name, or null. */
    public String doc(String member) {
        return docs.get(member);
    }

    public void setDoc(String member, String text) {
        docs.put(member, text);
    }

    /** The definition of that name, made if it is not there. */
    public synchronized Cell definition(String definition) {
        return definitions.computeIfAbsent(definition, Cell::new);
    }

    /** The variable of that name, made without a value if it is not there. */
    public synchronized Variable variable(String variable) {
        return variables.computeIfAbsent(variable, Variable::new);
    }

    /** What Java brings under that name, as a value; or null. */
    @TruffleBoundary
    public synchronized Object row(String row) {
        if (rows == null) {
            return null;
        }
        return made.computeIfAbsent(row, key -> rows.find(key) instanceof Builtin builtin
                ? new BuiltinFunction(builtin)
                : rows.find(key));
    }

    public Collection<String> rowNames() {
        return rows == null ? List.of() : rows.names();
    }

    @Override
    @TruffleBoundary
    public synchronized Object find(String member) {
        Definitions.noteRead(unchanged);
        var cell = definitions.get(member);
        if (cell != null && cell.value() != null) {
            return cell.value();
        }
        var variable = variables.get(member);
        return variable != null && variable.value() != null ? variable.value() : row(member);
    }

    /** Names that have a value, bound by definitions. */
    public synchronized Collection<String> definitionNames() {
        return definitions.values().stream().filter(cell -> cell.value() != null).map(Cell::name).toList();
    }

    /** Names that have a value, bound by assignments. */
    public synchronized Collection<String> variableNames() {
        return variables.values().stream().filter(each -> each.value() != null).map(Variable::name).toList();
    }

    @Override
    public Collection<String> members() {
        var names = new LinkedHashSet<>(definitionNames());
        names.addAll(variableNames());
        names.addAll(rowNames());
        names.removeIf(each -> each.startsWith("_"));
        return names;
    }

    /** Forgets a name. */
    public synchronized void drop(String member) {
        if (definitions.containsKey(member)) {
            definitions.get(member).set(null);
        }
        if (variables.containsKey(member)) {
            variables.get(member).set(null);
        }
    }

    /** All names with their values, definitions apart from variables, and what is said of them. */
    public record Contents(Map<String, Object> definitions, Map<String, Object> variables, List<Block> tests,
            Map<String, String> docs, String doc) {
        /** The values by name, definitions and variables together. */
        public Map<String, Object> values() {
            var all = new LinkedHashMap<>(variables);
            all.putAll(definitions);
            return all;
        }
    }

    /** What the module holds now. */
    public synchronized Contents contents() {
        var defined = new LinkedHashMap<String, Object>();
        definitionNames().forEach(each -> defined.put(each, definitions.get(each).value()));
        var assigned = new LinkedHashMap<String, Object>();
        variableNames().forEach(each -> assigned.put(each, variables.get(each).value()));
        assigned.values().forEach(Holding::pin);
        return new Contents(defined, assigned, List.copyOf(tests), Map.copyOf(docs), doc);
    }

    /** Forgets everything that its text brought. */
    public synchronized void clear() {
        definitionNames().forEach(this::drop);
        variableNames().forEach(this::drop);
        tests.clear();
        docs.clear();
        doc = null;
        var before = unchanged;
        unchanged = Truffle.getRuntime().createAssumption("module");
        before.invalidate();
    }

    /** Back to what it held. */
    public synchronized void restore(Contents contents) {
        clear();
        contents.definitions.forEach((each, value) -> definition(each).set(value));
        contents.variables.forEach((each, value) -> variable(each).set(value));
        tests.addAll(contents.tests);
        docs.putAll(contents.docs);
        doc = contents.doc;
    }

    public void addTest(Block test) {
        tests.add(test);
    }

    public List<Block> tests() {
        return tests;
    }

    public void addBenchmark(Block benchmark) {
        benchmarks.add(benchmark);
    }

    public List<Block> benchmarks() {
        return benchmarks;
    }
}
