package tfl.interpreter.node.call;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;

/** Finds a struct's method of that name; null where there is none. */
abstract class MethodNode extends Node {
    protected final String name;

    MethodNode(String name) {
        this.name = name;
    }

    abstract FunctionValue execute(Object receiver);

    @Specialization(guards = "receiver.type() == type", limit = "4")
    static FunctionValue cached(@SuppressWarnings("unused") StructValue receiver,
            @Cached("receiver.type()") @SuppressWarnings("unused") StructType type,
            @Cached("type.method(name)") FunctionValue method) {
        return method;
    }

    @Specialization(replaces = "cached")
    FunctionValue any(StructValue receiver) {
        return receiver.type().method(name);
    }

    @Fallback
    static FunctionValue others(@SuppressWarnings("unused") Object receiver) {
        return null;
    }
}
