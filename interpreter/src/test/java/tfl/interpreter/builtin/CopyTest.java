package tfl.interpreter.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.tensor.Tensor;

class CopyTest {
    @ParameterizedTest
    @ValueSource(strings = {"arange(6)[::2]", "arange(6)[::-1]", "arange(6)[2:4]", "arange(6).reshape(2, 3).T",
        "arange(6).reshape(2, 3)[:, 1:]", "broadcast_to([1], (3,))", "arange(6)", "arange(0)[::2]"})
    void aCopyHasMemoryOfItsOwn(String text) {
        var given = (Tensor) Expression.value(text);
        var copy = (Tensor) Expression.value("asarray(" + text + ", copy=true)");
        assertTrue(copy.isContiguous());
        assertEquals(0, copy.offset());
        assertEquals(copy.type().bytes(), copy.storage().bytes());
        assertEquals(given.type(), copy.type());
        assertArrayEquals(given.toLongs(), copy.toLongs());
    }
}
