package tfl.lower;

import java.util.Arrays;
import tfl.backend.Donors;
import tfl.backend.Places;
import tfl.plan.Work;
import tfl.tensor.Tensor;

/**
 * Which storage each of the last steps of a program writes to, decided before the first of them runs: that of an input
 * that is given up, that of a temporary, or memory that is taken now, so that none has to be found later.
 */
final class Overwriting implements AutoCloseable {
    private final Step[] steps;
    private final int first;
    private final int[] free;
    private final Tensor[][] places;

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
        this.free = new int[steps.length];
        this.places = new Tensor[steps.length][];
        for (int k = first; k < steps.length; k++) {
            free[k] = steps[k].free(registers, 0, over);
        }
    }

    /** The step from which on storage is written over; those before it might copy inputs into another order first. */
    int first() {
        return first;
    }

    /** Takes the memory that is missing. */
    void prepare(Tensor[] registers) {
        for (int k = first; k < steps.length; k++) {
            places[k] = places(steps[k], registers, free[k]);
        }
    }

    void run(int step, Tensor[] registers) {
        steps[step].run(registers, free[step], places[step]);
    }

    private static boolean isReady(Step step, Tensor[] registers) {
        return Arrays.stream(step.plan().in()).allMatch(register -> Strided.of(registers[register]).isStraight());
    }

    private static Tensor[] places(Step step, Tensor[] registers, int free) {
        var types = ((Work.Launch) step.plan().work()).outputs();
        var inputs = Arrays.stream(step.plan().in()).mapToObj(register -> registers[register]).toArray(Tensor[]::new);
        var donors = Donors.of(types, inputs, free, Places.ANYWHERE);
        var places = new Tensor[donors.length];
        boolean any = false;
        for (int k = 0; k < places.length; k++) {
            if (donors[k] == Donors.NONE) {
                places[k] = Tensor.allocate(types.get(k));
                any = true;
            }
        }
        return any ? places : Places.ANYWHERE;
    }

    /** Lets go of the places; a result that lies there stays. */
    @Override
    public void close() {
        for (var each : places) {
            if (each != null) {
                for (var place : each) {
                    if (place != null) {
                        place.discard();
                    }
                }
            }
        }
    }
}
