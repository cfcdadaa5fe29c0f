package tfl.stdlib.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalNumbersTest {
    @Test
    void decidedNumbersAreTheNearest() {
        var random = new Random(3);
        int decided = 0;
        for (int i = 0; i < 300_000; i++) {
            long digits = random.nextLong() >>> random.nextInt(64);
            int exponent = random.nextInt(140) - 70;
            double got = DecimalNumbers.of(digits, exponent);
            if (!Double.isNaN(got)) {
                decided++;
                assertEquals(Double.parseDouble(Long.toUnsignedString(digits) + "e" + exponent), got,
                        digits + "e" + exponent);
            }
        }
        assertTrue(decided > 250_000, "decided " + decided);
    }

    @Test
    void theShortestTextOfADoubleIsThatDouble() {
        var random = new Random(4);
        var cell = new CsvCell();
        for (int i = 0; i < 200_000; i++) {
            double value = i % 2 == 0 ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong());
            var text = Double.toString(value).toCharArray();
            var kind = cell.read(text, 0, text.length);
            assertEquals(CsvCell.Kind.NUMBER, kind);
            assertEquals(value, cell.number());
        }
    }

    @ParameterizedTest
    @CsvSource({"9007199254740993, 9.007199254740992E15", "9007199254740995, 9.007199254740996E15",
        "0.5000000000000000277, 0.5", "-0.0, -0.0", "1e400, Infinity", "4.9e-324, 4.9E-324", "' +1.5e2 ', 150",
        "123456789012345678901234567890, 1.2345678901234568E29", ".5, 0.5", "5., 5"})
    void hardCells(String text, double expected) {
        var cell = new CsvCell();
        cell.read(text.toCharArray(), 0, text.length());
        assertEquals(expected, cell.number());
    }

    @ParameterizedTest
    @CsvSource({"1e, TEXT", "1.2.3, TEXT", "., TEXT", "-, TEXT", "0x10, TEXT", "1_000, TEXT", "' ', EMPTY",
        "+inf, NUMBER", "True, BOOL", "+true, TEXT", "007, WHOLE", "1234567890123456789, NUMBER",
        "nan, NUMBER", "infinite, TEXT"})
    void kinds(String text, CsvCell.Kind expected) {
        assertEquals(expected, new CsvCell().read(text.toCharArray(), 0, text.length()));
    }
}
