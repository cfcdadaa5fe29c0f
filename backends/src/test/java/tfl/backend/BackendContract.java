package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Input;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** What every backend promises: the reference's results, for each kernel form, dtype, layout and special value. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
    /** The backend under test. */
    protected abstract Backend backend();

    /** Whether a backend claims a case at all; one that does not refuses to compile it. */
    protected boolean claims(Case row) {
        return true;
    }

    static Tensor[] reference(Case row) {
        return run(new ReferenceBackend(), row, 0);
    }

    private static Tensor[] run(Backend backend, Case row, int donated) {
        var inputs = row.inputs().toArray(Tensor[]::new);
        return backend.compile(row.kernel(), row.types(), row.outputs()).run(inputs, donated);
    }

    static Stream<Case> rows() {
        return Stream.of(LoopCases.all(), FoldCases.all(), IterateCases.all(), AttentionCases.all(),
                ProductCases.all(), MoveCases.all(), RoutineCases.all())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void agreesWithTheReference(Case row) {
        if (!claims(row)) {
            return;
        }
        var expected = reference(row);
        var actual = run(backend(), row, 0);
        assertEquals(row.outputs(), Stream.of(actual).map(Tensor::type).toList());
        for (int i = 0; i < expected.length; i++) {
            assertTrue(actual[i].isContiguous());
            Comparison.assertClose(expected[i], actual[i], row.ulps(), row.absolute());
        }
    }

    static Stream<Case> donations() {
        return rows().filter(row -> !row.inputs().isEmpty() && row.inputs().getFirst().size() < 700);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("donations")
    void mayReuseADonatedInputButNoOther(Case row) {
        if (!claims(row)) {
            return;
        }
        var expected = reference(row);
        var given = row.inputs().stream().map(BackendContract::dense).toList();
        var kept = given.stream().skip(1).map(BackendContract::dense).toList();
        var actual = run(backend(), new Case(row.name(), row.kernel(), given, row.outputs(), 0, 0), 1);
        for (int i = 0; i < expected.length; i++) {
            Comparison.assertClose(expected[i], actual[i], row.ulps(), row.absolute());
        }
        for (int i = 0; i < kept.size(); i++) {
            Comparison.assertClose(kept.get(i), given.get(i + 1), 0, 0);
        }
        given.getFirst().discard();
        Comparison.assertClose(expected[0], actual[0], row.ulps(), row.absolute());
    }

    @Test
    void kernelsAtOneTimeGiveWhatEachGivesAlone() {
        var loops = LoopCases.all().filter(this::claims).toList();
        var group = backend().group(loops.stream()
                .map(row -> new Launch(row.kernel(), row.types(), row.outputs())).toList());
        if (group.isEmpty()) {
            return;
        }
        var results = group.get().run(loops.stream()
                .map(row -> new Grouped.Call(row.inputs().toArray(Tensor[]::new), 0, Places.ANYWHERE))
                .toArray(Grouped.Call[]::new));
        assertEquals(loops.size(), results.length);
        for (int k = 0; k < results.length; k++) {
            Comparison.assertClose(run(backend(), loops.get(k), 0)[0], results[k][0], 0, 0);
        }
    }

    private static Tensor dense(Tensor tensor) {
        return reference(Case.exact("copy", new Kernel.Copy(tensor.dtype()), List.of(tensor), tensor.type()))[0];
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tfl.backend.FactorCases#all")
    void factorsAMatrix(FactorCases.Row row) {
        row.check(backend());
    }

    @Test
    void refusesTypesThatDoNotFit() {
        var sum = new Binary(BinaryOp.ADD, new Input(0, DType.F32), new Input(1, DType.F32));
        var add = new Kernel.Loop(List.of(DType.F32, DType.F32), List.of(sum));
        var row = new TensorType(DType.F32, Shape.of(3));
        var other = new TensorType(DType.F32, Shape.of(4));
        var whole = new TensorType(DType.I32, Shape.of(3));
        refuses(add, List.of(row, other), row);
        refuses(add, List.of(row, whole), row);
        refuses(add, List.of(row), row);
        refuses(add, List.of(row, row), other);
        refuses(add, List.of(row, row), whole);
        refuses(new Kernel.Contract(DType.F32), List.of(row, row), row);
        refuses(new Kernel.Copy(DType.F32), List.of(whole), whole);
        refuses(new Kernel.Gather(DType.F32, 1), List.of(row, whole), row);
        refuses(new Kernel.Assemble(DType.F32, null, List.of(new Kernel.Window(List.of(2L), List.of(1L)))),
                List.of(row, row), row);
    }

    private void refuses(Kernel kernel, List<TensorType> inputs, TensorType output) {
        assertThrows(IllegalArgumentException.class, () -> backend().compile(kernel, inputs, List.of(output)));
    }
}
