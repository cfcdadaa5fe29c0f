package tfl.session;

import java.util.function.Consumer;

/**
 * What an interrupt from the keyboard does while a command of another room runs. The {@code tfl} command, which hears
 * signals, provides it; elsewhere an interrupt does what the virtual machine does of itself.
 */
public final class Interrupts {
    private static volatile Consumer<Runnable> door = handler -> { };

    private Interrupts() {}

    /** Has handlers brought to whoever hears the signals. */
    public static void provide(Consumer<Runnable> register) {
        door = register;
    }

    /** From now on an interrupt does this, and a second one ends the process. */
    public static void handle(Runnable handler) {
        door.accept(handler);
    }
}
