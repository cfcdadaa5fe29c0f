package tfl.interpreter.node.variable;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.node.ExpressionNode;

/** Reads a variable that lives in the module: a function above its first assignment uses it. */
public final class ReadVariableNode extends ExpressionNode {
    private final ModuleScope module;
    private final Variable variable;

    public ReadVariableNode(ModuleScope module, Variable variable) {
        this.module = module;
        this.variable = variable;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object value = variable.value();
        if (value != null) {
            return value;
        }
        value = module.find(variable.name());
        if (value == null) {
            CompilerDirectives.transferToInterpreter();
            throw located(TflException.of(ErrorKind.NAME, "TFL-E0201", variable.name() + " has no value yet",
                    "it is assigned further down, or nowhere"));
        }
        return value;
    }
}
