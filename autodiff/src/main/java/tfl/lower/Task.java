package tfl.lower;

import java.util.List;
import java.util.function.Supplier;
import tfl.backend.Executable;
import tfl.tensor.TensorType;

/**
 * A step before registers are given out.
 *
 * @param in what it reads, as views of values
 * @param reuses whether results may take the storage of inputs
 * @param entry its line of a report, written when somebody asks for one
 */
record Task(Executable work, List<Flow.Source> in, List<Flow.Source> out, boolean reuses,
        Supplier<Report.Entry> entry) {
    /** The type of what a source names. */
    static TensorType type(Flow.Source source) {
        return source.chain().type(source.atom().type());
    }
}
