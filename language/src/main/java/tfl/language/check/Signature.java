package tfl.language.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tfl.language.ast.Annotation;
import tfl.language.ast.Parameter;
import tfl.language.ast.Statement;

/**
 * What a call must give, of a function or of a struct.
 *
 * @param positional parameters that may be given by position, in order
 * @param keywordOnly those behind {@code *rest}
 * @param rest whether there is a {@code *rest}
 * @param options whether there is a {@code **options}
 * @param text as it was defined, such as {@code f(x, rate=0.1)}
 */
record Signature(String name, List<Slot> positional, List<Slot> keywordOnly, boolean rest, boolean options,
        String text) {
    /** A parameter; a destructuring one has no keyword. */
    record Slot(String name, boolean hasKeyword, boolean required, Optional<Annotation> annotation) {}

    static Signature of(Statement.FunctionDefinition definition) {
        var parameters = definition.function().parameters();
        int rest = 0;
        while (rest < parameters.size() && parameters.get(rest).kind() == Parameter.Kind.PLAIN) {
            rest++;
        }
        boolean hasRest = parameters.stream().anyMatch(each -> each.kind() == Parameter.Kind.REST);
        boolean hasOptions = parameters.stream().anyMatch(each -> each.kind() == Parameter.Kind.OPTIONS);
        return new Signature(definition.name().text(), slots(parameters.subList(0, rest)),
                slots(parameters.subList(rest, parameters.size())), hasRest, hasOptions,
                text(definition.name().text(), parameters.stream().map(each -> each.span().text())));
    }

    static Signature of(Statement.StructDefinition struct) {
        var slots = struct.fields().stream().map(field ->
                new Slot(field.name().text(), true, field.defaultValue().isEmpty(), field.annotation()))
                        .toList();
        return new Signature(struct.name().text(), slots, List.of(), false, false,
                text(struct.name().text(), struct.fields().stream().map(each -> each.span().text())));
    }

    private static List<Slot> slots(List<Parameter> parameters) {
        return parameters.stream().filter(each -> each.kind() == Parameter.Kind.PLAIN)
                .map(each -> new Slot(each.name().orElse(each.pattern().span().text()),
                        each.name().isPresent(),
                        each.defaultValue().isEmpty(), each.annotation())).toList();
    }

    private static String text(String name, Stream<String> parameters) {
        return parameters.map(each -> each.replaceAll("\\s+", " "))
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    Stream<Slot> all() {
        return Stream.concat(positional.stream(), keywordOnly.stream());
    }
}
