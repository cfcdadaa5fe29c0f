package tfl.stdlib.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tfl.tensor.DType;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.Tensor;

/** The unpacked content of a compressed file, in memory that counts as tensors' memory, so its limit bounds it. */
final class Unpacked implements ByteSource {
    private static final int PIECE = 1 << 20;
    private final List<Tensor> pieces = new ArrayList<>();
    private final CRC32 sum = new CRC32();
    private long size;

    private Unpacked() {}

    /** Unpacks a gzip file. */
    static Unpacked gzip(ByteSource packed) throws IOException {
        var input = new SourceStream(packed);
        try {
            return of(new GZIPInputStream(input, 1 << 16), input, Long.MAX_VALUE);
        } catch (EOFException early) {
            throw new CorruptFile(packed.size(), "the compressed data ends early");
        } catch (ZipException wrong) {
            throw new CorruptFile(input.position(), "the compressed data is wrong");
        }
    }

    /**
     * What a stream unpacks.
     *
     * @param input the packed bytes under it, for errors
     * @param most more bytes than these are an error
     */
    static Unpacked of(InputStream stream, SourceStream input, long most) throws IOException {
        var result = new Unpacked();
        try {
            result.fill(stream, input, most);
            return result;
        } catch (EOFException early) {
            result.close();
            throw new CorruptFile(input.position(), "the compressed data ends early");
        } catch (ZipException wrong) {
            result.close();
            throw new CorruptFile(input.position(), "the compressed data is wrong");
        } catch (OutOfTensorMemory full) {
            long unpacked = result.size;
            result.close();
            throw new CorruptFile(input.position(), "it unpacks to more than " + unpacked
                    + " bytes, for which there is no memory");
        } catch (IOException | RuntimeException | Error problem) {
            result.close();
            throw problem;
        }
    }

    private void fill(InputStream stream, SourceStream input, long most) throws IOException {
        var buffer = new byte[1 << 16];
        for (int got = stream.read(buffer); got >= 0; got = stream.read(buffer)) {
            if (got > most - size) {
                throw new CorruptFile(input.position(), "it unpacks to more than the " + most + " bytes it claims");
            }
            sum.update(buffer, 0, got);
            append(MemorySegment.ofArray(buffer), got);
        }
    }

    private void append(MemorySegment from, int count) {
        for (int done = 0; done < count;) {
            if (size == (long) pieces.size() * PIECE) {
                pieces.add(Tensor.allocate(DType.U8, PIECE));
            }
            int place = (int) (size % PIECE);
            int part = Math.min(count - done, PIECE - place);
            MemorySegment.copy(from, done, pieces.getLast().storage().segment(), place, part);
            done += part;
            size += part;
        }
    }

    /** The CRC-32 of all bytes. */
    long sum() {
        return sum.getValue();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, MemorySegment to) {
        for (long done = 0; done < to.byteSize();) {
            var piece = pieces.get((int) ((position + done) / PIECE));
            long place = (position + done) % PIECE;
            long part = Math.min(to.byteSize() - done, PIECE - place);
            MemorySegment.copy(piece.storage().segment(), place, to, done, part);
            done += part;
        }
        Reference.reachabilityFence(this);
    }

    @Override
    public void close() {
        pieces.forEach(Tensor::discard);
        pieces.clear();
    }
}
