package tfl.language.symbol;

import java.util.Optional;
import tfl.language.ast.Node;
import tfl.language.ast.Statement.ImportedModule;
import tfl.language.ast.Statement.ImportedName;
import tfl.language.source.Span;

/** One thing that a name stands for; two are the same only if they are the same object. */
public final class Symbol {
    /** What it is. */
    public enum Kind {
        VARIABLE, PARAMETER, FUNCTION, STRUCT, FIELD, METHOD, MODULE, IMPORTED, DIMENSION,
        /** A name of the prelude, which no text defines. */
        PRELUDE,
        /** A name of another module, written {@code module.name}. */
        MEMBER
    }

    private final String name;
    private final Kind kind;
    private final Span definition;
    private final Node node;
    private final ImportedModule module;

    Symbol(String name, Kind kind, Span definition, Node node, ImportedModule module) {
        this.name = name;
        this.kind = kind;
        this.definition = definition;
        this.node = node;
        this.module = module;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The name where this text defines it first; empty for what other modules and the prelude define. */
    public Optional<Span> definition() {
        return Optional.ofNullable(definition);
    }

    /** The statement, parameter, field or pattern that defines it. */
    public Optional<Node> node() {
        return Optional.ofNullable(node);
    }

    /** The module it comes from, of what is imported, and of members. */
    public Optional<ImportedModule> module() {
        return Optional.ofNullable(module);
    }

    /** The name it has in the module it comes from. */
    public String originalName() {
        return node instanceof ImportedName imported ? imported.name().text() : name;
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
