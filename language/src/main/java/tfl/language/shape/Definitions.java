package tfl.language.shape;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;

/** The functions and structs of a module, where a name can mean one thing only, once the walk has met them. */
final class Definitions {
    private final Set<String> seen = new HashSet<>();
    private final Set<String> ambiguous = new HashSet<>();
    private final Map<String, Value> values = new HashMap<>();

    Definitions(Module module) {
        module.statements().forEach(this::count);
    }

    private void count(Node node) {
        switch (node) {
            case Statement.FunctionDefinition each -> add(each.name().text());
            case Statement.StructDefinition each -> add(each.name().text());
            case Statement.Import each -> each.modules().forEach(one -> add(one.name().text()));
            case Statement.FromImport each -> each.names().forEach(one -> add(one.boundName().text()));
            case Pattern.Bind bind -> add(bind.name());
            case Function _ -> { }
            default -> Children.of(node).forEach(this::count);
        }
    }

    private void add(String name) {
        if (!seen.add(name)) {
            ambiguous.add(name);
        }
    }

    void define(String name, Value value) {
        if (!ambiguous.contains(name)) {
            values.put(name, value);
        }
    }

    Value of(String name) {
        return values.getOrDefault(name, Value.UNKNOWN);
    }

    /** {@code graph} compiles, {@code checkpoint} recomputes: calls stay the same. Others may change everything. */
    static boolean keepsCalls(Statement.Decorator decorator) {
        var callee = decorator.value() instanceof Expr.Call call ? call.callee() : decorator.value();
        return callee instanceof Expr.Name name && (name.name().equals("graph") || name.name().equals("checkpoint"));
    }
}
