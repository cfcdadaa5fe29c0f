package tfl.backend;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.reference.ReferenceBackend;

/** The reference's factors multiply to what they factor; its other results are held by hand-written values. */
class ReferenceFactorTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("tfl.backend.FactorCases#all")
    void factorsAMatrix(FactorCases.Row row) {
        row.check(new ReferenceBackend());
    }
}
