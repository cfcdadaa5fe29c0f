package tfl.interpreter.builtin.prelude;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.interpreter.builtin.prelude.ContractionOrder.Tree;

/** Orders of joining, one line one case: the operands, the result, the sizes, and how they come together. */
class ContractionOrderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "i                  | i  | i2                   | 0",
        "ij jk              | ik | i2 j3 k4             | (0 1)",
        "ij jk kl           | il | i9 j9 k9 l1          | (0 (1 2))",
        "ij jk kl           | il | i1 j9 k9 l9          | ((0 1) 2)",
        "ij jk kl           | il | i9 j9 k9 l9          | ((0 1) 2)",
        "i ij jk k          | ''  | i5 j6 k7             | (0 (1 (2 3)))",
        "ij j jk            | ik | i5 j6 k7             | ((0 1) 2)",
        "ij kl jk           | il | i10 j100 k100 l10    | ((0 2) 1)",
        "ab bc cd de ef     | af | a10 b20 c5 d30 e2 f9 | ((0 (1 (2 3))) 4)",
    })
    void cheapest(String operands, String result, String sizes, String expected) {
        assertEquals(expected, text(order(List.of(operands.split(" ")), result, sizes)));
    }

    private static Tree order(List<String> operands, String result, String sizes) {
        var known = new HashMap<Character, Long>();
        for (var size : sizes.split(" ")) {
            known.put(size.charAt(0), Long.parseLong(size.substring(1)));
        }
        return ContractionOrder.of(operands, result, known);
    }

    /** A chain of matrices with a vector at its end is joined from that end, also by the greedy order. */
    @Test
    void manyOperands() {
        int count = ContractionOrder.MOST_TRIED + 4;
        var operands = IntStream.range(0, count).mapToObj(k -> k == count - 1 ? "" + (char) ('a' + k)
                : "" + (char) ('a' + k) + (char) ('b' + k)).toList();
        var sizes = new StringBuilder();
        IntStream.range(0, count).forEach(k -> sizes.append((char) ('a' + k)).append("50 "));
        var expected = IntStream.range(0, count - 1).mapToObj(k -> "(" + k + " ").reduce("", String::concat)
                + (count - 1) + ")".repeat(count - 1);
        assertEquals(expected, text(order(operands, "a", sizes.toString())));
    }

    private static String text(Tree tree) {
        return switch (tree) {
            case Tree.Operand(int index) -> Integer.toString(index);
            case Tree.Join(var left, var right) -> "(" + text(left) + " " + text(right) + ")";
        };
    }
}
