package tfl.backend;

/** A shared library that an operation cannot do without is not here. */
public final class MissingLibrary extends RuntimeException {
    private final String jar;

    /**
     * The library of that name.
     *
     * @param jar the Maven coordinates of what brings it
     */
    public MissingLibrary(String name, String jar, UnsatisfiedLinkError why) {
        super(name + " cannot be loaded: " + why.getMessage(), why);
        this.jar = jar;
    }

    /** The Maven coordinates of what brings it. */
    public String jar() {
        return jar;
    }
}
