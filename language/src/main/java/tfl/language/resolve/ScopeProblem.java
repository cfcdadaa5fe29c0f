package tfl.language.resolve;

import java.util.Optional;
import tfl.language.source.Problem;

/** Mistakes that names and places show, before anything runs. */
public sealed interface ScopeProblem extends Problem {

    /** A name that nothing binds. */
    record UnknownName(String name, Optional<String> meant, Optional<String> advice) implements ScopeProblem {
        @Override
        public String code() {
            return "TFL-E0150";
        }

        @Override
        public String message() {
            return "unknown name `" + name + "`";
        }

        @Override
        public Optional<String> help() {
            return advice.or(() -> meant.map(guess -> "did you mean `" + guess + "`?"));
        }
    }

    /** A function that updates a variable which it does not bind. */
    record OuterUpdate(String name, boolean inFunction) implements ScopeProblem {
        @Override
        public String code() {
            return "TFL-E0151";
        }

        @Override
        public String message() {
            return inFunction ? "a function cannot change `" + name + "`, which lives outside of it"
                    : "cannot change `" + name + "`, which belongs to the prelude";
        }

        @Override
        public Optional<String> help() {
            return Optional.of(inFunction ? "take it as a parameter and return the new value"
                    : "bind a variable of your own first: x = " + name);
        }
    }

    /** One name bound twice where each name stands for one thing. */
    record BoundTwice(String what, String name) implements ScopeProblem {
        @Override
        public String code() {
            return "TFL-E0152";
        }

        @Override
        public String message() {
            return "the " + what + " `" + name + "` is there twice";
        }
    }

    /** {@code break}, {@code continue} or {@code return} where it leads nowhere. */
    record MisplacedJump(String word) implements ScopeProblem {
        @Override
        public String code() {
            return "TFL-E0153";
        }

        @Override
        public String message() {
            return "`" + word + "` outside of a " + (word.equals("return") ? "function" : "loop");
        }
    }

    /** An annotation that cannot be meant. */
    record BadAnnotation(String message, Optional<String> help) implements ScopeProblem {
        @Override
        public String code() {
            return "TFL-E0154";
        }
    }

    /** A statement where only a module can have it. */
    record MisplacedStatement(String what) implements ScopeProblem {
        @Override
        public String code() {
            return "TFL-E0155";
        }

        @Override
        public String message() {
            return what + " inside a function";
        }

        @Override
        public Optional<String> help() {
            return Optional.of("move it to the top of the file");
        }
    }
}
