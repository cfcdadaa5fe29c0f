package tfl.session;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * The end of the process at once. The Java VM's own way runs the native libraries' own ends, which give up their code
 * below kernels that still run.
 */
public final class ProcessEnd {
    private ProcessEnd() {}

    /** Ends the process with this status; nothing of it runs any more. */
    public static void now(int status) {
        var linker = Linker.nativeLinker();
        var exit = linker.downcallHandle(linker.defaultLookup().find("_exit").orElseThrow(),
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        try {
            exit.invokeExact(status);
        } catch (Throwable impossible) {
            Runtime.getRuntime().halt(status);
        }
    }
}
