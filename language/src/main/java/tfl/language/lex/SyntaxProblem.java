package tfl.language.lex;

import java.util.Optional;
import tfl.language.source.Problem;

/** What can be wrong with the form of a text. */
public sealed interface SyntaxProblem extends Problem {

    /** A character that begins no token. */
    record UnknownCharacter(String character) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0101";
        }

        @Override
        public String message() {
            return "`" + character + "` means nothing here";
        }

        @Override
        public Optional<String> help() {
            return Spellings.ofCharacter(character);
        }
    }

    /** A string whose quote is missing at the end. */
    record UnterminatedString(String quote) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0102";
        }

        @Override
        public String message() {
            return "this string is never closed";
        }

        @Override
        public Optional<String> help() {
            return Optional.of(quote.length() == 3 ? "end it with " + quote
                    : "end it with " + quote + " on the same line, or use \"\"\" for several lines");
        }
    }

    /** A backslash with something unknown behind it. */
    record UnknownEscape(String escape) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0103";
        }

        @Override
        public String message() {
            return "`" + escape + "` is no escape";
        }

        @Override
        public Optional<String> help() {
            return Optional.of(
                    "known are \\n \\t \\r \\0 \\e \\\\ \\\" \\{ \\} \\x41 \\u03b8 \\u{1f600}; "
                    + "write \\\\ for a backslash, "
                    + "or use a raw string r\"...\"");
        }
    }

    /** Something that begins like a number and is none. */
    record MalformedNumber(String text, String reason, Optional<String> help) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0104";
        }

        @Override
        public String message() {
            return "`" + text + "` is no number: " + reason;
        }
    }

    /** A number that its dtype cannot hold. */
    record NumberOutOfRange(String text, String dtype) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0105";
        }

        @Override
        public String message() {
            return text + " does not fit into " + dtype;
        }

        @Override
        public Optional<String> help() {
            return dtype.equals("i64") ? Optional.of("write " + text + ".0 for a float") : Optional.empty();
        }
    }

    /** {@code {}} inside a string. */
    record EmptyInterpolation() implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0106";
        }

        @Override
        public String message() {
            return "there is nothing between the braces to put into the string";
        }

        @Override
        public Optional<String> help() {
            return Optional.of("write {{ and }} for braces");
        }
    }

    /** Another language's spelling of something that TFL has. */
    record ForeignSpelling(String word, String advice) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0107";
        }

        @Override
        public String message() {
            return "`" + word + "` is not TFL";
        }

        @Override
        public Optional<String> help() {
            return Optional.of(advice);
        }
    }

    /** The grammar wants something else. */
    record Expected(String expected, String found, Optional<String> help) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0110";
        }

        @Override
        public String message() {
            return "expected " + expected + ", found " + found;
        }
    }

    /** An opening bracket without its closing one. */
    record NeverClosed(String opening, String closing) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0111";
        }

        @Override
        public String message() {
            return "this `" + opening + "` is never closed";
        }

        @Override
        public Optional<String> help() {
            return Optional.of("a `" + closing + "` is missing");
        }
    }

    /** A closing bracket without its opening one. */
    record NeverOpened(String closing) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0112";
        }

        @Override
        public String message() {
            return "this `" + closing + "` closes nothing";
        }
    }

    /** The left side of {@code =} is no name, pattern or path. */
    record NotAssignable(String what, Optional<String> help) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0113";
        }

        @Override
        public String message() {
            return "cannot assign to " + what;
        }
    }

    /** More nesting than anyone writes by hand. */
    record TooDeep(int limit) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0114";
        }

        @Override
        public String message() {
            return "this is nested more than " + limit + " levels deep";
        }

        @Override
        public Optional<String> help() {
            return Optional.of("name parts of it in variables or functions");
        }
    }

    /** Arguments, parameters or pattern parts in an order that has no meaning. */
    record WrongOrder(String message, Optional<String> help) implements SyntaxProblem {
        @Override
        public String code() {
            return "TFL-E0115";
        }
    }
}
