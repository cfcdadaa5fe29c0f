package tfl.interpreter.view;

import java.util.List;

/** What a frame says of the function it belongs to: the names of what the function captures, in order. */
public interface CaptureNames {
    /** The names. */
    List<String> captureNames();
}
