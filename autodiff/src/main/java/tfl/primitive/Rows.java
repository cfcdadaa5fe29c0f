package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/** Builds a {@link Kernel.Rows} over inputs of one dtype, stage by stage; halves are computed in f32. */
final class Rows {
    private final DType dtype;
    private final DType wide;
    private final List<Kernel.RowStage> stages = new ArrayList<>();

    Rows(DType dtype) {
        this.dtype = dtype;
        this.wide = Reductions.accumulator(dtype);
    }

    ScalarExpr input(int index) {
        return Scalars.cast(wide, Scalars.input(index, dtype));
    }

    /** Folds a body over the row; a body that reads no element is a plain scalar step. */
    ScalarExpr stage(ScalarExpr body, Kernel.Fold fold) {
        stages.add(new Kernel.RowStage(body, readsInput(body) ? fold : null));
        return new ScalarExpr.Stage(stages.size() - 1, wide);
    }

    private static boolean readsInput(ScalarExpr body) {
        return body instanceof ScalarExpr.Input || body.parts().stream().anyMatch(Rows::readsInput);
    }

    Lowering kernel(int inputs, ScalarExpr body) {
        return new Lowering.Launch(new Kernel.Rows(Collections.nCopies(inputs, dtype), List.copyOf(stages),
                List.of(Scalars.cast(dtype, body))));
    }
}
