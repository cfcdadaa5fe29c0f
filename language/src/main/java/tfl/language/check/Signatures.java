package tfl.language.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;

/** The signatures of a module's functions and structs, where the name can mean nothing else. */
final class Signatures {
    private final Map<String, Signature> byName = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    Signatures(Module module) {
        module.statements().forEach(this::collect);
        ambiguous.forEach(byName::remove);
    }

    /** Walks the module's own code: blocks are no scopes, functions are. */
    private void collect(Node node) {
        switch (node) {
            case Statement.FunctionDefinition definition -> {
                define(Signature.of(definition));
                if (!definition.decorators().stream().allMatch(Signatures::keepsParameters)) {
                    ambiguous.add(definition.name().text());
                }
            }
            case Statement.StructDefinition struct -> define(Signature.of(struct));
            case Statement.Import imports -> imports.modules()
                    .forEach(each -> ambiguous.add(each.name().text()));
            case Statement.FromImport imports -> imports.names()
                    .forEach(each -> ambiguous.add(each.boundName().text()));
            case Pattern.Bind bind -> ambiguous.add(bind.name());
            case Function _ -> { }
            default -> Children.of(node).forEach(this::collect);
        }
    }

    private void define(Signature signature) {
        if (byName.put(signature.name(), signature) != null) {
            ambiguous.add(signature.name());
        }
    }

    /**
     * {@code graph} compiles, {@code checkpoint} recomputes: calls stay the same. Others may change
     * everything.
     */
    private static boolean keepsParameters(Statement.Decorator decorator) {
        var callee = decorator.value() instanceof Expr.Call call ? call.callee() : decorator.value();
        return callee instanceof Expr.Name name
                && (name.name().equals("graph") || name.name().equals("checkpoint"));
    }

    Optional<Signature> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
