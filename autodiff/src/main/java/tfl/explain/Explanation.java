package tfl.explain;

import java.util.List;
import tfl.graph.Graph;
import tfl.lower.Fused;
import tfl.lower.Report;
import tfl.optimise.Pipeline;

/**
 * What became of a function in graph mode.
 *
 * @param name of the function
 * @param inputs what the first inputs of the graph are called; further ones have numbers
 * @param traced its graph as it was traced
 * @param optimised the graph that was lowered and the passes that led there
 * @param report the kernels
 * @param began when tracing began, as {@link System#nanoTime} tells
 * @param tracingNanos what tracing took
 * @param makingNanos what fusing and compiling took, or how long after the trace the program was read
 * @param origin where the program comes from
 * @param signatures what it was traced for, the oldest first
 * @param code which code runs at present
 */
public record Explanation(String name, List<String> inputs, Graph traced,
        Pipeline.Result optimised, Report report, long began, long tracingNanos,
        long makingNanos, Fused.Origin origin, List<Signature> signatures, Code code) {
    public Explanation {
        inputs = List.copyOf(inputs);
        signatures = List.copyOf(signatures);
    }

    /**
     * Arguments that the function was traced for.
     *
     * @param types of the arguments, as text
     * @param reason why those before did not serve, such as which argument differed; empty for the first
     */
    public record Signature(String types, String reason) {}

    /** Which code runs. */
    public enum Code {
        FUSED("the fused kernels are in use"),
        COMPILING("one step for each equation ran until now; from here on the fused kernels are in use"),
        OVER_BUDGET("one step for each equation runs: the graph is too large to be fused within the compile budget");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }

        /** What to tell the user. */
        public String sentence() {
            return sentence;
        }
    }

    /** All of it for a terminal of 100 columns; each line ends with a newline. */
    public String text() {
        return text(false);
    }

    /** The same, with the generated code of each kernel if wanted: that is compiled anew, which takes a while. */
    public String text(boolean kernels) {
        return new TextReport(this, kernels).write();
    }

    /** The graph of its kernels, from the inputs at the top to the results, as an image for light and dark pages. */
    public String svg() {
        return new Drawing(name, traced.inputTypes(), report).draw();
    }
}
