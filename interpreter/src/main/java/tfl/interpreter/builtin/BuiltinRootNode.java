package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.RootNode;
import java.util.Arrays;

/** A builtin as a call target, for callers that do not know what they call. */
public final class BuiltinRootNode extends RootNode {
    private final BuiltinFunction function;

    public BuiltinRootNode(BuiltinFunction function) {
        super(null);
        this.function = function;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return call(frame.getArguments());
    }

    @TruffleBoundary
    private Object call(Object[] arguments) {
        var own = Arrays.copyOfRange(arguments, 1, arguments.length);
        return BuiltinCalls.call(function, new CallContext(this), own);
    }

    @Override
    public String getName() {
        return function.name();
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
