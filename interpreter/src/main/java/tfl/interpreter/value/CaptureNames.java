package tfl.interpreter.value;

import java.util.List;

/** What a frame says of the function it belongs to: the names of what the function captures, in order. */
public interface CaptureNames {
    /** The names. */
    List<String> captureNames();

    /** What a function calls the values that it captured. */
    static List<String> of(ClosureValue closure) {
        return closure.target().getRootNode().getFrameDescriptor().getInfo() instanceof CaptureNames known
                ? known.captureNames() : List.of();
    }
}
