package tfl.backend;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Code that a kernel was compiled to, for who wants to look at it. */
public interface Compiled {
    /** The forms that code takes on its way. */
    enum Form {
        /** What the generator wrote. */
        WRITTEN,
        /** After the compiler's passes. */
        OPTIMISED,
        /** Instructions of the machine. */
        ASSEMBLY
    }

    /** The text of one form; it is made anew, which takes as long as compiling. */
    String text(Form form);

    /** How long it took to get ready. */
    long nanos();

    /** When it was ready, as {@link System#nanoTime} tells. */
    long readyAt();

    /** Whether it was compiled earlier and read from disk. */
    boolean isFromDisk();

    /** The code of several kernels as one; none where none has any. */
    static Optional<Compiled> of(List<Compiled> all) {
        var each = all.stream().distinct().toList();
        return each.size() <= 1 ? each.stream().findFirst() : Optional.of(new Several(each));
    }

    /** Code of several kernels. */
    record Several(List<Compiled> all) implements Compiled {
        @Override
        public String text(Form form) {
            return all.stream().map(each -> each.text(form)).collect(Collectors.joining("\n"));
        }

        @Override
        public long nanos() {
            return all.stream().mapToLong(Compiled::nanos).sum();
        }

        @Override
        public long readyAt() {
            return all.stream().mapToLong(Compiled::readyAt).max().orElseThrow();
        }

        @Override
        public boolean isFromDisk() {
            return all.stream().allMatch(Compiled::isFromDisk);
        }
    }
}
