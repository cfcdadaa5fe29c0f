package tfl.backend;

import tfl.tensor.Tensor;

/** Where the results of an {@link Executable} are wanted. */
public final class Places {
    /**
     * Anywhere. No constant of the interface: the start-up cache keeps no lambda for one that has a default method and
     * something to initialise, and makes a class for it in every process.
     */
    public static final Tensor[] ANYWHERE = new Tensor[0];

    private Places() {}
}
