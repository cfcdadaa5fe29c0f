package tfl.stdlib.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tfl.tensor.DType;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.Tensor;

/** The content of a gzip file, unpacked into memory that counts as tensors' memory, so its limit bounds it. */
final class Unpacked implements ByteSource {
    private static final int PIECE = 1 << 20;
    private final List<Tensor> pieces = new ArrayList<>();
    private long size;

    private Unpacked() {}

    /** Unpacks a whole source. */
    static Unpacked of(ByteSource packed) throws IOException {
        var result = new Unpacked();
        var input = new SourceStream(packed);
        try (var stream = new GZIPInputStream(input, 1 << 16)) {
            result.fill(stream);
            return result;
        } catch (EOFException early) {
            result.close();
            throw new CorruptFile(packed.size(), "the compressed data ends early");
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

    private void fill(InputStream stream) throws IOException {
        var buffer = new byte[1 << 16];
        var from = MemorySegment.ofArray(buffer);
        for (int got = stream.read(buffer); got >= 0; got = stream.read(buffer)) {
            for (int done = 0; done < got;) {
                if (size == (long) pieces.size() * PIECE) {
                    pieces.add(Tensor.allocate(DType.U8, PIECE));
                }
                int place = (int) (size % PIECE);
                int part = Math.min(got - done, PIECE - place);
                MemorySegment.copy(from, done, pieces.getLast().storage().segment(), place, part);
                done += part;
                size += part;
            }
        }
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
        size = 0;
    }
}
