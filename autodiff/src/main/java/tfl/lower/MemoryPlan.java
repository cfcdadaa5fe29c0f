package tfl.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.plan.PlannedStep;
import tfl.plan.ProgramPlan;
import tfl.plan.Work;
import tfl.primitive.Lowering;
import tfl.tensor.Arena;
import tfl.tensor.Holes;
import tfl.tensor.TensorType;

/**
 * Where the values of a program lie, found by running its steps in mind: a view shares its base's bytes, a result may
 * take a dead input's. What no result of the program can share lies in one arena.
 *
 * @param peakBytes the most memory that results and intermediate values take at one time, inputs aside
 * @param arenaBytes the size of the arena; 0 where too few values would lie there
 * @param within for each step whether its results lie there
 */
record MemoryPlan(long peakBytes, long arenaBytes, boolean[] within) {
    /** Fewer values than these are as well off with memory of their own. */
    private static final int FEWEST = 2;
    private static final int ELSEWHERE = -1;

    static MemoryPlan of(ProgramPlan plan) {
        var within = within(plan);
        var run = new Run(within);
        for (int k = 0; k < within.length; k++) {
            run.step(k, plan.steps().get(k));
        }
        return new MemoryPlan(run.peak, run.placed < FEWEST ? 0 : run.holes.used(), within);
    }

    /** Walks back from what leaves the program to all that may take over the storage of something else on the way. */
    private static boolean[] within(ProgramPlan plan) {
        var leaves = new boolean[plan.registers()];
        for (int register : plan.results()) {
            leaves[register] = true;
        }
        var within = new boolean[plan.steps().size()];
        for (int k = within.length - 1; k >= 0; k--) {
            var step = plan.steps().get(k);
            boolean any = Arrays.stream(step.out()).anyMatch(register -> leaves[register]);
            // What a step without results makes, such as one that prints, is not the program's.
            within[k] = !any && step.out().length > 0;
            if (any) {
                step.parts().forEach(part -> share(part, leaves));
            }
        }
        return within;
    }

    private static void share(PlannedStep step, boolean[] leaves) {
        for (int input = 0; input < step.in().length; input++) {
            leaves[step.in()[input]] |= isShared(step, input, leaves);
        }
    }

    /** Whether a result that leaves the program may lie where that input does. */
    private static boolean isShared(PlannedStep step, int input, boolean[] leaves) {
        if (isView(step.work()) || step.work() instanceof Work.Control) {
            return true;
        }
        if ((step.donated() >> input & 1) == 0 || input >= Integer.SIZE) {
            return false;
        }
        long bytes = inputs(step.work()).get(input).bytes();
        var outputs = outputs(step.work());
        for (int k = 0; k < outputs.size(); k++) {
            if (leaves[step.out()[k]] && outputs.get(k).bytes() == bytes) {
                return true;
            }
        }
        return false;
    }

    private static boolean isView(Work work) {
        return work instanceof Work.View
                || work instanceof Work.Single(var op, var inputs) && op.lower(inputs) instanceof Lowering.View;
    }

    private static List<TensorType> inputs(Work work) {
        return switch (work) {
            case Work.Launch launch -> launch.inputs();
            case Work.Grouped grouped -> throw new IllegalArgumentException("each of its parts has its own");
            case Work.Single single -> single.inputs();
            case Work.Control control -> control.inputs();
            case Work.View view -> List.of(view.of());
            case Work.Check check -> List.of();
        };
    }

    private static List<TensorType> outputs(Work work) {
        return switch (work) {
            case Work.Launch launch -> launch.outputs();
            case Work.Grouped grouped -> throw new IllegalArgumentException("each of its parts has its own");
            case Work.Single(var op, var inputs) -> op.shape(inputs);
            case Work.Control(var op, var inputs, var regions) -> op.shape(inputs);
            case Work.View view -> throw new IllegalArgumentException("a view has no bytes of its own");
            case Work.Check check -> List.of();
        };
    }

    /** The steps so far. */
    private static final class Run {
        private final boolean[] within;
        private final Holes holes = new Holes(Long.MAX_VALUE / 2);
        /** Of each register the one that made its bytes. */
        private final Map<Integer, Integer> roots = new HashMap<>();
        private final Map<Integer, Bytes> bytes = new HashMap<>();
        private long live;
        private long peak;
        private int placed;

        /** Bytes of a root, where they lie in the arena, and how many registers see them. */
        private static final class Bytes {
            final long size;
            final long place;
            int views = 1;

            Bytes(long size, long place) {
                this.size = size;
                this.place = place;
            }
        }

        Run(boolean[] within) {
            this.within = within;
        }

        void step(int index, PlannedStep step) {
            if (isView(step.work())) {
                var root = roots.get(step.in()[0]);
                if (root != null) {
                    see(step.out()[0], root);
                }
            } else {
                step.parts().forEach(part -> results(part, within[index]));
            }
            inside(step.work());
            for (int register : step.dead()) {
                drop(register);
            }
        }

        private void see(int register, int root) {
            roots.put(register, root);
            bytes.get(root).views++;
        }

        private void results(PlannedStep step, boolean inArena) {
            var spare = spare(step);
            var types = outputs(step.work());
            for (int k = 0; k < types.size(); k++) {
                int register = step.out()[k];
                long size = types.get(k).bytes();
                var taken = spare.stream().filter(root -> bytes.get(root).size == size).findFirst();
                if (taken.isPresent()) {
                    spare.remove(taken.get());
                    see(register, taken.get());
                } else {
                    roots.put(register, register);
                    bytes.put(register, new Bytes(size, inArena ? place(size) : ELSEWHERE));
                    live += size;
                }
            }
        }

        /** Inputs whose bytes results may take. */
        private List<Integer> spare(PlannedStep step) {
            var spare = new ArrayList<Integer>();
            for (int k = 0; k < Math.min(Integer.SIZE, step.in().length); k++) {
                var root = roots.get(step.in()[k]);
                if ((step.donated() >> k & 1) == 1 && root != null && bytes.get(root).views == 1) {
                    spare.add(root);
                }
            }
            return spare;
        }

        private long place(long size) {
            if (!Arena.takes(size)) {
                return ELSEWHERE;
            }
            placed++;
            return holes.take(size);
        }

        /** What the programs of a step take while it runs, one after another. */
        private void inside(Work work) {
            long most = 0;
            if (work instanceof Work.Control control) {
                for (var region : control.regions()) {
                    var inner = MemoryPlan.of(region);
                    most = Math.max(most, inner.peakBytes);
                    placed += inner.arenaBytes > 0 ? FEWEST : 0;
                }
            }
            peak = Math.max(peak, live + most);
            if (Arena.takes(most)) {
                holes.give(holes.take(most), most);
            }
        }

        private void drop(int register) {
            var root = roots.remove(register);
            if (root == null) {
                return;
            }
            var gone = bytes.get(root);
            if (--gone.views == 0) {
                live -= gone.size;
                bytes.remove(root);
                if (gone.place != ELSEWHERE) {
                    holes.give(gone.place, gone.size);
                }
            }
        }
    }
}
