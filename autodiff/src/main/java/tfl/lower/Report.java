package tfl.lower;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tfl.backend.Compiled;
import tfl.language.source.Location;
import tfl.tensor.TensorType;

/**
 * What a program consists of.
 *
 * @param steps in the order in which they run
 * @param sources for each step which steps made what it reads, {@code ~k} standing for input k of the program;
 *     constants are left out
 * @param results the same for what the program gives
 * @param memory where values lie
 * @param over inputs of the program that {@link Program#runOver} may write over
 */
public record Report(List<Entry> steps, List<List<Integer>> sources, List<Integer> results, MemoryPlan memory,
        List<Integer> over) {
    /** An equation that became part of a step. */
    public record Origin(String name, Location at) {}

    /**
     * A program that a step runs, under the name of the primitive's part.
     *
     * @param rounds how often; 0 where values decide that
     */
    public record Inner(String name, Report report, long rounds) {}

    /**
     * One step.
     *
     * @param kind loop, loops, rows, sum, contract, call, view and the like
     * @param words what it computes, on one line, written when somebody asks
     * @param origins the equations it was made of
     * @param flops operations on numbers, as far as they are known
     * @param bytesRead of memory below the views of its inputs
     * @param code the code that runs it, as far as it is compiled by now
     * @param inner the programs it runs; its numbers hold the work of those that run as often whatever the values
     */
    public record Entry(String kind, Supplier<String> words, List<Origin> origins, List<TensorType> inputs,
            List<TensorType> outputs, long flops, long bytesRead, long bytesWritten,
            Supplier<Optional<Compiled>> code, List<Inner> inner) {
        private static final int MOST_NAMED = 5;

        /** Whether it is a kernel that a backend generates code for. */
        boolean isCompiled() {
            return switch (kind) {
                case "view", "check", "contract", "step", "assemble" -> false;
                default -> true;
            };
        }

        /** Whether it does more than its numbers say, as values decide. */
        public boolean isOpen() {
            return inner.stream().anyMatch(each -> each.rounds() == 0 || each.report().isOpen());
        }

        /** The code that runs it; none where nothing is compiled. */
        public Optional<Compiled> compiled() {
            return code.get();
        }

        /** What it computes, on one line. */
        public String text() {
            return words.get();
        }

        /** The operations that became one, as a profile names them. */
        String title() {
            var names = origins.stream().map(Origin::name).distinct().toList();
            return names.isEmpty() ? kind
                    : String.join("+", names.subList(0, Math.min(MOST_NAMED, names.size())))
                            + (names.size() > MOST_NAMED ? "+..." : "");
        }

        /** Views cost nothing. */
        public boolean isKernel() {
            return !kind.equals("view");
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The steps that do work. */
    public List<Entry> kernels() {
        return steps.stream().filter(Entry::isKernel).toList();
    }

    /** The operations of all steps. */
    public long flops() {
        return steps.stream().mapToLong(Entry::flops).sum();
    }

    /** Whether there is more work than the numbers say, as values decide. */
    public boolean isOpen() {
        return steps.stream().anyMatch(Entry::isOpen);
    }

    /** The most memory that results and intermediate values take at one time, inputs aside. */
    public long peakBytes() {
        return memory.peakBytes();
    }

    /** How much of that is one arena for values that end with the program; 0 where there is none. */
    public long arenaBytes() {
        return memory.arenaBytes();
    }

    /** The bytes that all steps move. */
    public long bytes() {
        return kernels().stream().mapToLong(step -> step.bytesRead() + step.bytesWritten()).sum();
    }

    /** The first kernel made of an equation of that name. */
    public Optional<Entry> of(String name) {
        return kernels().stream().filter(step -> step.origins().stream().anyMatch(each -> each.name().equals(name)))
                .findFirst();
    }

    /** The kernels, one a line. */
    @Override
    public String toString() {
        return kernels().stream().map(Entry::toString).collect(Collectors.joining("\n"));
    }
}
