package tfl.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.backend.Donors;
import tfl.backend.Grouped;
import tfl.backend.Places;
import tfl.plan.PlannedStep;
import tfl.plan.Work;
import tfl.tensor.Tensor;

/**
 * Which storage each of the last steps of a program writes to, decided before the first of them runs: that of an input
 * that is given up, that of a temporary, or memory that is taken now, so that none has to be found later.
 */
final class Overwriting implements AutoCloseable {
    private final Step[] steps;
    private final int first;
    private final boolean[] over;
    private final List<Grouped.Call[]> calls = new ArrayList<>();

    /**
     * @param from the first of the program's updates
     * @param registers with the inputs of them all
     * @param over for each input of the program whether it is given up
     */
    Overwriting(Step[] steps, int from, Tensor[] registers, boolean[] over) {
        this.steps = steps;
        int begin = steps.length;
        while (begin > from && isReady(steps[begin - 1], registers)) {
            begin--;
        }
        this.first = begin;
        this.over = over;
    }

    /** The step from which on storage is written over; those before it might copy inputs into another order first. */
    int first() {
        return first;
    }

    /** Takes the memory that is missing. */
    void prepare(Tensor[] registers) {
        for (int k = first; k < steps.length; k++) {
            var parts = steps[k].plan().parts();
            var step = new Grouped.Call[parts.size()];
            calls.add(step);
            for (int part = 0; part < step.length; part++) {
                step[part] = call(parts.get(part), registers);
            }
        }
    }

    void run(int step, Tensor[] registers) {
        steps[step].run(registers, calls.get(step - first));
    }

    private static boolean isReady(Step step, Tensor[] registers) {
        return Arrays.stream(step.plan().in()).allMatch(register -> Strided.of(registers[register]).isStraight());
    }

    private Grouped.Call call(PlannedStep part, Tensor[] registers) {
        int free = Step.free(part, registers, 0, over);
        var types = ((Work.Launch) part.work()).outputs();
        var inputs = Step.inputs(part, registers);
        var donors = Donors.of(types, inputs, free, Places.ANYWHERE);
        var places = new Tensor[donors.length];
        boolean any = false;
        for (int k = 0; k < places.length; k++) {
            if (donors[k] == Donors.NONE) {
                places[k] = Tensor.allocate(types.get(k));
                any = true;
            }
        }
        return new Grouped.Call(inputs, free, any ? places : Places.ANYWHERE);
    }

    /** Lets go of the places; a result that lies there stays. */
    @Override
    public void close() {
        for (var step : calls) {
            for (var call : step) {
                // Memory may have ended before there was one.
                for (var place : call == null ? Places.ANYWHERE : call.places()) {
                    if (place != null) {
                        place.discard();
                    }
                }
            }
        }
    }
}
