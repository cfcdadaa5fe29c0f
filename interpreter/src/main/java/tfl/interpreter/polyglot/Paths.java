package tfl.interpreter.polyglot;

import java.util.Set;
import java.util.TreeSet;
import tfl.interpreter.TflContext;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.Expr;
import tfl.language.ast.Statement;
import tfl.language.ast.StringPart;
import tfl.language.ast.Subscript;
import tfl.language.lex.Names;
import tfl.language.parse.Parser;
import tfl.language.source.Source;
import tfl.tensor.TensorValue;

/** Finds values by paths such as {@code nn.dense}, {@code set["x"]} or {@code layers[0].w}, and computes nothing. */
final class Paths {
    private static final Set<String> COMPUTED = Set.of("T", "mT");
    private final Modules modules;

    Paths(TflContext session) {
        this.modules = Modules.of(session);
    }

    /** The value of a path; of {@code x.sum} the function or method with its first argument. Null if there is none. */
    Object find(String path) {
        if (Names.isName(path)) {
            return name(path);
        }
        var parsed = Parser.parse(Source.of("<path>", path));
        return parsed.isValid() && parsed.module().statements().size() == 1
                && parsed.module().statements().getFirst() instanceof Statement.Expression statement
                ? find(statement.value()) : null;
    }

    private Object find(Expr path) {
        return switch (path) {
            case Expr.Name name -> name(name.name());
            case Expr.Field field -> member(find(field.target()), field.name().text());
            case Expr.Index index when index.subscripts().size() == 1
                    && index.subscripts().getFirst() instanceof Subscript.At at -> element(find(index.target()),
                            at.value());
            default -> null;
        };
    }

    private Object name(String name) {
        Object value = modules.main().find(name);
        return value != null ? value : modules.globals().find(name);
    }

    private Object member(Object value, String name) {
        if (value instanceof StructValue struct && struct.find(name) == null && struct.type().method(name) != null) {
            return new BoundFunction(struct.type().method(name), value);
        }
        Object part = value instanceof TensorValue && COMPUTED.contains(name) ? null : Parts.member(value, name);
        if (part != null || !takesFunctions(value)) {
            return part;
        }
        return modules.globals().find(name) instanceof FunctionValue function ? new BoundFunction(function, value)
                : null;
    }

    /** Whether {@code value.f(x)} may mean {@code f(value, x)}: of modules and types it never does. */
    static boolean takesFunctions(Object value) {
        return value != null && !(value instanceof ModuleValue) && !(value instanceof StructType);
    }

    private static Object element(Object value, Expr index) {
        return switch (index) {
            case Expr.StringLiteral text when value instanceof FieldsValue fields && text.parts().size() == 1
                    && text.parts().getFirst() instanceof StringPart.Text part -> fields.find(part.value());
            case Expr.IntLiteral number when value instanceof TupleValue tuple && number.value() < tuple.size() ->
                tuple.get((int) number.value());
            default -> null;
        };
    }

    /** The names that a text of the session may use. */
    Set<String> names() {
        var names = new TreeSet<>(modules.globals().names());
        names.addAll(modules.main().variableNames());
        names.addAll(modules.main().definitionNames());
        return names;
    }
}
