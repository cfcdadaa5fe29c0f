package tfl.language.resolve;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tfl.language.ast.Annotation;
import tfl.language.ast.Annotation.Dim;
import tfl.language.ast.Function;
import tfl.language.ast.Parameter;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.source.NearestName;

/** The names in annotations: kinds, dtypes, structs and dimensions. */
public final class Annotations {
    /** Plain kinds of values. */
    public static final Set<String> KINDS = Set.of("int", "float", "bool", "str", "fn", "tuple", "record",
            "none", "any",
            "tensor", "range", "stream");
    /** Dtypes of tensors; alone they stand for a scalar. */
    public static final Set<String> DTYPES = Set.of("bool", "u8", "i8", "i16", "i32", "i64", "f16", "bf16",
            "f32", "f64", "c64");
    private static final Set<String> FAMILIES = Set.of("float", "int", "any");

    private final Resolver resolver;

    Annotations(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The dimensions that a function's annotations name, in order. */
    Set<String> dimensions(Function function) {
        return dimensions(Stream.concat(function.parameters().stream().map(Parameter::annotation),
                Stream.of(function.result())));
    }

    Set<String> dimensions(Statement.StructDefinition struct) {
        return dimensions(struct.fields().stream().map(Statement.StructField::annotation));
    }

    private static Set<String> dimensions(Stream<Optional<Annotation>> annotations) {
        var names = new LinkedHashSet<String>();
        annotations.flatMap(Optional::stream).flatMap(Annotations::named)
                .forEach(dim -> names.add(dim.name()));
        return names;
    }

    /** The named dimensions of one annotation. */
    static Stream<Dim.Named> named(Annotation annotation) {
        return annotation instanceof Annotation.Tensor tensor
                ? tensor.dims().stream().filter(Dim.Named.class::isInstance).map(Dim.Named.class::cast)
                        : Stream.empty();
    }

    /** Looks structs up, and complains about what cannot be meant. */
    void check(Annotation annotation) {
        switch (annotation) {
            case Annotation.Named named -> {
                if (!KINDS.contains(named.name()) && !DTYPES.contains(named.name())) {
                    struct(named);
                }
            }
            case Annotation.Tensor tensor -> tensor(tensor);
        }
    }

    private void struct(Annotation.Named named) {
        String first = named.name().contains(".") ? named.name().substring(0, named.name().indexOf('.'))
                : named.name();
        resolver.refer(named, resolver.use(first, named.span(), kinds()));
    }

    private void tensor(Annotation.Tensor tensor) {
        if (!DTYPES.contains(tensor.dtype()) && !FAMILIES.contains(tensor.dtype())) {
            var names = new TreeSet<>(DTYPES);
            names.addAll(FAMILIES);
            resolver.report(new ScopeProblem.BadAnnotation("`" + tensor.dtype() + "` is no dtype",
                    Optional.of(NearestName.of(tensor.dtype(), names)
                            .map(guess -> "did you mean `" + guess + "`?")
                            .orElse("dtypes are bool u8 i8 i16 i32 i64 f16 bf16 f32 f64 c64, "
                                + "and float int any for several"))),
                    tensor.span());
        }
        if (tensor.dims().stream().filter(Dim.Rest.class::isInstance).count() > 1) {
            resolver.report(new ScopeProblem.BadAnnotation("a shape has one ... at most", Optional.empty()),
                    tensor.span());
        }
    }

    private static Set<String> kinds() {
        var names = new TreeSet<>(KINDS);
        names.addAll(DTYPES);
        return names;
    }

    void inPattern(Pattern pattern) {
        switch (pattern) {
            case Pattern.Typed typed -> {
                check(typed.annotation());
                inPattern(typed.pattern());
            }
            case Pattern.Tuple tuple -> tuple.elements().forEach(this::inPattern);
            case Pattern.Fields fields -> fields.fields().forEach(field -> inPattern(field.pattern()));
            case Pattern.Wildcard _, Pattern.Bind _, Pattern.Literal _, Pattern.Rest _ -> { }
        }
    }
}
