package tfl.language.parse;

import java.util.List;
import java.util.Optional;
import tfl.language.ast.Parameter;
import tfl.language.lex.SyntaxProblem;

/**
 * Plain parameters, then those with defaults, then {@code *rest}, then those by keyword only, then
 * {@code **options}.
 */
final class ParameterOrder {
    private ParameterOrder() {}

    static void check(List<Parameter> parameters, Parser parser) {
        boolean defaults = false;
        boolean rest = false;
        boolean options = false;
        for (var parameter : parameters) {
            if (options) {
                report(parser, parameter, "nothing stands behind a ** parameter");
            }
            switch (parameter.kind()) {
                case REST -> {
                    if (rest) {
                        report(parser, parameter, "a function has one * parameter at most");
                    }
                    rest = true;
                }
                case OPTIONS -> options = true;
                case PLAIN -> {
                    if (defaults && !rest && parameter.defaultValue().isEmpty()) {
                        report(parser, parameter, "parameters without a default stand before those with one");
                    } else if (rest && parameter.name().isEmpty()) {
                        report(parser, parameter,
                                "a parameter behind a * parameter is given by keyword, so it needs a name");
                    }
                    defaults |= parameter.defaultValue().isPresent();
                }
            }
        }
    }

    private static void report(Parser parser, Parameter parameter, String message) {
        parser.report(new SyntaxProblem.WrongOrder(message, Optional.empty()), parameter.span());
    }
}
