package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import com.oracle.truffle.api.nodes.Node;
import java.util.Arrays;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.BuiltinCalls;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Calls;
import tfl.interpreter.builtin.Foreign;
import tfl.interpreter.builtin.Rebound;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionCode;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.transform.Trace;

/** Calls whatever it is given; remembers the callees it met. */
abstract class DispatchNode extends Node {
    protected final ArgumentShape shape;
    private final Rebinding rebinding;

    /** @param rebinding null for none */
    DispatchNode(ArgumentShape shape, Rebinding rebinding) {
        this.shape = shape;
        this.rebinding = rebinding;
    }

    /** The result of the call; errors about the arguments have no place. */
    final Object call(Object callee, Object[] arguments) {
        if (Trace.isAnyActive()) {
            notePlace();
        }
        return execute(callee, arguments);
    }

    @TruffleBoundary
    private void notePlace() {
        if (getParent() instanceof ExpressionNode around) {
            Place.at(around.span());
        }
    }

    abstract Object execute(Object callee, Object[] arguments);

    @Specialization(guards = "callee.code() == code", limit = "4")
    static Object closure(ClosureValue callee, Object[] arguments,
            @Cached("callee.code()") @SuppressWarnings("unused") FunctionCode code,
            @Cached("plan(callee)") BindingPlan plan,
            @Cached("create(code.target())") DirectCallNode call) {
        return call.call(plan.bind(callee, arguments));
    }

    @Specialization(guards = "callee == function", limit = "3")
    Object builtin(@SuppressWarnings("unused") BuiltinFunction callee, Object[] arguments,
            @Cached("callee") BuiltinFunction function, @Cached("plan(callee)") BindingPlan plan) {
        if (arguments.length == 1 && arguments[0] instanceof Double number && function.builtin().scalar() != null) {
            return function.builtin().scalar().applyAsDouble(number);
        }
        var rebound = rebinding != null && function.builtin().body() instanceof Wrapping ? rebinding.of(arguments)
                : null;
        return body(function, plan.bind(function, arguments), rebound);
    }

    @TruffleBoundary
    private Object body(BuiltinFunction function, Object[] bound, Rebound rebound) {
        var arguments = Arrays.copyOfRange(bound, 1, bound.length);
        var place = EncapsulatingNodeReference.getCurrent();
        var before = place.set(this);
        try {
            return BuiltinCalls.call(function, new CallContext(this, rebound), arguments);
        } finally {
            place.set(before);
        }
    }

    @Specialization(guards = "callee == type", limit = "2")
    static Object construct(@SuppressWarnings("unused") StructType callee, Object[] arguments,
            @Cached("callee") @SuppressWarnings("unused") StructType type,
            @Cached("type.constructor()") FunctionValue constructor,
            @Cached("plan(constructor)") BindingPlan plan,
            @Cached("create(constructor.target())") DirectCallNode call) {
        return call.call(plan.bind(constructor, arguments));
    }

    @Specialization(guards = {"method != null", "callee.type() == type"}, limit = "4")
    static Object callable(StructValue callee, Object[] arguments,
            @Cached("callee.type()") @SuppressWarnings("unused") StructType type,
            @Cached("type.method(CALL)") FunctionValue method,
            @Cached("methodPlan(method)") BindingPlan plan,
            @Cached("createCall(method)") DirectCallNode call) {
        return call.call(plan.bind(method, Calls.prepend(callee, arguments)));
    }

    @Specialization(replaces = {"closure", "builtin", "construct", "callable"})
    @TruffleBoundary
    Object anything(Object callee, Object[] arguments) {
        var place = EncapsulatingNodeReference.getCurrent();
        var before = place.set(this);
        try {
            return Calls.call(new CallContext(this), callee, shape.positionals(arguments),
                    shape.keywords(arguments));
        } catch (TflException error) {
            throw error.problem().code().equals(Foreign.NOT_CALLABLE) && !error.span().isKnown() ? named(error,
                    callee) : error;
        } finally {
            place.set(before);
        }
    }

    private static TflException named(TflException error, Object callee) {
        return TflException.of(error.kind(), Foreign.NOT_CALLABLE, Kinds.describe(callee) + " cannot be called",
                error.problem().help().orElse(null));
    }

    static final String CALL = "call";

    final BindingPlan plan(FunctionValue function) {
        return BindingPlan.of(function, shape);
    }

    final BindingPlan methodPlan(FunctionValue method) {
        return method == null ? null : BindingPlan.of(method, shape.withReceiver());
    }

    static DirectCallNode createCall(FunctionValue method) {
        return method == null ? null : DirectCallNode.create(method.target());
    }
}
