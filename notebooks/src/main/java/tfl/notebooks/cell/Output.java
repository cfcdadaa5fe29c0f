package tfl.notebooks.cell;

import java.util.List;
import java.util.Map;

/** Something that a running cell shows. Bundles go from MIME types to text, base 64 where the type is binary. */
public sealed interface Output {
    String STDOUT = "stdout";
    String STDERR = "stderr";

    /** @param name {@link #STDOUT} or {@link #STDERR} */
    record Stream(String name, String text) implements Output {}

    /**
     * @param id what later displays may replace it by, or null
     * @param update whether this replaces those of that id
     */
    record Display(Map<String, String> data, String id, boolean update) implements Output {
        public Display(Map<String, String> data) {
            this(data, null, false);
        }
    }

    /** The value of the cell. */
    record Result(Map<String, String> data) implements Output {}

    /**
     * @param name the code of the error, such as {@code TFL-E0200}
     * @param message one sentence
     * @param traceback the lines of the whole report, in ANSI's colours
     */
    record Failure(String name, String message, List<String> traceback) implements Output {
        public Failure {
            traceback = List.copyOf(traceback);
        }
    }

    /** @param later whether to clear only when the next output comes */
    record Clear(boolean later) implements Output {}
}
