package tfl.interpreter.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.ValueText;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/**
 * The tables under {@code resources/builtin}: {@code expression -> text}, where the text is what the value prints
 * as inside
 * of others, or, for tensors, type and elements (compared as numbers); or {@code expression !! part of the message}.
 */
class BuiltinTableTest {
    private static final List<String> TABLES = List.of("creation", "elementwise", "operators", "manipulation",
            "statistics",
            "searching", "indexing", "core", "neural", "text", "random", "linalg", "fft");

    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:true|false|nan|inf|[0-9.]+(?:e[-+]?[0-9]+)?)");

    @TestFactory
    Stream<DynamicTest> tables() {
        return TABLES.stream().flatMap(BuiltinTableTest::rows);
    }

    private static Stream<DynamicTest> rows(String table) {
        var tests = new ArrayList<DynamicTest>();
        for (var line : lines(table)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                tests.add(DynamicTest.dynamicTest(table + ": " + line, () -> check(line)));
            }
        }
        return tests.stream();
    }

    private static List<String> lines(String table) {
        try (var stream = BuiltinTableTest.class.getResourceAsStream("/builtin/" + table + ".txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String line) {
        int error = line.indexOf(" !! ");
        if (error >= 0) {
            checkError(line.substring(0, error).strip(), line.substring(error + 4).strip());
            return;
        }
        int arrow = line.lastIndexOf(" -> ");
        String expected = line.substring(arrow + 4).strip();
        Object value = Expression.value(line.substring(0, arrow).strip());
        if (value instanceof TensorValue tensor) {
            checkTensor(expected, Concrete.of(tensor));
        } else {
            assertEquals(expected, ValueText.inline(value));
        }
    }

    private static void checkTensor(String expected, Tensor tensor) {
        String type = tensor.type().toString();
        if (!expected.startsWith(type + " ")) {
            assertEquals(expected, type + " " + ValueText.print(tensor));
        }
        var numbers = NUMBER.matcher(expected.substring(type.length())).results().map(MatchResult::group).toList();
        boolean complex = tensor.dtype().isComplex();
        assertEquals(numbers.size(), complex ? 2 * tensor.size() : tensor.size(), () -> ValueText.print(tensor));
        for (int i = 0; i < numbers.size(); i++) {
            double found = !complex ? tensor.readDouble(i) : i % 2 == 0 ? tensor.readDouble(i / 2)
                    : tensor.readImaginary(i / 2);
            double wanted = number(numbers.get(i));
            int at = i;
            double slack = tolerance(tensor.dtype()) * Math.max(1, Math.abs(wanted));
            boolean same = Double.compare(wanted, found) == 0 || Math.abs(wanted - found) <= slack;
            assertTrue(same, () -> "element " + at + " of " + ValueText.print(tensor) + " is not " + wanted);
        }
    }

    private static double tolerance(DType dtype) {
        return dtype.isFloat() || dtype.isComplex() ? dtype == DType.F16 || dtype == DType.BF16 ? 1e-2 : 2e-6 : 0;
    }

    private static double number(String text) {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            case "nan" -> Double.NaN;
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static void checkError(String expression, String part) {
        try {
            fail("no error, but " + ValueText.inline(Expression.value(expression)));
        } catch (TflException e) {
            String help = e.problem().help().map(text -> " help: " + text).orElse("");
            if (!(e.problem().message() + help).contains(part)) {
                assertEquals(part, e.problem().message() + help);
            }
        }
    }
}
