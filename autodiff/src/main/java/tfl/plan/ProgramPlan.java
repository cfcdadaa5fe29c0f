package tfl.plan;

import java.util.List;
import tfl.graph.Literal;

/**
 * A program: steps over numbered registers, of which the first hold the inputs, then come constants.
 *
 * @param inputs how many there are
 * @param registers how many there are
 * @param results registers of the results
 * @param owned for each result whether the tensor itself may be handed out, rather than another view of it
 */
public record ProgramPlan(int inputs, List<Literal> constants, int registers, List<PlannedStep> steps, int[] results,
        boolean[] owned) {}
