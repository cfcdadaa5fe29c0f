package tfl.interpreter.view;

import java.util.function.LongFunction;
import tfl.interpreter.value.FunctionValue;

/** What is no value of the language, and shown inside of one. */
sealed interface Part {
    /** Elements {@code from} to {@code to - 1} of a long sequence. */
    record Stretch(LongFunction<Object> at, long from, long to) implements Part {
        @Override
        public String toString() {
            return (to - from) + " elements";
        }
    }

    /** A text that stands for itself, without quotes. */
    record Word(String text, String type) implements Part {
        @Override
        public String toString() {
            return text;
        }
    }

    /** What a function has captured, by name. */
    record Captures(FunctionValue function, Parts parts) implements Part {
        @Override
        public String toString() {
            return parts.names().size() + " values";
        }
    }
}
