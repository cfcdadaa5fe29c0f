package tfl.language.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("print", "reshape", "softmax", "log_softmax", "sum",
            "x", "model", "_private");

    @ParameterizedTest(name = "{0}")
    @CsvSource({"prnit,print", "Print,print", "reshap,reshape", "sofmax,softmax", "smu,sum", "modle,model",
            "y,-", "zzz,-",
        "_privat,_private", "reduce,-"})
    void guesses(String name, String guess) {
        assertEquals(guess, NearestName.of(name, NAMES).orElse("-"));
    }
}
