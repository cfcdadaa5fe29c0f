package tfl.interpreter.trace;

import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.trace.Values.Differ;
import tfl.interpreter.value.RecordValue;
import tfl.language.source.Span;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** The errors of programs that cannot be written down as graphs. */
public final class Refusals {
    private Refusals() {}

    static TflException branches(String name, Differ differ, Span span, Node node) {
        return at("TFL-E0362", "the branches disagree: " + name + " is " + kind(differ.left())
                + " where the condition holds and " + kind(differ.right()) + " where it does not",
                "which way is taken is known only when the graph runs; give both the same dtype and shape", span, node);
    }

    static TflException oneSide(String name, Span span, Node node) {
        return at("TFL-E0362", "only one side of the branch assigns " + name + ", which is read afterwards",
                "which way is taken is known only when the graph runs; assign it before the branch or on both sides",
                span, node);
    }

    static TflException rounds(String name, Differ differ, Span span, Node node) {
        return at("TFL-E0363", "the loop changes " + name + " from " + kind(differ.left()) + " to "
                + kind(differ.right()),
                "every round must leave it with the same dtype and shape; convert it before the loop", span, node);
    }

    static TflException endless(Span span, Node node) {
        return at("TFL-E0364", "recursion on traced values: conditions that only the graph knows nest too deep",
                "write it as a loop, or recurse on an int that is known while tracing", span, node);
    }

    static TflException manyWays(Span span, Node node) {
        return at("TFL-E0374", "too many choices that only the graph knows may raise an error in this try",
                "put a try around each of them, or around the call of vmap", span, node);
    }

    /** A return, break or continue where a loop has no place for it. */
    public static TflException midway(Span span, Node node) {
        return at("TFL-E0360", "the condition is known only when the graph runs, and one side of it leaves a loop "
                + "from its condition or one of its elements",
                "write the loop out, with the choice in a statement of its own", span, node);
    }

    /** A comprehension whose results only the graph can count; its place is the caller's to add. */
    static TflException length() {
        return at("TFL-E0360", "how many elements this comprehension has is known only when the graph runs, and is "
                + "needed while it is traced",
                "go over a range or a tensor of known length, and give 0 or the like where an element is left out",
                Span.NONE, null);
    }

    /** A condition that must be known now. */
    public static TflException unknown(String what, Span span, Node node) {
        return at("TFL-E0360", what + " is known only when the graph runs, and is needed while it is traced",
                "compute it outside of the graph, or use where(condition, x, y)", span, node);
    }

    private static TflException at(String code, String message, String help, Span span, Node node) {
        return TflException.at(RuntimeProblem.of(ErrorKind.SHAPE, code, message, help), span, node);
    }

    private static String kind(Object value) {
        if (value instanceof TensorValue tensor && Lifted.isWeak(tensor)) {
            var dtype = tensor.type().dtype();
            return dtype == DType.BOOL ? "a bool" : dtype.isInteger() ? "an int" : "a float";
        }
        return switch (value) {
            case DeferredText text -> "a str that only the graph knows";
            case RecordValue record when record.size() > 0 ->
                    "a record of " + String.join(", ", record.layout().names());
            default -> Kinds.describe(value);
        };
    }
}
