package tfl.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.session.Misuse;

/** Options told from words. */
class CommandLineTest {

    private static CommandLine leading(String line) {
        return CommandLine.leading(List.of(line.split(" ")), EnumSet.allOf(Flag.class));
    }

    private static CommandLine anywhere(String line) {
        return CommandLine.anywhere(List.of(line.split(" ")), EnumSet.of(Flag.CHECK, Flag.SEED));
    }

    @Test
    void optionsEndAtTheFirstWord() {
        assertEquals(new CommandLine(Map.of(Flag.SEED, "3", Flag.DEBUG, ""), List.of("a.tfl", "--quiet", "-e")),
                leading("--seed 3 --debug a.tfl --quiet -e"));
    }

    @Test
    void optionsMayFollowWords() {
        assertEquals(new CommandLine(Map.of(Flag.SEED, "-4", Flag.CHECK, ""), List.of("a", "b")),
                anywhere("a --seed=-4 b --check"));
    }

    @Test
    void twoDashesEndTheOptions() {
        assertEquals(List.of("--check", "x"), anywhere("-- --check x").words());
        assertEquals(List.of("--seed"), leading("-- --seed").words());
    }

    @Test
    void aDashAloneIsAWordAndShortNamesWork() {
        assertEquals(List.of("-", "x"), leading("- x").words());
        assertEquals(Map.of(Flag.HELP, "", Flag.VERSION, ""), leading("-h -V").flags());
        assertEquals("a=b", leading("-e a=b").value(Flag.CODE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--nope            | unknown option `--nope`",
        "-x                | unknown option `-x`",
        "a --debug         | unknown option `--debug`",
        "a --seed          | `--seed` needs a value: --seed N",
        "--check=yes       | `--check` takes no value",
        "--seed x          | `--seed` needs a whole number, not `x`"})
    void mistakesAreNamed(String line, String message) {
        assertEquals(message, assertThrows(Misuse.class, () -> anywhere(line).seed()).getMessage());
    }
}
