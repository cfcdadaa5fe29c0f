package tfl.language.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tfl.language.ast.Annotation;
import tfl.language.ast.Annotation.Dim;

/**
 * What is sure of a value without running.
 *
 * @param kind {@code int}, {@code float}, {@code str}, {@code bool}, {@code none}, {@code tuple},
 *     {@code record}, {@code fn} or {@code tensor}
 * @param shape the sizes of a tensor's axes
 */
record Guess(String kind, List<Long> shape) {
    private static final Set<String> PLAIN = Set.of("int", "float", "bool", "str", "fn", "tuple", "record",
            "none");

    static Guess of(String kind) {
        return new Guess(kind, List.of());
    }

    /** Why an annotation refuses this value, if it surely does; binds dimensions in {@code sizes}. */
    Optional<String> refusal(Annotation annotation, Map<String, Long> sizes) {
        return switch (annotation) {
            case Annotation.Named named -> PLAIN.contains(named.name()) && !accepts(named.name())
                    ? Optional.of("is " + text()) : Optional.empty();
            case Annotation.Tensor tensor when kind.equals("tensor") -> dimensions(tensor.dims(), sizes);
            case Annotation.Tensor tensor -> isNumber()
                    && tensor.dims().stream().allMatch(Dim.Rest.class::isInstance)
                    ? Optional.empty() : Optional.of("is no tensor of this shape");
        };
    }

    private boolean isNumber() {
        return kind.equals("int") || kind.equals("float") || kind.equals("bool");
    }

    /** A tensor with one element may stand for a scalar, so only other kinds are surely wrong. */
    private boolean accepts(String wanted) {
        return wanted.equals(kind) || wanted.equals("float") && kind.equals("int")
                || kind.equals("tensor") && shape.stream().allMatch(size -> size == 1)
                        && isScalarKind(wanted);
    }

    private static boolean isScalarKind(String kind) {
        return kind.equals("int") || kind.equals("float") || kind.equals("bool");
    }

    private Optional<String> dimensions(List<Dim> dims, Map<String, Long> sizes) {
        int rest = -1;
        for (int i = 0; i < dims.size(); i++) {
            rest = dims.get(i) instanceof Dim.Rest ? i : rest;
        }
        int fixed = rest < 0 ? dims.size() : dims.size() - 1;
        if (rest < 0 ? shape.size() != fixed : shape.size() < fixed) {
            return Optional.of("has " + shape.size() + (shape.size() == 1 ? " axis" : " axes"));
        }
        for (int i = 0; i < dims.size(); i++) {
            int axis = rest >= 0 && i > rest ? shape.size() - (dims.size() - i) : i;
            var wrong = i == rest ? Optional.<String>empty() : dimension(dims.get(i), axis, sizes);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> dimension(Dim dim, int axis, Map<String, Long> sizes) {
        long size = shape.get(axis);
        return switch (dim) {
            case Dim.Size(long wanted, _) -> wanted == size ? Optional.empty()
                    : differs(axis, size, String.valueOf(wanted));
            case Dim.Named named when sizes.containsKey(named.name()) -> {
                long wanted = sizes.get(named.name()) * named.factor() + named.offset();
                yield wanted == size ? Optional.empty()
                        : differs(axis, size,
                                wanted + ", for " + named.name() + " is " + sizes.get(named.name()));
            }
            case Dim.Named named -> {
                if ((size - named.offset()) % named.factor() != 0) {
                    yield differs(axis, size, named.span().text());
                }
                sizes.put(named.name(), (size - named.offset()) / named.factor());
                yield Optional.empty();
            }
            case Dim.Any _, Dim.Rest _ -> Optional.empty();
        };
    }

    private static Optional<String> differs(int axis, long size, String wanted) {
        return Optional.of("axis " + axis + " is " + size + ", not " + wanted);
    }

    /** As a message calls it. */
    String text() {
        return switch (kind) {
            case "tensor" -> "a tensor of shape " + shape.stream().map(String::valueOf)
                    .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
            case "int" -> "an int";
            case "none" -> "none";
            case "fn" -> "a function";
            default -> "a " + kind;
        };
    }
}
