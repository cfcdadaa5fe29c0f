package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tfl.backend.Executable;
import tfl.backend.Launch;
import tfl.plan.PlannedStep;
import tfl.plan.ProgramPlan;
import tfl.plan.Work;
import tfl.primitive.Lowering;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/**
 * Makes what runs of what a plan says.
 *
 * @param preparation compiles kernels as soon as they are known; null where there are none
 */
record Linker(EagerOps ops, Preparation preparation) {
    /**
     * The program of a plan that lies ready, all of its kernels compiled or read from disk.
     *
     * @param report what lowering the same graph would tell of it
     */
    static Program program(ProgramPlan plan, EagerOps ops, Preparation preparation, Supplier<Report> report) {
        try (preparation) {
            var program = new Linker(ops, preparation).program(plan, report);
            preparation.await();
            return program;
        }
    }

    private Program program(ProgramPlan plan, Supplier<Report> report) {
        var steps = new ArrayList<Step>();
        for (int k = 0; k < plan.steps().size(); k++) {
            int step = k;
            var planned = plan.steps().get(k);
            steps.add(switch (planned.work()) {
                case Work.Grouped grouped -> together(planned);
                case Work.Control control ->
                    new Step.Alone(control(control, () -> report.get().steps().get(step)), planned);
                default -> new Step.Alone(executable(planned.work()), planned);
            });
        }
        return new Program(plan, steps, report);
    }

    /** A step of several kernels. */
    Step together(PlannedStep planned) {
        var launches = planned.parts().stream().map(part -> (Work.Launch) part.work()).toList();
        var work = ops.backend().group(launches.stream()
                .map(each -> new Launch(each.kernel(), each.inputs(), each.outputs())).toList());
        if (work.isEmpty()) {
            return new Step.InTurn(planned.parts().stream()
                    .map(part -> new Step.Alone(executable(part.work()), part)).toList(), planned);
        }
        for (int k = 0; k < launches.size(); k++) {
            preparation.begin(work.get().kernels().get(k), launches.get(k).strides());
        }
        return new Step.Together(work.get(), planned);
    }

    private Executable control(Work.Control work, Supplier<Report.Entry> entry) {
        var each = new ArrayList<Program>();
        for (int k = 0; k < work.regions().size(); k++) {
            int region = k;
            each.add(program(work.regions().get(k), () -> entry.get().inner().get(region).report()));
        }
        return executable(work, RegionPrograms.of(work.op(), ops, each));
    }

    /** A primitive over regions whose programs are there. */
    Executable executable(Work.Control work, RegionPrograms regions) {
        var conductor = ((Lowering.Control) work.op().lower(work.inputs())).conductor();
        return (values, donated) -> conductor.run(regions, values);
    }

    /** All else. */
    Executable executable(Work work) {
        return switch (work) {
            case Work.Launch(var kernel, var inputs, var outputs, var strides) -> {
                var executable = ops.backend().compile(kernel, inputs, outputs);
                preparation.begin(executable, strides);
                yield executable;
            }
            case Work.Single(var op, var inputs) -> ops.plan(op, inputs.toArray(TensorType[]::new));
            case Work.Check(var op) -> (values, donated) -> {
                op.check(values);
                return new Tensor[0];
            };
            case Work.View(var of, var moves) -> new Sighting(ops, of, new Chain(List.copyOf(moves)));
            case Work.Control control -> throw new IllegalStateException("the programs of its regions are missing");
            case Work.Grouped grouped -> throw new IllegalStateException("each of its parts is one");
        };
    }
}
