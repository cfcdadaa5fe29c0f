package tfl.stdlib.train;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import tfl.interpreter.builtin.Outside;

/** How many columns the terminal on standard output has, asked anew each time, since windows change. */
final class TerminalWidth {
    private static final long USUAL = 80;
    private static final int STANDARD_OUTPUT = 1;
    private static final long LINUX_WINDOW_SIZE = 0x5413;
    private static final long BSD_WINDOW_SIZE = 0x40087468;

    private TerminalWidth() {}

    /** The columns, or 80 where the system does not say. */
    static long columns() {
        var set = Outside.variable("COLUMNS");
        if (set != null && set.matches("[1-9][0-9]{0,3}")) {
            return Long.parseLong(set);
        }
        try {
            return asked();
        } catch (RuntimeException | LinkageError unknown) {
            return USUAL;
        } catch (Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native function throws nothing", impossible);
        }
    }

    /** {@code struct winsize} begins with two shorts, rows and columns. */
    private static long asked() throws Throwable {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        var linker = Linker.nativeLinker();
        var ioctl = linker.downcallHandle(linker.defaultLookup().find("ioctl").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS), Linker.Option.firstVariadicArg(2));
        try (var arena = Arena.ofConfined()) {
            var size = arena.allocate(8);
            int status = (int) ioctl.invokeExact(STANDARD_OUTPUT, linux ? LINUX_WINDOW_SIZE : BSD_WINDOW_SIZE, size);
            long columns = size.get(ValueLayout.JAVA_SHORT, 2);
            return status == 0 && columns > 0 ? columns : USUAL;
        }
    }
}
