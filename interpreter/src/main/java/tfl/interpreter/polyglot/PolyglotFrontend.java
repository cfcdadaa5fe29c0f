package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.ExecutableNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Frontend;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.debug.LocalScope;
import tfl.interpreter.debug.Watch;
import tfl.interpreter.node.Failures;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.view.LanguageView;
import tfl.language.source.Span;
import tfl.tensor.Memory;

/** Runs texts in a session, and shows what comes of them. */
public final class PolyglotFrontend implements Frontend {
    private boolean ready;

    @Override
    public CallTarget parse(TflContext session, Source source) {
        return new EvaluationRootNode(session.language(), program(session, source)).getCallTarget();
    }

    /** The program itself, for who frees its value. */
    CallTarget program(TflContext session, Source source) {
        if (!ready) {
            prepare(session);
        }
        return Modules.of(session).program(source);
    }

    @Override
    public Object scope(TflContext session) {
        return new SessionScope(this, session);
    }

    @Override
    public Object export(TflContext session, Object value) {
        return GuestValue.of(value);
    }

    @Override
    public Object view(Object value) {
        return new LanguageView(value);
    }

    @Override
    public Object locals(Node node, MaterializedFrame frame) {
        return LocalScope.of(node, frame);
    }

    @Override
    public ExecutableNode within(TflContext session, Source source, Node node, MaterializedFrame frame) {
        return Watch.of(session, source, node, frame);
    }

    @Override
    public Span place(TflException error) {
        return Reports.place(error);
    }

    @Override
    public RuntimeException located(Throwable failure) {
        return switch (failure) {
            case RuntimeException unchecked -> Failures.located(unchecked, Span.NONE, null);
            case Error error -> Failures.located(error, Span.NONE, null);
            default -> throw new IllegalStateException(failure);
        };
    }

    @Override
    public String report(TflException error, int width, boolean colour, boolean calls) {
        return Reports.of(error, width, colour, calls);
    }

    /**
     * Checks the settings, and readies what would have to be initialised at the very end of the stack when calls
     * nest too deep: a class that fails to initialise there stays broken.
     */
    private void prepare(TflContext session) {
        ready = true;
        try {
            Memory.limit();
        } catch (IllegalArgumentException setting) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0278", setting.getMessage());
        }
        if (!session.device().equals("cpu")) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0278", "there is no device " + session.device(),
                    "this machine has: cpu");
        }
        new EvaluationRootNode(session.language(),
                RootNode.createConstantNode(0L).getCallTarget()).getCallTarget().call();
        Failures.located(new StackOverflowError(), Span.NONE, null);
        if (session.account() != null) {
            MemoryWatch.over(session);
        }
        if (!session.seed().isEmpty()) {
            seed(session);
        }
    }

    private static void seed(TflContext session) {
        try {
            new CallContext(null).call(Modules.of(session).globals().find("seed"), Long.valueOf(session.seed()));
        } catch (NumberFormatException noNumber) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0278", "a seed is an int, not " + session.seed(), null);
        }
    }
}
