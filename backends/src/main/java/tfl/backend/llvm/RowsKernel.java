package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;

/**
 * Code for {@link Kernel.Rows}: function {@code kernel}, over ranges of rows. Arguments: the outputs, totals last,
 * the inputs, the length of a row, each input's stride along it, the sizes of the {@code outer} other axes, each
 * input's strides there, the numbers of the call, which are the inputs behind those of {@code inner}.
 *
 * <p>Where a folded expression is needed again for an output (the exponential of a softmax), the fold leaves
 * it in the output's row, and the second pass reads it there.
 *
 * @param last the axis along the rows, for those expressions that read positions
 */
public record RowsKernel(Kernel.Rows rows, int last, int outer, List<InnerStride> inner) implements KernelSource {
    /** Folds that go over a row together. */
    private static final int MOST_FOLDS = 4;

    /** A folded expression that is kept in an output. */
    private record Kept(int stage, int output) {}

    @Override
    public String text() {
        var module = new Module();
        return module.add("kernel", new Writer(module).write()).text();
    }

    /**
     * Whether outputs may use the storage of inputs: not where a row is overwritten before it is last read.
     */
    public boolean allowsDonation() {
        if (kept().isEmpty()) {
            return true;
        }
        int next = kept().orElseThrow().stage() + 1;
        var later = Stream.concat(rows.stages().subList(next, rows.stages().size()).stream()
                .map(Kernel.RowStage::body), rows.totals().stream());
        return rows.bodies().size() == 1 && !readsInput(rows.bodies().getFirst(), foldedBody())
                && later.noneMatch(body -> readsInput(body, null));
    }

    private ScalarExpr foldedBody() {
        return rows.stages().get(kept().orElseThrow().stage()).body();
    }

    private boolean readsInput(ScalarExpr expr, ScalarExpr except) {
        return !expr.equals(except) && (expr instanceof ScalarExpr.Input input && input.index() < inner.size()
                || expr.parts().stream().anyMatch(part -> readsInput(part, except)));
    }

    /** The last fold of something that is computed, if an output of its dtype computes it too. */
    private Optional<Kept> kept() {
        int last = IntStream.range(0, rows.stages().size()).filter(k -> !rows.stages().get(k).isStep()).max()
                .orElse(-1);
        if (last < 0 || rows.stages().get(last).body() instanceof ScalarExpr.Input) {
            return Optional.empty();
        }
        var folded = rows.stages().get(last).body();
        return IntStream.range(0, rows.bodies().size())
                .filter(k -> rows.bodies().get(k).dtype() == folded.dtype()
                        && contains(rows.bodies().get(k), folded))
                .mapToObj(k -> new Kept(last, k)).findFirst();
    }


    private static boolean contains(ScalarExpr expr, ScalarExpr part) {
        return expr.equals(part) || expr.parts().stream().anyMatch(each -> contains(each, part));
    }

    private final class Writer {
        private final Code code = new Code();
        private final Scalars scalars;
        private final Map<Integer, Value> stages = new HashMap<>();
        private final Optional<Kept> kept = kept();
        private List<String> coordinates;
        private Operands operands;

        Writer(Module module) {
            scalars = new Scalars(code, module.library());
        }

        Code write() {
            var arguments = new Arguments(code);
            var outputs = arguments.pointers(rows.bodies().size());
            var totals = arguments.pointers(rows.totals().size());
            var inputs = arguments.pointers(inner.size());
            var length = arguments.number();
            var steps = arguments.numbers(inner.size());
            var nest = Nest.read(code, arguments, outer, inner.stream().map(each -> InnerStride.STRIDED)
                    .toList());
            var numbers = arguments.values(rows.inputs().subList(inner.size(), rows.inputs().size()));
            rows.stages().stream().filter(stage -> !stage.isStep()).forEach(stage -> folding(stage)
                    .hideNeutral(stage.body()));
            code.loop("%begin", "%end", "1", List.of(), (row, none) -> {
                coordinates = nest.coordinates(row);
                operands = new Operands(code, rows.inputs(), inner, inputs, nest.offsets(row), steps::get,
                        numbers);
                var start = code.emit("mul i64 " + row + ", " + length);
                stages.clear();
                for (int k = 0; k < rows.stages().size(); k++) {
                    if (rows.stages().get(k).isStep()) {
                        stages.put(k, place("0").write(rows.stages().get(k).body()));
                    } else if (!stages.containsKey(k)) {
                        fold(sideBySide(k), length, start, outputs);
                    }
                }
                for (int k = 0; k < totals.size(); k++) {
                    scalars.memory().store(place("0").write(rows.totals().get(k)), totals.get(k), row);
                }
                if (!outputs.isEmpty()) {
                    writeRow(length, start, outputs);
                }
                return none;
            });
            return code;
        }

        /** A fold, and later ones over elements as wide that need nothing which is not there yet. */
        private List<Integer> sideBySide(int first) {
            int bytes = rows.stages().get(first).body().dtype().bytes();
            var together = new ArrayList<Integer>();
            boolean leftOut = false;
            for (int k = first; k < rows.stages().size() && together.size() < MOST_FOLDS; k++) {
                var stage = rows.stages().get(k);
                boolean open = !stage.isStep() && !stages.containsKey(k);
                // What is kept goes where others may still want to read.
                boolean early = leftOut && kept.isPresent() && kept.get().stage() == k;
                if (open && !early && stage.body().dtype().bytes() == bytes && isReady(stage.body())) {
                    together.add(k);
                } else {
                    leftOut |= open;
                }
            }
            return together;
        }

        private boolean isReady(ScalarExpr expr) {
            return !(expr instanceof ScalarExpr.Stage(int index, var dtype) && !stages.containsKey(index))
                    && expr.parts().stream().allMatch(this::isReady);
        }

        private Folding folding(Kernel.RowStage stage) {
            return new Folding(code, scalars, stage.fold(), stage.body().dtype());
        }

        private void fold(List<Integer> indices, String length, String start, List<String> outputs) {
            var folds = indices.stream().map(k -> folding(rows.stages().get(k))).toList();
            var results = Folding.together(code, folds, length, i -> {
                var place = place(i);
                var values = indices.stream().map(k -> place.write(rows.stages().get(k).body())).toList();
                if (kept.isPresent() && indices.contains(kept.get().stage())) {
                    scalars.memory().store(values.get(indices.indexOf(kept.get().stage())),
                            outputs.get(kept.get().output()), code.integer("add nsw", start, i));
                }
                return values;
            });
            for (int k = 0; k < indices.size(); k++) {
                stages.put(indices.get(k), results.get(k));
            }
        }

        private void writeRow(String length, String start, List<String> outputs) {
            code.rowLoop("0", length, List.of(), (i, none) -> {
                var position = code.integer("add nsw", start, i);
                var place = place(i);
                kept.ifPresent(each -> {
                    var body = rows.stages().get(each.stage()).body();
                    place.give(body, scalars.memory().load(body.dtype(), outputs.get(each.output()),
                            position));
                });
                var values = rows.bodies().stream().map(place::write).toList();
                for (int k = 0; k < values.size(); k++) {
                    scalars.memory().store(values.get(k), outputs.get(k), position);
                }
                return none;
            });
        }

        private Scalars.Place place(String i) {
            return scalars.at(new Scalars.Leaves(k -> operands.at(k, i), stages::get,
                    axis -> axis == last ? i : coordinates.get(axis)));
        }
    }
}
