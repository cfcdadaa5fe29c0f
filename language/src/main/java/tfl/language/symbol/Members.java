package tfl.language.symbol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tfl.language.ast.Parameter;
import tfl.language.ast.Statement;
import tfl.language.source.Span;
import tfl.language.symbol.Occurrence.Form;
import tfl.language.symbol.Occurrence.Role;
import tfl.language.symbol.Symbol.Kind;

/** The fields and methods of structs. Inside a method, those behind its first parameter are known. */
final class Members {
    /** Takes a place. */
    interface Places {
        void add(Symbol symbol, Span span, Role role, Form form);
    }

    private record Method(Statement.StructDefinition struct, String self) {}

    private final Places places;
    private final Map<Statement.StructDefinition, Map<String, Symbol>> table = new IdentityHashMap<>();
    private final Map<Symbol, Statement.StructDefinition> structs = new IdentityHashMap<>();
    private final Deque<Method> methods = new ArrayDeque<>();

    Members(Places places) {
        this.places = places;
    }

    void announce(Statement.StructDefinition struct, Symbol symbol) {
        if (structs.put(symbol, struct) == null) {
            var own = new LinkedHashMap<String, Symbol>();
            struct.fields().forEach(each -> own.put(each.name().text(),
                    new Symbol(each.name().text(), Kind.FIELD, each.name().span(), each, null)));
            struct.methods().forEach(each -> own.putIfAbsent(each.name().text(),
                    new Symbol(each.name().text(), Kind.METHOD, each.name().span(), each, null)));
            table.put(struct, own);
        }
    }

    Symbol field(Statement.StructDefinition struct, Statement.StructField field) {
        return place(struct, field.name().text(), field.name().span());
    }

    void method(Statement.StructDefinition struct, Statement.FunctionDefinition method) {
        place(struct, method.name().text(), method.name().span());
    }

    private Symbol place(Statement.StructDefinition struct, String name, Span span) {
        var symbol = table.getOrDefault(struct, new HashMap<>()).get(name);
        if (symbol != null) {
            places.add(symbol, span, Role.DEFINE, Form.PLAIN);
        }
        return symbol;
    }

    /** Walks a method, whose first parameter is the struct's value. */
    void within(Statement.StructDefinition struct, Statement.FunctionDefinition method, Runnable walk) {
        var self = method.function().parameters().stream().findFirst().flatMap(Parameter::name).orElse("");
        methods.push(new Method(struct, self));
        walk.run();
        methods.pop();
    }

    /** The field or method of that name behind a method's own value. */
    Optional<Symbol> of(String target, String name, Symbol symbol) {
        return methods.stream().filter(each -> each.self().equals(target) && symbol.kind() == Kind.PARAMETER)
                .findFirst().map(each -> table.getOrDefault(each.struct(), Map.of()).get(name));
    }

    /** What a call of the struct may give by keyword. */
    Map<String, Symbol> fields(Symbol struct) {
        var definition = structs.get(struct);
        return definition == null ? Map.of() : table.get(definition);
    }
}
