package tfl.language.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tfl.language.ast.Annotation;
import tfl.language.ast.Annotation.Dim.Named;
import tfl.language.ast.Function;
import tfl.language.ast.Parameter;

/** Annotations: what they promise inside a function, and whether a value surely breaks them. */
final class Annotated {
    private Annotated() {}

    /** What a parameter with this annotation is, whatever the call. */
    static Value value(Annotation annotation, Function owner, Parameter parameter) {
        return switch (annotation) {
            case Annotation.Named named -> switch (named.name()) {
                case "int" -> new Value.Int(parameter.name().map(name -> Dim.named(name, owner)).orElse(Dim.UNKNOWN));
                case "float" -> Value.FLOAT;
                case "bool" -> Value.BOOL;
                case "str" -> Value.TEXT;
                default -> Value.UNKNOWN;
            };
            case Annotation.Tensor tensor -> Value.tensor(dtype(tensor), dims(tensor.dims(), owner));
        };
    }

    private static String dtype(Annotation.Tensor tensor) {
        return switch (tensor.dtype()) {
            case "float", "int", "any" -> null;
            default -> tensor.dtype();
        };
    }

    private static List<Dim> dims(List<Annotation.Dim> dims, Function owner) {
        var found = new ArrayList<Dim>();
        for (var dim : dims) {
            switch (dim) {
                case Annotation.Dim.Size(long size, _) -> found.add(Dim.of(size));
                case Named named -> found.add(Dim.named(named.name(), owner).times(Dim.of(named.factor()))
                        .plus(Dim.of(named.offset())));
                case Annotation.Dim.Any _ -> found.add(Dim.UNKNOWN);
                case Annotation.Dim.Rest _ -> {
                    return null;
                }
            }
        }
        return found;
    }

    /** What a call gives of which nothing is known but the result's annotation. */
    static Value loose(Annotation annotation) {
        return promised(annotation, Map.of());
    }

    /** What an annotation promises, with the sizes that its dimensions have in one call. */
    static Value promised(Annotation annotation, Map<String, Dim> sizes) {
        return switch (annotation) {
            case Annotation.Tensor tensor -> Value.tensor(dtype(tensor),
                    tensor.dims().stream().anyMatch(Annotation.Dim.Rest.class::isInstance) ? null
                            : tensor.dims().stream().map(each -> size(each, sizes)).toList());
            case Annotation.Named named when named.name().equals("int") -> Value.INT;
            case Annotation.Named named when named.name().equals("str") -> Value.TEXT;
            default -> Value.UNKNOWN;
        };
    }

    private static Dim size(Annotation.Dim dim, Map<String, Dim> sizes) {
        return switch (dim) {
            case Annotation.Dim.Size(long size, _) -> Dim.of(size);
            case Named named -> sizes.getOrDefault(named.name(), Dim.UNKNOWN).times(Dim.of(named.factor()))
                    .plus(Dim.of(named.offset()));
            case Annotation.Dim.Any _, Annotation.Dim.Rest _ -> Dim.UNKNOWN;
        };
    }

    /** A result, with what its annotation promises where nothing else is sure. */
    static Value completed(Value result, Optional<Annotation> annotation, Map<String, Dim> sizes) {
        if (annotation.isEmpty()) {
            return result;
        }
        var promised = promised(annotation.get(), sizes);
        if (result instanceof Value.Tensor(String dtype, var shape) && promised instanceof Value.Tensor tensor) {
            return Value.tensor(dtype == null ? tensor.dtype() : dtype, shape == null || shape.stream()
                    .anyMatch(each -> !each.isKnown()) && tensor.shape() != null ? tensor.shape() : shape);
        }
        return result instanceof Value.Unknown ? promised : result;
    }

    /** Why an argument surely breaks its parameter's annotation; binds dimensions in {@code sizes}. */
    static Optional<ShapeFault> refusal(Parameter parameter, Annotation annotation, Value value,
            Map<String, Dim> sizes) {
        if (!(annotation instanceof Annotation.Tensor tensor) || !(value instanceof Value.Tensor given)
                || given.shape() == null) {
            return Optional.empty();
        }
        return fits(tensor, given, sizes) ? Optional.empty()
                : Optional.of(fault(parameter.pattern().span().text() + " must be ", annotation, given, sizes));
    }

