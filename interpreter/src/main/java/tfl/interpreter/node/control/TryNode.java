package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.profiles.BranchProfile;
import java.util.function.Supplier;
import tfl.interpreter.Catching;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.RaisedEitherWay;

/** {@code try { } catch e { } finally { }}. */
public final class TryNode extends ExpressionNode {
    @Child private ExpressionNode body;
    @Child private PatternNode error;
    @Child private ExpressionNode handler;
    @Child private ExpressionNode cleanup;
    private final BranchProfile failed = BranchProfile.create();

    /**
     * @param error binds the caught error; null for none
     * @param handler null for none
     * @param cleanup null for none
     */
    public TryNode(ExpressionNode body, PatternNode error, ExpressionNode handler, ExpressionNode cleanup) {
        this.body = body;
        this.error = error;
        this.handler = handler;
        this.cleanup = cleanup;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (cleanup == null) {
            return guarded(frame);
        }
        Object result;
        try {
            result = guarded(frame);
        } catch (Throwable leaving) {
            failed.enter();
            cleanup.run(frame);
            throw leaving;
        }
        cleanup.run(frame);
        return result;
    }

    private Object guarded(VirtualFrame frame) {
        if (handler == null) {
            return body.executeGeneric(frame);
        }
        try {
            return caught(frame);
        } catch (RaisedEitherWay choice) {
            CompilerDirectives.transferToInterpreter();
            return Outcomes.deliver(eitherWay(frame.materialize(), choice));
        } catch (AbstractTruffleException thrown) {
            failed.enter();
            return handle(frame, thrown);
        } catch (StackOverflowError | OutOfMemoryError tooMuch) {
            failed.enter();
            return handle(frame, (AbstractTruffleException) Failures.located(tooMuch, span(), this));
        }
    }

    private Object caught(VirtualFrame frame) {
        boolean entered = Catching.enter();
        try {
            return body.executeGeneric(frame);
        } finally {
            if (entered) {
                Catching.leave();
            }
        }
    }

    private Outcome eitherWay(MaterializedFrame frame, RaisedEitherWay choice) {
        return Choice.of(frame, choice.condition(), own -> side(own, choice::yes), own -> side(own, choice::no),
                Outcomes.site(this));
    }

    /** The error of one side is caught where that side is written. */
    private Outcome side(MaterializedFrame frame, Supplier<Outcome> raising) {
        return Outcomes.caught(() -> {
            try {
                return raised(raising);
            } catch (RaisedEitherWay choice) {
                return Outcomes.deliver(eitherWay(frame, choice));
            } catch (AbstractTruffleException thrown) {
                return handle(frame, thrown);
            }
        });
    }

    private static Object raised(Supplier<Outcome> raising) {
        boolean entered = Catching.enter();
        try {
            return Outcomes.deliver(raising.get());
        } finally {
            if (entered) {
                Catching.leave();
            }
        }
    }

    private Object handle(VirtualFrame frame, AbstractTruffleException thrown) {
        if (error != null) {
            error.bind(frame, CaughtErrors.value(thrown));
        }
        return handler.executeGeneric(frame);
    }
}
