package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.llvm.GatherKernel;
import tfl.backend.llvm.InnerStride;
import tfl.backend.llvm.TransposeKernel;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** What moves tensors larger than caches moves small ones to the same places. */
class LargeMovesTest {
    @ParameterizedTest(name = "{0}: {1} rows of {2}")
    @CsvSource({
        "F32, 32, 16",
        "F32, 33, 48",
        "F32, 80, 47",
        "F32, 7, 100",
        "F64, 16, 8",
        "F64, 35, 61",
    })
    void transposesPastTheCaches(DType dtype, int rows, int columns) {
        int bytes = dtype.bytes();
        var kernel = new TransposeKernel(bytes, 1, 64 / bytes, true);
        // Rows of the target begin at lines of the cache.
        long rowStep = Math.ceilDiv(columns * bytes, 64) * 64L / bytes;
        var source = Tensor.of(dtype, LongStream.range(0, (long) rows * columns).toArray(), columns, rows);
        var target = Tensor.allocate(dtype, rows, rowStep);
        var arguments = KernelArguments.start().addresses(target, source).add(rows).add(columns).add(rowStep).add(rows)
                .add(1).add(0).add(0);
        KernelStore.get(kernel).get("kernel").run(arguments.address(), 0,
                Math.ceilDiv(rows, kernel.band()));
        assertArrayEquals(source.permute(1, 0).toLongs(), target.slice(1, 0, 1, columns).toLongs());
    }

    @Test
    void tensorsLargerThanHalfACacheAreTransposed() {
        var source = Tensor.of(DType.F32, LongStream.range(0, 2064 * 2096).toArray(), 2064, 2096).permute(1, 0);
        assertArrayEquals(source.toLongs(), StridedCopy.dense(source).toLongs());
    }

    @ParameterizedTest(name = "{0} blocks of {1}, {2}, past the caches: {3}")
    @CsvSource({"1, 16, 64, false", "15, 16, 64, true", "140, 16, 64, false", "140, 32, 128, true", "140, 40, 0, false",
            "100, 3, 12, false", "100, 128, 0, true"})
    void fetchesBlocksAhead(int count, int block, int fixed, boolean streams) {
        var kernel = new GatherKernel(DType.F32, 1, 1, List.of(InnerStride.DENSE), false, fixed, 2, streams, null);
        var table = Tensor.of(DType.F32, LongStream.range(0, 50L * block).toArray(), 50, block);
        var rows = new Random(count).longs(count, 0, 50).toArray();
        var target = Tensor.allocate(DType.F32, count, block);
        assertEquals(0, gather(kernel, table, rows, target));
        var expected = LongStream.of(rows).flatMap(row -> LongStream.range(row * block, (row + 1) * block)).toArray();
        assertArrayEquals(expected, target.toLongs());
        rows[count - 1] = Long.MAX_VALUE / 8;
        assertEquals(1, gather(kernel, table, rows, target), "an index that lies far outside");
    }

    private static long gather(GatherKernel kernel, Tensor table, long[] rows, Tensor target) {
        var indices = Tensor.of(DType.I64, rows, rows.length);
        long block = table.dim(1);
        var arguments = KernelArguments.start().add(0).addresses(target, table, indices).add(block).add(rows.length)
                .add(table.dim(0)).add(block).add(rows.length).add(1);
        long status = arguments.answer();
        arguments.set(0, status);
        KernelStore.get(kernel).get("kernel").run(arguments.address(), 0, rows.length);
        return NativeMemory.getLong(status);
    }
}
