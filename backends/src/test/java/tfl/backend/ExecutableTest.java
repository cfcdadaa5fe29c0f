package tfl.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutableTest {
    /** The start-up cache holds no lambda of an interface with default methods that has something to initialise. */
    @Test
    void itsLambdasCanBeInTheStartUpCache() {
        assertEquals(List.of(), List.of(Executable.class.getDeclaredFields()));
    }
}
