package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.tck.tests.ErrorTypeTest;
import com.oracle.truffle.tck.tests.ExpressionTest;
import com.oracle.truffle.tck.tests.IdentityFunctionTest;
import com.oracle.truffle.tck.tests.InlineExecutionTest;
import com.oracle.truffle.tck.tests.InvalidSyntaxTest;
import com.oracle.truffle.tck.tests.ScriptTest;
import com.oracle.truffle.tck.tests.StatementTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;

/** Truffle's compatibility kit with {@link TckProvider TFL's values}, and with Java's beside them. */
class TckTest {
    private static final List<Class<?>> SUITES = List.of(IdentityFunctionTest.class, ExpressionTest.class,
            StatementTest.class, ScriptTest.class, ErrorTypeTest.class, InvalidSyntaxTest.class,
            InlineExecutionTest.class);
    /** Every operand may be anything, so that no type is wrong by itself; inline programs are the debugger's. */
    private static final Set<Class<?>> MAY_BE_EMPTY = Set.of(ErrorTypeTest.class, InlineExecutionTest.class);
    private static final int SHOWN = 10;

    @TestFactory
    Stream<DynamicTest> suites() {
        return SUITES.stream().map(suite -> DynamicTest.dynamicTest(suite.getSimpleName(), () -> check(suite)));
    }

    private static void check(Class<?> suite) {
        System.setProperty("tck.language", "tfl");
        try {
            var result = new JUnitCore().run(suite);
            assertEquals("", result.getFailures().stream().limit(SHOWN).map(Failure::getTrace)
                    .collect(Collectors.joining("\n")), result.getFailureCount() + " of " + result.getRunCount());
            assertTrue(result.getRunCount() > 0 || MAY_BE_EMPTY.contains(suite), "nothing was tried");
        } finally {
            System.clearProperty("tck.language");
        }
    }
}
