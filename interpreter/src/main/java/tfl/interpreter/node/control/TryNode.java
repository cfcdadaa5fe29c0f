package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.profiles.BranchProfile;
import tfl.interpreter.Catching;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.trace.RaisingSide;
import tfl.interpreter.trace.Replay;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

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
        return whole(frame, true);
    }

    @Override
    public void run(VirtualFrame frame) {
        Holding.discard(whole(frame, false));
    }

    private Object whole(VirtualFrame frame, boolean valued) {
        if (cleanup == null) {
            return result(frame, valued);
        }
        Object result;
        try {
            result = result(frame, valued);
        } catch (RaisingSide anew) {
            throw anew;
        } catch (Throwable leaving) {
            failed.enter();
            cleanup.run(frame);
            throw leaving;
        }
        cleanup.run(frame);
        return result;
    }

    private Object result(VirtualFrame frame, boolean valued) {
        if (handler == null || !Replay.mayBeNeeded()) {
            return guarded(frame, valued);
        }
        CompilerDirectives.transferToInterpreter();
        return Outcomes.deliver(Replay.ofTry(frame.materialize(), own -> Outcomes.caught(() -> guarded(own, valued)),
                Outcomes.site(this)));
    }

    private Object guarded(VirtualFrame frame, boolean valued) {
        if (handler == null) {
            return value(body, frame, valued);
        }
        try {
            return caught(frame, valued);
        } catch (AbstractTruffleException thrown) {
            failed.enter();
            return handle(frame, thrown, valued);
        } catch (StackOverflowError | OutOfMemoryError tooMuch) {
            failed.enter();
            return handle(frame, (AbstractTruffleException) Failures.located(tooMuch, span(), this), valued);
        }
    }

    private Object caught(VirtualFrame frame, boolean valued) {
        boolean entered = Catching.enter();
        try {
            return value(body, frame, valued);
        } finally {
            if (entered) {
                Catching.leave();
            }
        }
    }

    private Object handle(VirtualFrame frame, AbstractTruffleException thrown, boolean valued) {
        if (error != null) {
            error.bind(frame, CaughtErrors.value(thrown));
        }
        return value(handler, frame, valued);
    }

    private static Object value(ExpressionNode node, VirtualFrame frame, boolean valued) {
        if (valued) {
            return node.executeGeneric(frame);
        }
        node.run(frame);
        return None.NONE;
    }
}
