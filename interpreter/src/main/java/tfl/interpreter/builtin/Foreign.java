package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.interop.UnsupportedTypeException;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.Holding;
import tfl.tensor.Tensor;
import tfl.transform.Lifted;
import tfl.transform.Trace;

/** Functions and objects of Java and of other languages, as programs use them. */
public final class Foreign {
    /** The code of the error about a value that cannot be called. */
    public static final String NOT_CALLABLE = "TFL-E0210";
    private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

    private Foreign() {}

    /** Something that another language does. */
    private interface Step {
        Object run() throws InteropException;
    }

    /** Calls a function, or makes an instance of a class. */
    @TruffleBoundary
    public static Object call(CallContext context, Object callee, Object[] arguments) {
        if (callee instanceof TruffleObject && INTEROP.isExecutable(callee)) {
            return done(context, "this function", () -> Incoming.argument(INTEROP.execute(callee,
                    outside(context, "this function", arguments))));
        }
        if (callee instanceof TruffleObject && INTEROP.isInstantiable(callee)) {
            return done(context, "this class", () -> Incoming.value(INTEROP.instantiate(callee,
                    outside(context, "this class", arguments))));
        }
        throw TflException.of(ErrorKind.TYPE, NOT_CALLABLE, "this value cannot be called",
                "functions, structs with a method call, and struct types can");
    }

    static boolean isCallable(Object value) {
        return value instanceof TruffleObject && (INTEROP.isExecutable(value) || INTEROP.isInstantiable(value));
    }

    /** A member of an object or class, or null. */
    @TruffleBoundary
    public static Object member(Object receiver, String name) {
        try {
            return INTEROP.isMemberReadable(receiver, name) ? Incoming.value(INTEROP.readMember(receiver, name)) : null;
        } catch (UnsupportedMessageException | UnknownIdentifierException gone) {
            return null;
        }
    }

    /** Whether the value is foreign and has such a method. */
    @TruffleBoundary
    public static boolean isInvocable(Object receiver, String name) {
        return INTEROP.isMemberInvocable(receiver, name);
    }

    /** Calls a method of an object or class. */
    @TruffleBoundary
    public static Object invoke(CallContext context, Object receiver, String name, Object[] arguments) {
        return done(context, name, () -> Incoming.value(INTEROP.invokeMember(receiver, name,
                outside(context, name, arguments))));
    }

    /** A value that came from outside, as one of ours where there is one. */
    public static Object toGuest(Object value) {
        return Incoming.value(value);
    }

    /** The place where it stands goes with it, for the stack trace of what it throws. */
    private static Object done(CallContext context, String name, Step step) {
        var place = EncapsulatingNodeReference.getCurrent();
        var before = place.set(context.caller() == null ? place.get() : context.caller());
        try {
            return step.run();
        } catch (InteropException problem) {
            throw failed(name, problem);
        } finally {
            place.set(before);
        }
    }

    private static TflException failed(String name, InteropException problem) {
        String message = switch (problem) {
            case ArityException arity -> name + " takes " + counted(arity) + ", not " + arity.getActualArity();
            case UnsupportedTypeException types -> name + " does not take these arguments: " + types.getMessage();
            default -> name + " cannot be called so: " + problem.getMessage();
        };
        return TflException.of(ErrorKind.HOST, "TFL-E0296", "outside of TFL, " + message, null);
    }

    private static String counted(ArityException arity) {
        int least = arity.getExpectedMinArity();
        int most = arity.getExpectedMaxArity();
        String count = least == most ? "" + least : most < 0 ? "at least " + least : least + " to " + most;
        return count + (count.equals("1") ? " argument" : " arguments");
    }

    private static Object[] outside(CallContext context, String name, Object[] arguments) {
        var converted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            if (Holding.reaches(arguments[i], tensor -> !(tensor instanceof Tensor))) {
                throw unknown(name, arguments[i]);
            }
            converted[i] = context.session().export(arguments[i]);
        }
        if (Trace.isActive()) {
            Outside.reach(name, "runs code of Java or another language");
        }
        return converted;
    }

    /** What only stands for a tensor means nothing outside, and no derivative comes back from there. */
    private static TflException unknown(String name, Object argument) {
        boolean known = !Holding.reaches(argument, tensor -> !Lifted.isKnown(tensor));
        if (known) {
            return TflException.of(ErrorKind.HOST, "TFL-E0635", name + " is code of Java or another language, "
                    + "which cannot be differentiated",
                    "pass stop_gradient(x), or say what the gradient is with custom_grad(f, backward)");
        }
        boolean traced = Trace.isActive();
        return TflException.of(ErrorKind.HOST, "TFL-E0635", name + " is code of Java or another language, which "
                + (traced ? "is no part of a graph: its argument is known only when the graph runs"
                        : "vmap cannot map: its argument stands for many values"),
                traced ? "call it outside of the graph and pass the result in"
                        : "call it in a loop: [f(x) for x in xs]");
    }
}
