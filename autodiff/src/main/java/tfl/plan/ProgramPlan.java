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
 * @param updates the first of the steps at the end that make results out of arguments and cannot fail: when it begins,
 *     all else is done
 */
public record ProgramPlan(int inputs, List<Literal> constants, int registers, List<PlannedStep> steps, int[] results,
        boolean[] owned, int updates) {}
