package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.KernelCancelled;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;
import tfl.kernel.ScalarExpr.Input;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Products by panels. */
class ProductExecutableTest {
    @Test
    void anInterruptEndsItBetweenPanels() {
        var a = Tensor.allocate(DType.F32, 4096, 8);
        var b = Tensor.allocate(DType.F32, 8, 1024);
        var sums = new Kernel.Reduce(List.of(DType.F32), new Input(0, DType.F32), Kernel.Fold.SUM, List.of(1),
                DType.F32, DType.F32);
        var product = new Kernel.Product(2, List.of(new PanelStep.Multiply(0, 1),
                new PanelStep.Apply(sums, List.of(2))), List.of(3));
        var executable = new CpuBackend().compile(product, List.of(a.type(), b.type()),
                List.of(new TensorType(DType.F32, Shape.of(4096))));
        executable.run(new Tensor[] {a, b}, 0);
        Thread.currentThread().interrupt();
        try {
            assertThrows(KernelCancelled.class, () -> executable.run(new Tensor[] {a, b}, 0));
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "1, 4096, 1024, 8", "1, 1000, 100000, 3", "70, 3, 5, 2", "7, 5000, 64, 64",
        "1000000, 2, 2, 2", "3, 100, 2000000, 1"})
    void panelsCoverEveryRowOnce(long batch, long m, long n, long k) {
        var panels = Panels.of(new ProductSizes(batch, m, n, k), DType.F32);
        long next = 0;
        var seen = new HashSet<Long>();
        for (int index = 0; index < panels.count(); index++) {
            var panel = panels.at(index);
            assertEquals(next, panel.firstRow());
            assertTrue(panel.rows() > 0 && seen.add(panel.firstRow()));
            assertTrue(panel.lastMatrix() - panel.firstMatrix() == 1 || panel.height() == m);
            next += panel.rows();
        }
        assertEquals(batch * m, next);
    }
}
