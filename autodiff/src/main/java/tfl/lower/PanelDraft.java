package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;

/** A kernel of products by panels while its steps are put together: what it reads gets numbers as it comes. */
final class PanelDraft {
    private final List<Flow.Source> inputs = new ArrayList<>();
    /** Their operands by number; {@code ~k} is the k-th value that a step makes. */
    private final List<PanelStep> steps = new ArrayList<>();
    private final List<Integer> results = new ArrayList<>();
    private final List<Var> whole = new ArrayList<>();
    private final List<Var> perRow = new ArrayList<>();
    private int made;

    /** The number of a value from outside. */
    int input(Flow.Source source) {
        int known = inputs.indexOf(source);
        if (known < 0) {
            inputs.add(source);
        }
        return known < 0 ? inputs.size() - 1 : known;
    }

    int multiply(int left, int right) {
        return step(new PanelStep.Multiply(left, right), 1);
    }

    int accumulate(int left, int right) {
        return step(new PanelStep.Accumulate(left, right), 1);
    }

    /** @return the number of the first of its results; the next ones count down */
    int apply(Kernel kernel, List<Integer> reads, int count) {
        return step(new PanelStep.Apply(kernel, List.copyOf(reads)), count);
    }

    private int step(PanelStep step, int count) {
        steps.add(step);
        made += count;
        return ~(made - count);
    }

    /** Gives a value as a variable of the graph. */
    void give(int value, Var variable) {
        results.add(value);
        whole.add(variable);
    }

    /** Gives what there is one of for each row. */
    void givePerRow(int value, Var variable) {
        results.add(value);
        perRow.add(variable);
    }

    Draft.Finished finish() {
        IntUnaryOperator place = value -> value < 0 ? inputs.size() + ~value : value;
        var kernel = new Kernel.Product(inputs.size(), steps.stream().map(step -> placed(step, place)).toList(),
                results.stream().map(place::applyAsInt).toList());
        return new Draft.Finished(kernel, List.copyOf(inputs), List.copyOf(whole), List.copyOf(perRow));
    }

    private static PanelStep placed(PanelStep step, IntUnaryOperator place) {
        return switch (step) {
            case PanelStep.Multiply(int left, int right) ->
                new PanelStep.Multiply(place.applyAsInt(left), place.applyAsInt(right));
            case PanelStep.Apply(var kernel, var reads) ->
                new PanelStep.Apply(kernel, reads.stream().map(place::applyAsInt).toList());
            case PanelStep.Accumulate(int left, int right) ->
                new PanelStep.Accumulate(place.applyAsInt(left), place.applyAsInt(right));
        };
    }
}
