package tfl.primitive;

import java.util.List;
import tfl.tensor.TensorType;

/** A program of primitives that control flow runs as a whole: a branch, a condition, the body of a loop. */
public interface Region {
    /** The types of what it is given. */
    List<TensorType> inputTypes();

    /** The types of what it gives. */
    List<TensorType> outputTypes();

    /** Applies its primitives in order. Values that are made on the way and not given back are dropped. */
    <V> List<V> apply(Ops<V> ops, List<V> inputs);

    /** Which of the inputs an output is, unchanged; -1 if none. */
    int passed(int output);

    /** Whether it must run only where it is meant to: it has effects, or trusts data such as indices. */
    boolean isGuarded();

    /** Whether it does something beside computing. */
    boolean hasEffect();

    /** Another region: what a program makes of inputs of those types. */
    Region derive(List<TensorType> types, Program program);

    /** A program over any kind of values. */
    interface Program {
        <V> List<V> apply(Ops<V> ops, List<V> inputs);
    }
}
