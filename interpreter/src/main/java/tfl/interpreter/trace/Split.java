package tfl.interpreter.trace;

import com.oracle.truffle.api.nodes.ControlFlowException;
import com.oracle.truffle.api.nodes.Node;
import tfl.tensor.TensorValue;

/**
 * The two sides of a choice end in different ways, such as one that returns and one that goes on. The frame is as it
 * was before the choice; the block around takes the rest of itself into both sides.
 */
public final class Split extends ControlFlowException {
    private final transient TensorValue condition;
    private final transient Body yes;
    private final transient Body no;
    private final transient Node site;

    public Split(TensorValue condition, Body yes, Body no, Node site) {
        this.condition = condition;
        this.yes = yes;
        this.no = no;
        this.site = site;
    }

    public TensorValue condition() {
        return condition;
    }

    public Body yes() {
        return yes;
    }

    public Body no() {
        return no;
    }

    public Node site() {
        return site;
    }
}
