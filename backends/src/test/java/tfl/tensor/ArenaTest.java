package tfl.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int KILO = 1 << 10;
    private final Arena arena = Arena.local();
    private boolean opened;

    /** In a block of just that size: a larger one that lies ready would serve, too. */
    private void open(long bytes) {
        Memory.trim();
        opened = arena.open(bytes);
        assertTrue(opened);
        arena.serve(true);
    }

    @AfterEach
    void close() {
        if (opened) {
            arena.close();
        }
    }

    @Test
    void differentSizesUseTheSameBytes() {
        open(64 * KILO);
        var large = Tensor.allocate(DType.U8, 64 * KILO);
        long address = large.address();
        large.discard();
        var first = Tensor.allocate(DType.U8, 24 * KILO);
        var second = Tensor.allocate(DType.U8, 40 * KILO);
        assertEquals(address, first.address());
        assertEquals(address + 24 * KILO, second.address());
        assertTrue(arena.holds(second) && second.isTemporary());
    }

    @Test
    void whatDoesNotFitHasMemoryOfItsOwn() {
        open(64 * KILO);
        var first = Tensor.allocate(DType.U8, 40 * KILO);
        var second = Tensor.allocate(DType.U8, 40 * KILO);
        var small = Tensor.allocate(DType.U8, 100);
        assertTrue(arena.holds(first));
        assertFalse(arena.holds(second));
        assertFalse(arena.holds(small));
        List.of(first, second, small).forEach(Tensor::discard);
    }

    @Test
    void onlyItsThreadIsServedAndOnlyWhereItSaysSo() throws InterruptedException {
        open(64 * KILO);
        var elsewhere = new ArrayList<Tensor>();
        var thread = new Thread(() -> elsewhere.add(Tensor.allocate(DType.U8, 4 * KILO)));
        thread.start();
        thread.join();
        arena.serve(false);
        elsewhere.add(Tensor.allocate(DType.U8, 4 * KILO));
        elsewhere.forEach(each -> {
            assertFalse(arena.holds(each));
            each.discard();
        });
    }

    @Test
    void theOutermostOpensIt() {
        open(64 * KILO);
        assertFalse(arena.open(64 * KILO));
    }

    @Test
    void aTensorThatStaysKeepsItsBytes() {
        open(64 * KILO);
        var kept = Tensor.allocate(DType.I64, 1000);
        NativeMemory.putLong(kept.address(999), 42);
        long before = Memory.inUse();
        arena.close();
        opened = false;
        assertEquals(before, Memory.inUse());
        open(64 * KILO);
        var other = Tensor.allocate(DType.I64, 8000);
        NativeMemory.putLong(other.address(999), 1);
        assertEquals(42, kept.readLong(999));
        kept.discard();
        other.discard();
        assertThrows(IllegalStateException.class, () -> kept.readLong(999));
    }

    @Test
    void whatLeavesIsCopiedOut() {
        open(64 * KILO);
        var inside = Tensor.allocate(DType.I64, 1000);
        NativeMemory.putLong(inside.address(3), 5);
        var outside = arena.outside(inside.slice(0, 0, 3, 300));
        inside.discard();
        assertFalse(arena.holds(outside));
        assertEquals(5, outside.readLong(1));
        assertEquals(outside, arena.outside(outside));
        assertTrue(arena.serves());
        outside.discard();
    }

    @Test
    void nothingIsOpenedWhereTheLimitLeavesNoRoom() {
        long limit = Memory.limit();
        try {
            Memory.limit(Memory.inUse() + KILO);
            assertFalse(arena.open(1 << 20));
        } finally {
            Memory.limit(limit);
        }
    }

    @Test
    void aLargerBlockInTheCacheServes() {
        var block = Tensor.allocate(DType.U8, 256 * KILO);
        long address = block.address();
        Memory.trim();
        block.discard();
        opened = arena.open(64 * KILO);
        arena.serve(true);
        assertEquals(address, Tensor.allocate(DType.U8, 200 * KILO).address());
    }

    @Test
    void smallerBlocksInTheCacheMakeRoomForIt() {
        var blocks = new ArrayList<Tensor>();
        for (int k = 0; k < 8; k++) {
            blocks.add(Tensor.allocate(DType.U8, 256 * KILO));
        }
        Memory.trim();
        blocks.forEach(Tensor::discard);
        opened = arena.open(1280 * KILO);
        assertTrue(opened);
        assertEquals(3 * 256 * KILO, Memory.cached());
    }

    /** Taken and given back in random order, against a table of who has which line. */
    @Test
    void stretchesNeverOverlap() {
        var random = new Random(7);
        var holes = new Holes(1 << 16);
        var lines = new boolean[1 << 10];
        record Taken(long place, long bytes) {}
        var taken = new ArrayList<Taken>();
        int refused = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(5) < 3) {
                long bytes = 1 + random.nextInt(8 * KILO);
                long place = holes.take(bytes);
                if (place < 0) {
                    refused++;
                } else {
                    mark(lines, place, bytes, true);
                    taken.add(new Taken(place, bytes));
                }
            } else if (!taken.isEmpty()) {
                var gone = taken.remove(random.nextInt(taken.size()));
                mark(lines, gone.place(), gone.bytes(), false);
                holes.give(gone.place(), gone.bytes());
            }
        }
        assertTrue(refused > 100, "never full");
        taken.forEach(each -> holes.give(each.place(), each.bytes()));
        assertEquals(0, holes.take(1 << 16), "not one stretch again");
    }

    private static void mark(boolean[] lines, long place, long bytes, boolean now) {
        for (long line = place / 64; line < (place + bytes + 63) / 64; line++) {
            assertEquals(!now, lines[(int) line]);
            lines[(int) line] = now;
        }
    }
}
