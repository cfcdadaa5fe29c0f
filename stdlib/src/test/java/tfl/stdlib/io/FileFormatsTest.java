package tfl.stdlib.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

class FileFormatsTest {
    private static final Tensor MATRIX = Tensor.of(new float[] {1, -2.5f, 0, 3e10f, -0f, 7}, 2, 3);
    private static final Tensor BYTES = Tensor.ofBytes(DType.U8, new byte[] {0, 1, (byte) 255, 7, 8, 9}, 2, 3);

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(".npy", MATRIX),
                Arguments.of(".npy", Tensor.of(new long[] {Long.MIN_VALUE, 5}, 2)),
                Arguments.of(".npy", Tensor.scalar(DType.F64, 0.1)),
                Arguments.of(".npy", Tensor.of(new float[0], 0, 4)),
                Arguments.of(".npz", RecordValue.of(ordered("a", MATRIX, "b", BYTES))),
                Arguments.of(".safetensors", RecordValue.of(ordered("b", MATRIX, "a.0", BYTES))),
                Arguments.of(".idx", BYTES),
                Arguments.of(".idx", MATRIX),
                Arguments.of(".png", BYTES),
                Arguments.of(".png", Tensor.ofBytes(DType.U8, new byte[36], 3, 4, 3)),
                Arguments.of(".csv", RecordValue.of(ordered("n", Tensor.of(new long[] {1, 2}, 2), "s",
                        TupleValue.of("x, \"y\"", "z")))),
                Arguments.of(".json", RecordValue.of(ordered("n", None.NONE, "t", TupleValue.of(1L, 2.5, true, "é")))),
                Arguments.of(".txt", "two\nlines ∇"));
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatWasWrittenIsRead(String extension, Object value) throws IOException {
        var format = FileFormats.of("f" + extension);
        assertSame(value, read(format, write(format, value)));
    }

    @ParameterizedTest
    @MethodSource("written")
    void everyPrefixAndNoiseIsReadOrCorrupt(String extension, Object value) throws IOException {
        var format = FileFormats.of("f" + extension);
        var bytes = write(format, value);
        var random = new Random(7);
        for (int length = 0; length < bytes.length; length++) {
            readOrCorrupt(format, Arrays.copyOf(bytes, length));
            var noisy = bytes.clone();
            noisy[length] = (byte) random.nextInt();
            readOrCorrupt(format, noisy);
        }
    }

    static byte[] write(FileFormat format, Object value) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(value, new ByteSink(out));
        return out.toByteArray();
    }

    static Object read(FileFormat format, byte[] bytes) {
        return format.read(new ByteReader(ByteSource.of(bytes)));
    }

    private static void readOrCorrupt(FileFormat format, byte[] bytes) {
        try {
            read(format, bytes);
        } catch (CorruptFile expected) {
            assertTrue(expected.offset() >= -1 && expected.offset() <= bytes.length, expected.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '1\\n2'          | i64[2, 1]
            '1,2.5\\n3,4'    | f64[2, 2]
            'a\\n1\\n2'      | a: i64[2]
            'a\\n1.5\\n'     | a: f64[1]
            'a,b\\n,x\\n2,y' | a: f64[2], b: tuple
            'a\\ntrue\\nFALSE' | a: bool[2]
            """)
    void columnsFindTheirTypes(String text, String expected) {
        assertEquals(expected,
                describe(read(new CsvFormat(), text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void raggedCsvNamesTheLine() {
        var problem = assertThrows(CorruptFile.class,
                () -> read(new CsvFormat(), "a,b\n1,2\n3\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals("line 3 has 1 cells, the first line has 2", problem.getMessage());
    }

    @Test
    void fortranOrderIsTransposed() {
        var header = "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }\n";
        var bytes = new byte[10 + header.length() + 24];
        System.arraycopy(("\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header)
                .getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, 10 + header.length());
        for (int i = 0; i < 6; i++) {
            bytes[10 + header.length() + 4 * i] = (byte) i;
        }
        var tensor = (Tensor) read(new NpyFormat(), bytes);
        assertArrayEquals(new long[] {0, 2, 4, 1, 3, 5}, tensor.toLongs());
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        var map = new LinkedHashMap<String, Object>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }

    private static String describe(Object value) {
        if (value instanceof RecordValue record) {
            var text = new StringBuilder();
            for (int i = 0; i < record.layout().size(); i++) {
                text.append(i == 0 ? "" : ", ").append(record.layout().name(i)).append(": ")
                        .append(describe(record.get(i)));
            }
            return text.toString();
        }
        return value instanceof Tensor tensor ? tensor.type().toString() : "tuple";
    }

    private static void assertSame(Object expected, Object actual) {
        switch (expected) {
            case Tensor tensor -> {
                assertEquals(tensor.type(), ((Tensor) actual).type());
                assertArrayEquals(tensor.toBytes(), ((Tensor) actual).toBytes());
            }
            case TupleValue tuple -> {
                for (int i = 0; i < tuple.size(); i++) {
                    assertSame(tuple.get(i), ((TupleValue) actual).get(i));
                }
            }
            case RecordValue record -> {
                assertEquals(record.layout().names(), ((RecordValue) actual).layout().names());
                for (int i = 0; i < record.layout().size(); i++) {
                    assertSame(record.get(i), ((RecordValue) actual).get(i));
                }
            }
            default -> assertEquals(expected, actual);
        }
    }
}
