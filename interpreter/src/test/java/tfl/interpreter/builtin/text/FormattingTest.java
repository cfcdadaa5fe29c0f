package tfl.interpreter.builtin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.interpreter.TflException;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

class FormattingTest {
    @Test
    void numbersAreFormattedAsPythonDoes() throws IOException {
        for (var line : table().lines().filter(line -> !line.startsWith("#")).toList()) {
            var parts = line.split("\t", -1);
            assertEquals(parts[2], format(parts[0], parts[1]), line);
        }
    }

    private static String table() throws IOException {
        try (var stream = FormattingTest.class.getResourceAsStream("/text/format.tsv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String format(String value, String format) {
        String text = value.substring(value.indexOf(' ') + 1);
        Object number = value.startsWith("int") ? (Object) Long.valueOf(text) : (Object) switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.valueOf(text);
        };
        try {
            return Formatting.format(number, format);
        } catch (TflException e) {
            return "ERR";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "abc    | >6     | `   abc`",
        "abc    | *^7    | **abc**",
        "abc    | .2     | ab",
        "abc    | -<5s   | abc--",
        "héλ😀  | >6     | `  héλ😀`",
    })
    void textIsPaddedAndCut(String text, String format, String expected) {
        assertEquals(expected, Formatting.format(text, format));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "d      | the format type `d` does not fit a str",
        "+      | this format does not fit a str",
        ".      | cannot be read: a digit must follow the point",
        "q      | there is no format type",
        "9999999| a width or precision above 100000 is refused",
    })
    void whatDoesNotFitIsSaid(String format, String part) {
        var thrown = assertThrows(TflException.class, () -> Formatting.format("abc", format));
        assertEquals(true, thrown.problem().message().contains(part.replace('`', '"')), thrown.problem().message());
    }

    @Test
    void tensorsAreFormattedByElement() {
        assertEquals("[1.00, 2.50]", Formatting.format(Tensor.of(new float[] {1, 2.5f}, 2), ".2f"));
        assertEquals("[[1, 2], [3, 4]]", Formatting.format(Tensor.of(new long[] {1, 2, 3, 4}, 2, 2), "d"));
        assertEquals("0.50", Formatting.format(Tensor.of(new float[] {0.5f}), ".2f"));
    }

    @Test
    void sequencesAreText() {
        assertEquals("  (1, 2)", Formatting.format(TupleValue.of(1L, 2L), ">8"));
    }
}