    /** The dimensions that a function's parameters bind, each standing for itself. */
    static Map<String, Dim> names(Function function) {
        var sizes = new LinkedHashMap<String, Dim>();
        function.parameters().stream().map(Parameter::annotation).flatMap(Optional::stream)
                .filter(Annotation.Tensor.class::isInstance)
                .flatMap(each -> ((Annotation.Tensor) each).dims().stream()).filter(Named.class::isInstance)
                .forEach(each -> sizes.put(((Named) each).name(), Dim.named(((Named) each).name(), function)));
        return sizes;
    }

    /** Why a function surely breaks the annotation of its result, where its dimensions have these sizes. */
    static Optional<ShapeFault> result(Value.Closure closure, Value value, Map<String, Dim> sizes) {
        var annotation = closure.function().result();
        if (annotation.isEmpty() || !(annotation.get() instanceof Annotation.Tensor tensor)
                || !(value instanceof Value.Tensor given) || given.shape() == null
                || fits(tensor, given, new LinkedHashMap<>(sizes))) {
            return Optional.empty();
        }
        String name = closure.name().isEmpty() ? "the function" : closure.name();
        return Optional.of(fault("the result of " + name + " must be ", annotation.get(), given, sizes));
    }

    private static ShapeFault fault(String what, Annotation annotation, Value.Tensor given, Map<String, Dim> sizes) {
        var bound = sizes.entrySet().stream().filter(each -> each.getValue().isNumber())
                .map(each -> each.getKey() + " = " + each.getValue()).collect(Collectors.joining(", "));
        return new ShapeFault("TFL-E0241", what + annotation.span().text().replaceAll("\\s+", " ") + ", it is " + given
                + (bound.isEmpty() ? "" : " (here " + bound + ")"), "", Optional.empty());
    }

    private static boolean fits(Annotation.Tensor annotation, Value.Tensor given, Map<String, Dim> sizes) {
        if (!dtypeFits(annotation.dtype(), given.dtype())) {
            return false;
        }
        var dims = annotation.dims();
        int rest = -1;
        for (int i = 0; i < dims.size(); i++) {
            rest = dims.get(i) instanceof Annotation.Dim.Rest ? i : rest;
        }
        int rank = given.shape().size();
        if (rest < 0 ? rank != dims.size() : rank < dims.size() - 1) {
            return false;
        }
        for (int i = 0; i < dims.size(); i++) {
            int axis = rest >= 0 && i > rest ? rank - (dims.size() - i) : i;
            if (i != rest && !sizeFits(dims.get(i), given.shape().get(axis), sizes)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sizeFits(Annotation.Dim wanted, Dim size, Map<String, Dim> sizes) {
        return switch (wanted) {
            case Annotation.Dim.Size(long exact, _) -> !size.surelyDiffers(Dim.of(exact));
            case Named named when sizes.containsKey(named.name()) -> !size.surelyDiffers(sizes.get(named.name())
                    .times(Dim.of(named.factor())).plus(Dim.of(named.offset())));
            case Named named -> {
                boolean whole = !size.isNumber() || (size.offset() - named.offset()) % named.factor() == 0;
                sizes.put(named.name(), size.isNumber() && whole
                        ? Dim.of((size.offset() - named.offset()) / named.factor())
                        : named.factor() == 1 ? size.minus(Dim.of(named.offset())) : Dim.UNKNOWN);
                yield whole;
            }
            case Annotation.Dim.Any _, Annotation.Dim.Rest _ -> true;
        };
    }

    private static boolean dtypeFits(String wanted, String given) {
        return given == null || switch (wanted) {
            case "any" -> true;
            case "float" -> given.startsWith("f") || given.equals("bf16");
            case "int" -> given.startsWith("i") || given.startsWith("u");
            default -> wanted.equals(given);
        };
    }
}
