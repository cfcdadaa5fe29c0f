package tfl.language.ast;

import java.util.List;
import java.util.Optional;
import tfl.language.source.Span;

/** One line of a module or block. Control flow is among the expressions. */
public sealed interface Statement extends Node {
    /** An expression for its value or effect. */
    record Expression(Expr value) implements Statement {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /** {@code pattern = value}: binds the names of the pattern in the nearest function or module. */
    record Assign(Pattern target, Expr value, Optional<String> doc, Span span) implements Statement {}

    /**
     * {@code path op= value}, or {@code path = value} where the path has at least one step: rebinds the
     * path's root to an updated value. Without an operator the part is replaced.
     */
    record Update(Path path, Optional<BinaryOperator> operator, Expr value, Span span) implements Statement {}

    /** {@code fn name(..) ..} with its decorators, outermost first. */
    record FunctionDefinition(Identifier name, List<Decorator> decorators, Function function,
            Optional<String> doc, Span span)
            implements Statement {
        public FunctionDefinition {
            decorators = List.copyOf(decorators);
        }
    }

    /** {@code struct Name(fields) { methods }}. */
    record StructDefinition(Identifier name, List<StructField> fields, List<FunctionDefinition> methods,
            Optional<String> doc, Span span) implements Statement {
        public StructDefinition {
            fields = List.copyOf(fields);
            methods = List.copyOf(methods);
        }
    }

    /** {@code import a, b.c as d, "./file.tfl" as e, java "java.time.Instant"}. */
    record Import(List<ImportedModule> modules, Span span) implements Statement {
        public Import {
            modules = List.copyOf(modules);
        }
    }

    /** {@code from module import name, other as alias}. */
    record FromImport(ImportedModule module, List<ImportedName> names, Span span) implements Statement {
        public FromImport {
            names = List.copyOf(names);
        }
    }

    /**
     * {@code test "name" { .. }}: run by {@code tfl test} only. A function of no parameters as far as scopes
     * go.
     */
    record Test(String name, Function body, Span span) implements Statement {}

    /** {@code bench "name" { .. }}: run by {@code tfl bench} only; as to scopes, like a test. */
    record Bench(String name, Function body, Span span) implements Statement {}

    /** {@code @expression} before a function. */
    record Decorator(Expr value, Span span) implements Node {}

    /** A field of a struct; {@code static} keeps it out of differentiation. */
    record StructField(Identifier name, boolean isStatic, Optional<Annotation> annotation,
            Optional<Expr> defaultValue,
            Span span) implements Node {}

    /** What an import names: a library module, a file, or a Java class. */
    enum ModuleKind { LIBRARY, FILE, JAVA }

    /**
     * A module in an import.
     *
     * @param target the dotted name, the path, or the Java class name
     * @param name what it is called in this text: the alias, or the last part of the target
     */
    record ImportedModule(ModuleKind kind, String target, Optional<Identifier> alias, Identifier name,
            Span span)
            implements Node {}

    /** A name taken from a module, perhaps under another one. */
    record ImportedName(Identifier name, Optional<Identifier> alias, Span span) implements Node {
        /** The name it has in this text. */
        public Identifier boundName() {
            return alias.orElse(name);
        }
    }
}
