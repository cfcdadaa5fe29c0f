package tfl.lower;

import java.util.List;
import java.util.function.Supplier;
import tfl.backend.Executable;
import tfl.plan.Work;
import tfl.tensor.TensorType;

/**
 * A step before registers are given out.
 *
 * @param work what it does
 * @param executable what does it
 * @param in what it reads, as views of values
 * @param reuses whether results may take the storage of inputs
 * @param entry its line of a report, written when somebody asks for one
 */
record Task(Work work, Executable executable, List<Flow.Source> in, List<Flow.Source> out, boolean reuses,
        Supplier<Report.Entry> entry) {
    /** The type of what a source names. */
    static TensorType type(Flow.Source source) {
        return source.chain().type(source.atom().type());
    }
}
