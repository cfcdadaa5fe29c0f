package tfl.language.resolve;

/** Where the value of a name lives. */
public sealed interface Reference {
    /** In a slot of the running function's frame; in a module's own code, of the module's frame. */
    record Local(int slot) implements Reference {}

    /**
     * In the module, under its name, bound by {@code fn}, {@code struct} or {@code import} (or known as such
     * to a prompt). Read live: functions may use each other whatever their order, and see a later
     * redefinition.
     */
    record Definition(String name) implements Reference {}

    /**
     * In the module, under its name: a variable that a function above its first assignment uses. Read and
     * written live.
     */
    record Cell(String name) implements Reference {}

    /** Bound by no text: a name of the prelude. */
    record Global(String name) implements Reference {}
}
