package tfl.interpreter.node;

import com.oracle.truffle.api.nodes.Node;

/** A node that ends with one of its children: the child's value is its own, and nothing is done in between. */
public interface Ending {
    /** Whether it ends with that child. */
    boolean endsWith(Node child);
}
