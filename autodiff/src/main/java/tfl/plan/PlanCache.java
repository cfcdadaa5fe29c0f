package tfl.plan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tfl.backend.CacheDirectory;
import tfl.backend.DiskCache;
import tfl.graph.Graph;

/**
 * Plans on disk, by the graph as it was traced. A plan depends on the graph and on the build that made it, and on
 * nothing else; a graph that does more than compute, such as printing, has none.
 */
public final class PlanCache {
    /** The plans of this build. */
    public static final PlanCache STANDARD = new PlanCache(CacheDirectory.PROGRAMS, Planner.fingerprint());
    private static final int MOST_FILES = 4000;

    /** Null where nobody knows which build this is: then no plan could be told from those of another. */
    private final DiskCache files;
    private final DiskCache expected;

    /**
     * Plans in a folder of the cache.
     *
     * @param build which made them; empty if nobody knows, and nothing is kept then
     */
    public PlanCache(String folder, String build) {
        var maker = build.getBytes(StandardCharsets.UTF_8);
        this.files = build.isEmpty() ? null : new DiskCache(folder, CacheDirectory.PROGRAM_ENDING, MOST_FILES, maker);
        this.expected = build.isEmpty() ? null : new DiskCache(folder, ".last", MOST_FILES, maker);
    }

    /** What tells a graph from others; none if its plan is not kept. */
    public Optional<byte[]> key(Graph graph) {
        return files == null ? Optional.empty() : RecordWriter.write(graph);
    }

    /** The plan of a key, if it is there and whole. */
    public Optional<ProgramPlan> read(byte[] key) {
        return files.read(key).flatMap(bytes -> {
            try {
                return Optional.of((ProgramPlan) RecordReader.read(bytes));
            } catch (RuntimeException damaged) {
                files.remove(key);
                return Optional.empty();
            }
        });
    }

    /** The key of the graph that a function had last. */
    public Optional<byte[]> expected(String function) {
        return expected == null ? Optional.empty() : expected.read(function.getBytes(StandardCharsets.UTF_8));
    }

    /** Notes which graph a function has. */
    public void expect(String function, byte[] key) {
        expected.write(function.getBytes(StandardCharsets.UTF_8), key);
    }

    /** Keeps a plan for later processes, if that can be. */
    public void write(byte[] key, ProgramPlan plan) {
        RecordWriter.write(plan).ifPresent(bytes -> files.write(key, bytes));
    }
}
