package tfl.language.shape;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tfl.language.ast.Function;
import tfl.language.ast.Statement;

/** What is sure of a value. */
public sealed interface Value {
    /** Nothing. */
    record Unknown() implements Value {
        @Override
        public String toString() {
            return "";
        }
    }

    /** An int of the language. */
    record Int(Dim value) implements Value {
        @Override
        public String toString() {
            return value.isKnown() ? "int = " + value : "int";
        }
    }

    /** A bool that is known. */
    record Truth(boolean value) implements Value {
        @Override
        public String toString() {
            return "bool = " + value;
        }
    }

    /** {@code float}, {@code bool}, {@code str}, {@code none}, {@code fn} and the like. */
    record Plain(String kind) implements Value {
        @Override
        public String toString() {
            return kind;
        }
    }

    /**
     * A tensor.
     *
     * @param dtype null if not known
     * @param shape null if not even the number of axes is known
     */
    record Tensor(String dtype, List<Dim> shape) implements Value {
        @Override
        public String toString() {
            return (dtype == null ? "any" : dtype) + "[" + (shape == null ? "..." : sizes(shape)) + "]";
        }

        static String sizes(List<Dim> shape) {
            return shape.stream().map(Dim::toString).collect(Collectors.joining(", "));
        }

        boolean isConcrete() {
            return shape != null && shape.stream().allMatch(Dim::isNumber);
        }
    }

    /** A tuple of known length. */
    record Tuple(List<Value> elements) implements Value {
        @Override
        public String toString() {
            return elements.stream().map(each -> each.toString().isEmpty() ? "_" : each.toString())
                    .collect(Collectors.joining(", ", "(", elements.size() == 1 ? ",)" : ")"));
        }
    }

    /** A record whose fields are all known by name. */
    record Record(Map<String, Value> fields) implements Value {
        @Override
        public String toString() {
            return fields.entrySet().stream().map(each -> each.getKey() + ": "
                    + (each.getValue().toString().isEmpty() ? "_" : each.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** A value of a struct of this text. */
    record Struct(Statement.StructDefinition definition, Map<String, Value> fields) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Struct that && definition == that.definition && fields.equals(that.fields);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(definition);
        }

        @Override
        public String toString() {
            return definition.name().text();
        }
    }

    /** A function of this text, with what it captured. */
    record Closure(Function function, String name, Map<String, Value> captured) implements Value {
        /** Trees are compared by identity: to look into them again and again is slow. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Closure that && function == that.function && captured == that.captured;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(function);
        }

        @Override
        public String toString() {
            return "fn";
        }
    }

    /** What {@code grad} or {@code value_and_grad} makes of a function of this text. */
    record Derivative(Closure function, boolean withValue) implements Value {
        @Override
        public String toString() {
            return "fn";
        }
    }

    /** The constructor of a struct of this text. */
    record Constructor(Statement.StructDefinition definition) implements Value {
        @Override
        public String toString() {
            return "struct";
        }
    }

    /** A function of the prelude. */
    record Builtin(String name) implements Value {
        @Override
        public String toString() {
            return "fn";
        }
    }

    Unknown UNKNOWN = new Unknown();
    Plain FLOAT = new Plain("float");
    Plain BOOL = new Plain("bool");
    Plain TEXT = new Plain("str");
    Plain NONE = new Plain("none");
    Int INT = new Int(Dim.UNKNOWN);

    static Value tensor(String dtype, List<Dim> shape) {
        return new Tensor(dtype, shape == null ? null : List.copyOf(shape));
    }

    default boolean isScalar() {
        return this instanceof Int || this instanceof Truth || equals(FLOAT) || equals(BOOL);
    }

    /** What is sure of a value that is one of the two. */
    static Value join(Value a, Value b) {
        if (a.equals(b)) {
            return a;
        }
        return switch (a) {
            case Int _ when b instanceof Int -> INT;
            case Truth _ when b instanceof Truth || b.equals(BOOL) -> BOOL;
            case Plain _ when a.equals(BOOL) && b instanceof Truth -> BOOL;
            case Tensor(String dtype, var shape) when b instanceof Tensor(String other, var second) ->
                    tensor(dtype != null && dtype.equals(other) ? dtype : null, join(shape, second));
            case Tuple(var elements) when b instanceof Tuple(var others) && elements.size() == others.size() -> {
                Iterator<Value> next = others.iterator();
                yield new Tuple(elements.stream().map(each -> join(each, next.next())).toList());
            }
            case Record(var fields) when b instanceof Record(var others)
                    && List.copyOf(fields.keySet()).equals(List.copyOf(others.keySet())) -> {
                var joined = new LinkedHashMap<String, Value>();
                fields.forEach((name, value) -> joined.put(name, join(value, others.get(name))));
                yield new Record(joined);
            }
            case Struct(var definition, var fields) when b instanceof Struct(var other, var _)
                    && definition == other -> new Struct(definition, Map.of());
            default -> UNKNOWN;
        };
    }

    private static List<Dim> join(List<Dim> a, List<Dim> b) {
        if (a == null || b == null || a.size() != b.size()) {
            return null;
        }
        var joined = new ArrayList<Dim>();
        for (int i = 0; i < a.size(); i++) {
            joined.add(a.get(i).surelyEquals(b.get(i)) ? a.get(i) : Dim.UNKNOWN);
        }
        return joined;
    }
}
