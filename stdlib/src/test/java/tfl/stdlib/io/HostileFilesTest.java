package tfl.stdlib.io;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.interpreter.TflException;
import tfl.tensor.Memory;

/**
 * Files that are cut, damaged or made to harm end in an error that names the file and the byte, and never in another
 * exception or in memory that their headers only claim.
 */
class HostileFilesTest {
    private static final Path SEEDS = Path.of("../tests/src/test/resources/oracle/io");
    private static final int CASES = 40;
    private static final long MEMORY = 256L << 20;

    @TempDir
    Path folder;
    private Context session;
    private long limit;

    @BeforeEach
    void littleMemory() {
        session = Context.newBuilder("tfl").allowIO(IOAccess.ALL).option("engine.WarnInterpreterOnly", "false").build();
        session.initialize("tfl");
        session.enter();
        limit = Memory.limit();
        Memory.limit(MEMORY);
    }

    @AfterEach
    void asMuchAsBefore() {
        session.leave();
        session.close();
        Memory.limit(limit);
    }

    @TestFactory
    Stream<DynamicTest> damagedFilesEndInAnError() throws IOException {
        try (var files = Files.list(SEEDS)) {
            return files.filter(file -> !file.toString().endsWith(".tfl")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> damage(file)));
        }
    }

    private void damage(Path seed) throws IOException {
        var bytes = Files.readAllBytes(seed);
        var name = seed.getFileName().toString();
        var random = new Random(name.hashCode());
        for (int i = 0; i < CASES; i++) {
            var damaged = damaged(bytes, random);
            read(name, damaged);
            if (name.endsWith(".png")) {
                read(name, summed(damaged));
            } else if (i % 8 == 0 && !name.endsWith(".gz")) {
                read(name + ".gz", packed(damaged));
            }
        }
    }

    private void read(String name, byte[] bytes) throws IOException {
        var file = folder.resolve(name);
        Files.write(file, bytes);
        try {
            tfl.stdlib.io.Files.load(file.toString());
        } catch (TflException problem) {
            assertEquals("TFL-E0603", problem.problem().code(), problem.getMessage());
            assertTrue(problem.getMessage().contains(file.toString()), problem.getMessage());
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var bytes = whole.clone();
        int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 160 : bytes.length));
        int[] numbers = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24, 0xfffe};
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, at);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                var hostile = ByteBuffer.allocate(4)
                        .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                        .putInt(numbers[random.nextInt(numbers.length)]).array();
                System.arraycopy(hostile, 0, bytes, at, Math.min(4, bytes.length - at));
            }
            case 3 -> {
                var longer = new ByteArrayOutputStream();
                longer.write(bytes, 0, at);
                longer.write(bytes, at / 2, Math.min(bytes.length - at / 2, random.nextInt(64)));
                longer.write(bytes, at, bytes.length - at);
                bytes = longer.toByteArray();
            }
            default -> {
                int gone = Math.min(bytes.length - at, random.nextInt(16));
                var shorter = new ByteArrayOutputStream();
                shorter.write(bytes, 0, at);
                shorter.write(bytes, at + gone, bytes.length - at - gone);
                bytes = shorter.toByteArray();
            }
        }
        return bytes;
    }

    /** A PNG file with the sums of its chunks put right, so that the damage is met behind them. */
    private static byte[] summed(byte[] damaged) {
        var bytes = damaged.clone();
        var view = ByteBuffer.wrap(bytes);
        for (int at = 8; at + 12 <= bytes.length;) {
            int length = view.getInt(at);
            if (length < 0 || length > bytes.length - at - 12) {
                break;
            }
            var sum = new CRC32();
            sum.update(bytes, at + 4, length + 4);
            view.putInt(at + 8 + length, (int) sum.getValue());
            at += 12 + length;
        }
        return bytes;
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(out)) {
            stream.write(bytes);
        }
        return out.toByteArray();
    }

    static Stream<Arguments> hostile() throws IOException {
        return Stream.of(
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}",
                        "more elements than can be counted"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,4]}}",
                        "not the bytes"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,4398046511104]}}",
                        "ends at byte 4398046511104"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "list of counts"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
                        "list of counts"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "leaves a gap"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", "inside another tensor"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "bytes too many"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "there twice"),
                tensors("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", "no counterpart"),
                tensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "lacks its dtype"),
                tensors("[".repeat(5000), "does not begin with {"),
                tensors("{\"a\":" + "[".repeat(5000), "missing"),
                tensors("{\"a\":{\"x\":" + "[".repeat(5000), "nesting depth"),
                Arguments.of("x.safetensors", ByteBuffer.allocate(9).putLong(-1).array(), "18446744073709551615 bytes"),
                Arguments.of("x.json", "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII), "nesting depth"),
                Arguments.of("x.json", "{".getBytes(StandardCharsets.US_ASCII), "(start marker at line: 1, column: 1)"),
                Arguments.of("x.json", "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.US_ASCII), "there twice"),
                Arguments.of("x.json", new byte[] {'"', (byte) 0xff, '"'}, "UTF-8"),
                Arguments.of("x.txt", new byte[] {'a', (byte) 0xc0}, "byte 1: this is not UTF-8"),
                Arguments.of("x.csv", new byte[] {'a', '\n', (byte) 0xff}, "byte 2: this is not UTF-8"),
                Arguments.of("x.npy", npy("(99999999999999999999,)"), "is no count"),
                Arguments.of("x.npy", npy("(4294967296, 4294967296)"), "more elements than can be counted"),
                Arguments.of("x.npy", npy("(1099511627776,)"), "needs 4398046511104 bytes"),
                Arguments.of("x.idx", ByteBuffer.allocate(12).putInt(0x0d02).putInt(-1).putInt(-1).array(),
                        "more elements than can be counted"),
                Arguments.of("x.csv.gz", packed(new byte[0]), "the file is empty"),
                Arguments.of("x.npy.gz", "garbage".getBytes(StandardCharsets.US_ASCII), "compressed data is wrong"),
                Arguments.of("x.txt.gz", packed(new byte[300 << 20]), "for which there is no memory"),
                Arguments.of("x.npz", twice(), "two files are called"),
                Arguments.of("x.npz", claiming(), "cannot have"),
                Arguments.of("x.npz", "PK".getBytes(StandardCharsets.US_ASCII), "directory is missing"),
                Arguments.of("x.wav", wav(16, 100), "needs 100 bytes"),
                Arguments.of("x.wav", wav(-2, 0), "needs"),
                Arguments.of("x.png", png(1 << 30, 1 << 30), "cannot be packed"),
                Arguments.of("x.jpg", jpeg(65500, 65500), "cannot be in"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("hostile")
    void hostileFilesSayWhatIsWrong(String name, byte[] bytes, String part) throws IOException {
        var file = folder.resolve(name);
        Files.write(file, bytes);
        long before = Memory.inUse();
        var problem = assertThrows(TflException.class, () -> tfl.stdlib.io.Files.load(file.toString()));
        assertEquals("TFL-E0603", problem.problem().code());
        assertTrue(problem.getMessage().startsWith(file + " is corrupt"), problem.getMessage());
        assertTrue(problem.getMessage().contains(part), problem.getMessage());
        assertTrue(Memory.inUse() - before < 1 << 20, () -> "memory is still held: " + Memory.inUse());
    }

    @Test
    void jpegFilesThatAreCutAreNoImages() throws IOException {
        var whole = Files.readAllBytes(SEEDS.resolve("colour.jpg"));
        for (int length = 0; length < whole.length; length++) {
            var file = folder.resolve("cut.jpg");
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(TflException.class, () -> tfl.stdlib.io.Files.load(file.toString()), "length " + length);
        }
    }

    @Test
    void aMappedFileThatIsCutIsAnError() throws IOException {
        var file = folder.resolve("x.npy");
        Files.write(file, Files.readAllBytes(SEEDS.resolve("f4.npy")));
        var tensor = MappedFile.open(file.toString());
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 140));
        var problem = assertThrows(TflException.class, tensor::address);
        assertEquals("TFL-E0571", problem.problem().code());
        assertDoesNotThrow(tensor::discard);
    }

    private static Arguments tensors(String header, String part) {
        var text = header.getBytes(StandardCharsets.US_ASCII);
        return Arguments.of("x.safetensors", ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length).put(text).array(), part);
    }

    private static byte[] npy(String shape) {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
        return ("\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] twice() throws IOException {
        var bytes = zip("a.npy", "b.npy");
        for (int i = 0; i + 5 <= bytes.length; i++) {
            if (new String(bytes, i, 5, StandardCharsets.ISO_8859_1).equals("b.npy")) {
                bytes[i] = 'a';
            }
        }
        return bytes;
    }

    private static byte[] claiming() throws IOException {
        var bytes = zip("a.npy");
        var view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directory = view.getInt(bytes.length - 6);
        view.putInt(directory + 24, Integer.MAX_VALUE);
        return bytes;
    }

    private static byte[] zip(String... names) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(npy("(0,)"));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] wav(int format, int data) {
        return ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN).put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(36).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(format).putShort((short) 1)
                .putShort((short) 1).putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data).array();
    }

    private static byte[] png(int columns, int rows) {
        var out = ByteBuffer.allocate(8 + 25 + 12 + 12).put(PngFormat.signature());
        out.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(columns).putInt(rows).put((byte) 8)
                .put((byte) 0).put(new byte[3]).putInt(0);
        out.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        out.putInt(0).put("IEND".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        return summed(out.array());
    }

    private static byte[] jpeg(int columns, int rows) {
        return ByteBuffer.allocate(32).putShort((short) 0xffd8).putShort((short) 0xffc0).putShort((short) 11)
                .put((byte) 8).putShort((short) rows).putShort((short) columns).put((byte) 1).put((byte) 1)
                .put((byte) 0x11).put((byte) 0).putShort((short) 0xffda).array();
    }
}
