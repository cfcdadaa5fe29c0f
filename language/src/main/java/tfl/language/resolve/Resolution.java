package tfl.language.resolve;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tfl.language.ast.Annotation;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.source.Located;

/** What a {@link Resolver} found out about one tree. Tables go by identity: ask with the tree's own nodes. */
public final class Resolution {
    /** A module variable and the slot of the module's frame it lives in while the text runs. */
    public record ModuleVariable(String name, int slot) {}

    private final Scope module;
    private final Map<Node, Scope> scopes;
    private final Map<Node, Reference> references;
    private final List<ModuleVariable> loads;
    private final List<ModuleVariable> stores;
    private final List<Located> problems;

    Resolution(Scope module, Map<Node, Scope> scopes, Map<Node, Reference> references,
            List<ModuleVariable> loads,
            List<ModuleVariable> stores, List<Located> problems) {
        this.module = module;
        this.scopes = new IdentityHashMap<>(scopes);
        this.references = new IdentityHashMap<>(references);
        this.loads = List.copyOf(loads);
        this.stores = List.copyOf(stores);
        this.problems = List.copyOf(problems);
    }

    /** The frame of the module's own code. */
    public Scope module() {
        return module;
    }

    /** The frame of a function, method, lambda or test. */
    public Scope scope(Function function) {
        return scopes.get(function);
    }

    /**
     * The frame in which the defaults and annotations of a struct's fields are evaluated: fields have the
     * first slots, in order. A struct inside a function is bound to its slot before its methods are created,
     * so that they can capture it.
     */
    public Scope scope(Statement.StructDefinition struct) {
        return scopes.get(struct);
    }

    /** Where a used name lives. An unknown one, reported as a problem, is a {@link Reference.Global}. */
    public Reference of(Expr.Name name) {
        return references.get(name);
    }

    /**
     * Where the struct, or the module of {@code module.Struct}, that an annotation names lives; null for
     * plain kinds and dtypes.
     */
    public Reference of(Annotation.Named annotation) {
        return references.get(annotation);
    }

    /**
     * Where the name behind the dot of a callee lives, if it is a function: {@code x.f(y)} may be {@code f(x, y)}.
     * Null if nothing has that name, and for fields that are not called.
     */
    public Reference of(Expr.Field method) {
        return references.get(method);
    }

    /** Where a name is bound. */
    public Reference of(Pattern.Bind binding) {
        return references.get(binding);
    }

    /**
     * Where a name is bound that stands outside of simple patterns: of a definition, an import, a caught
     * error, the rest in a pattern, or the root of an update.
     */
    public Reference of(Identifier binding) {
        return references.get(binding);
    }

    /**
     * Where the size of a dimension is bound that an annotation inside a match pattern names. Functions' own
     * are in their scope.
     */
    public Reference of(Annotation.Dim.Named dimension) {
        return references.get(dimension);
    }

    /** Variables of the module to be copied from it to slots before the text runs; they exist already. */
    public List<ModuleVariable> loads() {
        return loads;
    }

    /**
     * Variables that the text may bind, to be copied from slots to the module after it ran, if they got a
     * value.
     */
    public List<ModuleVariable> stores() {
        return stores;
    }

    /** Mistakes in the order of the text. With any error the text must not run. */
    public List<Located> problems() {
        return problems;
    }
}
