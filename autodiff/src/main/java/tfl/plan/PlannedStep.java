package tfl.plan;

import java.util.List;

/**
 * One step of a program, over numbered registers.
 *
 * @param in registers of its inputs
 * @param out registers of its results
 * @param dead registers that nobody reads afterwards and that the program may free
 * @param donated bit i set: input i is read for the last time, its storage may serve a result
 * @param given for each input, which of the program's own inputs it is, or -1
 */
public record PlannedStep(Work work, int[] in, int[] out, int[] dead, int donated, int[] given) {
    /** The steps that it does at one time: itself, if it does no others. */
    public List<PlannedStep> parts() {
        return work instanceof Work.Grouped(var parts) ? parts : List.of(this);
    }
}
