package tfl.backend.cpu;

import tfl.tensor.NativeMemory;

/**
 * The matrix whose product with the weights is a convolution: row (channel, tap), column output place,
 * element the input that the tap meets there, or zero in the padding. Works on ranges of rows and of lines of
 * output places.
 */
record ImageColumns(ConvolutionShape shape, int bytes) {
    /** One row's part of one output line, and the input it meets. */
    private interface Line {
        /**
         * @param first the first output of the line that meets the input, before {@code last}
         * @param source the address of the input that {@code first} meets
         * @param column the address of the line's first column
         */
        void at(long first, long last, long source, long column);
    }

    /** Fills columns, row after row densely, from the input's channels that begin at {@code input}. */
    void gather(long input, long columns, long firstRow, long lastRow, long firstLine, long lastLine) {
        long step = shape.stride()[2];
        long width = shape.output()[2];
        lines(input, columns, firstRow, lastRow, firstLine, lastLine, (first, last, source, column) -> {
            NativeMemory.segment(column, first * bytes).fill((byte) 0);
            if (step == 1) {
                NativeMemory.copy(source, column + first * bytes, (last - first) * bytes);
            } else if (bytes == 4) {
                for (int i = 0; i < last - first; i++) {
                    NativeMemory.putInt(column + (first + i) * 4, NativeMemory.getInt(source + i * step * 4));
                }
            } else {
                for (int i = 0; i < last - first; i++) {
                    NativeMemory.putLong(column + (first + i) * 8,
                            NativeMemory.getLong(source + i * step * 8));
                }
            }
            NativeMemory.segment(column + last * bytes, (width - last) * bytes).fill((byte) 0);
        });
    }

    /** The transpose of {@link #gather}: adds every column to the input it came from. */
    void scatterAdd(long input, long columns, long firstRow, long lastRow, long firstLine, long lastLine) {
        long step = shape.stride()[2] * bytes;
        lines(input, columns, firstRow, lastRow, firstLine, lastLine, (first, last, source, column) -> {
            int count = (int) (last - first);
            long from = column + first * bytes;
            if (bytes == 4) {
                for (int i = 0; i < count; i++) {
                    long at = source + i * step;
                    NativeMemory.putFloat(at, NativeMemory.getFloat(at)
                            + NativeMemory.getFloat(from + 4L * i));
                }
            } else {
                for (int i = 0; i < count; i++) {
                    long at = source + i * step;
                    NativeMemory.putDouble(at, NativeMemory.getDouble(at)
                            + NativeMemory.getDouble(from + 8L * i));
                }
            }
        });
    }

    private void lines(long input, long columns, long firstRow, long lastRow, long firstLine, long lastLine,
            Line line) {
        long width = shape.output()[2] * bytes;
        long column = columns;
        for (long row = firstRow; row < lastRow; row++) {
            long tap = row % shape.taps();
            long channel = input + row / shape.taps() * shape.inputPlaces() * bytes;
            long across = tap % shape.window()[2] * shape.dilation()[2] - shape.pad()[2];
            long down = tap / shape.window()[2] % shape.window()[1] * shape.dilation()[1] - shape.pad()[1];
            long deep = tap / shape.window()[2] / shape.window()[1] * shape.dilation()[0] - shape.pad()[0];
            long first = Math.clamp(Math.ceilDiv(-across, shape.stride()[2]), 0, shape.output()[2]);
            long last = Math.clamp(Math.ceilDiv(shape.input()[2] - across, shape.stride()[2]), first,
                    shape.output()[2]);
            for (long at = firstLine; at < lastLine; at++, column += width) {
                long y = at % shape.output()[1] * shape.stride()[1] + down;
                long z = at / shape.output()[1] * shape.stride()[0] + deep;
                boolean inside = y >= 0 && y < shape.input()[1] && z >= 0 && z < shape.input()[0];
                long source = channel + ((z * shape.input()[1] + y) * shape.input()[2] + across
                        + first * shape.stride()[2]) * bytes;
                line.at(inside ? first : shape.output()[2], inside ? last : shape.output()[2], source,
                        column);
            }
        }
    }
}
