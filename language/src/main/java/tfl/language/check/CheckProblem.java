package tfl.language.check;

import java.util.Optional;
import tfl.language.source.Problem;

/** What a check finds beyond syntax and names. */
public sealed interface CheckProblem extends Problem {

    /** More arguments by position than there are parameters. */
    record TooManyArguments(String function, int most, int given, String signature) implements CheckProblem {
        @Override
        public String code() {
            return "TFL-E0170";
        }

        @Override
        public String message() {
            return function + " takes " + (most == 0 ? "no arguments" : most == 1 ? "1 argument"
                    : "at most " + most + " arguments")
                    + " by position, and gets " + given;
        }

        @Override
        public Optional<String> help() {
            return Optional.of("it is defined as " + signature);
        }
    }

    /** A keyword that no parameter has. */
    record UnknownKeyword(String function, String keyword, Optional<String> meant, String signature)
            implements CheckProblem {
        @Override
        public String code() {
            return "TFL-E0171";
        }

        @Override
        public String message() {
            return function + " has no parameter `" + keyword + "`";
        }

        @Override
        public Optional<String> help() {
            return Optional.of(meant.map(guess -> "did you mean `" + guess + "`?")
                    .orElse("it is defined as " + signature));
        }
    }

    /** A parameter without a default that gets nothing. */
    record MissingArgument(String function, String parameter, String signature) implements CheckProblem {
        @Override
        public String code() {
            return "TFL-E0172";
        }

        @Override
        public String message() {
            return function + " needs an argument for `" + parameter + "`";
        }

        @Override
        public Optional<String> help() {
            return Optional.of("it is defined as " + signature);
        }
    }

    /** A parameter, or a field of a record, that gets two values. */
    record GivenTwice(String what, String name) implements CheckProblem {
        @Override
        public String code() {
            return "TFL-E0173";
        }

        @Override
        public String message() {
            return "the " + what + " `" + name + "` gets two values";
        }
    }

    /** An argument that its parameter's annotation refuses. */
    record AnnotationMismatch(String parameter, String annotation, String argument, String reason)
            implements CheckProblem {
        @Override
        public String code() {
            return "TFL-E0174";
        }

        @Override
        public String message() {
            return "`" + parameter + "` must be " + annotation + ", and gets " + argument;
        }

        @Override
        public String label() {
            return reason;
        }
    }

    /** Statements behind one that never comes to its end. */
    record Unreachable(String word) implements CheckProblem {
        @Override
        public String code() {
            return "TFL-E0175";
        }

        @Override
        public String message() {
            return "this never runs: it stands behind `" + word + "`";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }
}
