package tfl.interpreter.node;

/** A node that makes a function whose own nodes are made late. */
public interface MakesFunction {
    /** Makes them now. */
    void prepare();
}
