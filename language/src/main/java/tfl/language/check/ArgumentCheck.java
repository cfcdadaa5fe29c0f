package tfl.language.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tfl.language.ast.Annotation;
import tfl.language.ast.Argument;
import tfl.language.ast.Expr;
import tfl.language.source.NearestName;
import tfl.language.source.Span;

/** Compares the arguments of a call with a signature. */
final class ArgumentCheck {
    private final ValueGuess values;
    private final BiConsumer<CheckProblem, Span> report;

    ArgumentCheck(ValueGuess values, BiConsumer<CheckProblem, Span> report) {
        this.values = values;
        this.report = report;
    }

    /** Checks one call; {@code first} is what a pipe puts before the arguments. */
    void check(Signature signature, Expr.Call call, Optional<Expr> first) {
        var byPosition = new ArrayList<Expr>();
        first.ifPresent(byPosition::add);
        boolean spread = false;
        boolean spreadFields = false;
        var given = new LinkedHashMap<String, Expr>();
        for (var argument : call.arguments()) {
            switch (argument) {
                case Argument.Positional positional -> {
                    if (!spread) {
                        byPosition.add(positional.value());
                    }
                }
                case Argument.Spread _ -> spread = true;
                case Argument.SpreadFields _ -> spreadFields = true;
                case Argument.Keyword keyword -> keyword(signature, keyword, given);
            }
        }
        positions(signature, call, byPosition, given);
        if (!spread && !spreadFields) {
            missing(signature, call, given);
        }
        annotations(signature, given);
    }

    private void keyword(Signature signature, Argument.Keyword keyword, Map<String, Expr> given) {
        String name = keyword.name().text();
        var names = signature.all().filter(Signature.Slot::hasKeyword).map(Signature.Slot::name).toList();
        if (given.putIfAbsent(name, keyword.value()) != null) {
            report.accept(new CheckProblem.GivenTwice("parameter", name), keyword.span());
        } else if (!names.contains(name) && !signature.options()) {
            report.accept(new CheckProblem.UnknownKeyword(signature.name(), name, NearestName.of(name, names),
                    signature.text()),
                    keyword.name().span());
        }
    }

    private void positions(Signature signature, Expr.Call call, List<Expr> byPosition,
            Map<String, Expr> given) {
        var slots = signature.positional();
        for (int i = 0; i < Math.min(slots.size(), byPosition.size()); i++) {
            var before = given.put(slots.get(i).name(), byPosition.get(i));
            if (before != null) {
                report.accept(new CheckProblem.GivenTwice("parameter", slots.get(i).name()), before.span());
            }
        }
        if (byPosition.size() > slots.size() && !signature.rest()) {
            report.accept(new CheckProblem.TooManyArguments(signature.name(), slots.size(), byPosition.size(),
                    signature.text()),
                    byPosition.get(slots.size()).span());
        }
    }

    private void missing(Signature signature, Expr.Call call, Map<String, Expr> given) {
        signature.all().filter(slot -> slot.required() && !given.containsKey(slot.name())).findFirst()
                .ifPresent(slot ->
                report.accept(new CheckProblem.MissingArgument(signature.name(), slot.name(),
                        signature.text()), call.span()));
    }

    /** Dimensions bind on first use and must agree after, as they do when the program runs. */
    private void annotations(Signature signature, Map<String, Expr> given) {
        var sizes = new HashMap<String, Long>();
        signature.all().filter(slot -> given.containsKey(slot.name())).forEach(slot ->
                values.integer(given.get(slot.name())).ifPresent(value -> sizes.put(slot.name(), value)));
        for (var slot : signature.all().toList()) {
            var argument = given.get(slot.name());
            if (argument != null && slot.annotation().isPresent()) {
                var annotation = slot.annotation().get();
                values.of(argument).ifPresent(guess -> guess.refusal(annotation, sizes).ifPresent(reason ->
                        report.accept(new CheckProblem.AnnotationMismatch(slot.name(), text(annotation),
                                guess.text(), reason),
                                argument.span())));
            }
        }
    }

    private static String text(Annotation annotation) {
        return annotation.span().text().replaceAll("\\s+", " ");
    }
}
