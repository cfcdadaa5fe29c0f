package tfl.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {
    @Test
    void aReleasedSmallTensorsMemoryServesTheNext() {
        var first = Tensor.allocate(DType.F32, 16);
        long address = first.address();
        first.discard();
        assertEquals(address, Tensor.allocate(DType.F32, 16).address());
    }

    @Test
    void aReleasedLargeTensorsMemoryServesTheNext() {
        var first = Tensor.allocate(DType.F32, 1 << 20);
        long address = first.address();
        long before = Memory.inUse();
        first.retain();
        first.release();
        // The collector may have freed what other tests left, too.
        assertTrue(Memory.inUse() <= before - (4 << 20));
        assertEquals(address, Tensor.allocate(DType.F32, 1 << 20).address());
    }

    @Test
    void aReleasedTensorRefusesToBeRead() {
        var tensor = Tensor.scalar(DType.F32, 1.0);
        tensor.discard();
        assertThrows(IllegalStateException.class, () -> tensor.readDouble(0));
        assertThrows(IllegalStateException.class, tensor::retain);
        assertThrows(IllegalStateException.class, () -> tensor.broadcastTo(Shape.of(3)));
        tensor.discard();
    }

    @Test
    void aViewKeepsTheStorage() {
        var base = Tensor.of(new long[] {1, 2, 3});
        var view = base.slice(0, 2, -1, 3);
        base.retain();
        base.release();
        assertEquals(3, view.readLong(0));
        assertTrue(view.isTemporary());
        view.discard();
        assertThrows(IllegalStateException.class, () -> view.readLong(0));
    }

    @Test
    void holdersAreCounted() {
        var tensor = Tensor.scalar(DType.I64, 5L);
        assertTrue(tensor.isTemporary());
        tensor.retain();
        assertFalse(tensor.isTemporary());
        assertTrue(tensor.isExclusive());
        tensor.retain();
        assertFalse(tensor.isExclusive());
        tensor.release();
        tensor.discard();
        assertEquals(5, tensor.readLong(0));
        tensor.unretain();
        assertTrue(tensor.isTemporary());
        assertThrows(IllegalStateException.class, tensor::release);
        tensor.discard();
        assertThrows(IllegalStateException.class, () -> tensor.readLong(0));
    }

    @Test
    void aPinnedTensorStays() {
        var tensor = Tensor.scalar(DType.I64, 5L);
        tensor.pin();
        tensor.release();
        tensor.release();
        tensor.discard();
        assertEquals(5, tensor.readLong(0));
        assertFalse(tensor.isTemporary());
    }

    @Test
    void addressesAreAligned() {
        for (long size : new long[] {0, 1, 17, 256, 257, 100_000, 3_000_000}) {
            assertEquals(0, Tensor.allocate(DType.F32, size).address() % 64);
        }
    }

    @Test
    void theLimitRefusesAndNamesTheOwners() {
        long limit = Memory.limit();
        // Larger than the matrices of 128 MB that a routine which another test interrupted may still hold.
        var held = Tensor.allocate(DType.F32, 40 << 20);
        held.label("weights");
        Memory.limit(180 << 20);
        try {
            var refused = assertThrows(OutOfTensorMemory.class, () -> Tensor.allocate(DType.F64, 5 << 20));
            assertEquals(40 << 20, refused.requested());
            assertEquals("weights: f32[41943040] (160 MB)", refused.owners().getFirst().toString());
            assertThrows(OutOfTensorMemory.class, () -> Tensor.allocate(DType.F64, Long.MAX_VALUE / 4));
        } finally {
            Memory.limit(limit);
            held.discard();
        }
        Tensor.allocate(DType.F64, 1 << 20).discard();
    }

    @Test
    void theCollectorIsTheNet() {
        long before = Memory.inUse();
        for (int i = 0; i < 64; i++) {
            assertNotEquals(0, Tensor.allocate(DType.F32, 1 << 20).address());
        }
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (Memory.inUse() > before + (8 << 20) && System.nanoTime() < deadline) {
            System.gc();
            Thread.onSpinWait();
        }
        assertTrue(Memory.inUse() <= before + (8 << 20), "in use: " + Memory.inUse() + ", before: " + before);
    }

    @ParameterizedTest
    @CsvSource({"1g, 1073741824", "1.5kb, 1536", "2MiB, 2097152", "50%, 500", "4096, 4096"})
    void sizesAreRead(String said, long bytes) {
        assertEquals(bytes, MemoryLimit.parse(said, 1000));
    }

    @ParameterizedTest
    @CsvSource({"'many'", "''", "-1g", "g", "12x"})
    void otherTextIsNoSize(String said) {
        assertThrows(IllegalArgumentException.class, () -> MemoryLimit.parse(said, 1000));
    }

    @ParameterizedTest
    @CsvSource({"384, 384 B", "1024, 1 KB", "1536, 1.5 KB", "104857600, 100 MB", "1288490189, 1.2 GB"})
    void sizesArePrinted(long bytes, String text) {
        assertEquals(text, OutOfTensorMemory.bytes(bytes));
    }
}
