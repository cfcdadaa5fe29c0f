package tfl.interpreter.builtin.tensor;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;

/** The devices that tensors can be on. There is one, so that a name is all there is to check. */
public final class Devices {
    private Devices() {}

    /**
     * Says that a function is about to use the device of that name, which may end with the number 0.
     *
     * @throws TflException if there is none
     */
    public static void require(String function, String device) {
        String own = Execution.ops().backend().device();
        if (!own.equals(device) && !(own + ":0").equals(device)) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0402", function + ": there is no device \"" + device + "\"",
                    "this machine has: " + own);
        }
    }
}
