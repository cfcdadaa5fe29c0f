package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.profiles.BranchProfile;
import java.util.function.Function;
import java.util.function.Supplier;
import tfl.interpreter.Catching;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.jump.Outcomes;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.trace.Body;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.trace.RaisingSide;
import tfl.interpreter.trace.Replay;
import tfl.interpreter.trace.Split;
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
        if (Replay.mayBeNeeded()) {
            CompilerDirectives.transferToInterpreter();
            return replayed(frame.materialize(), own -> cleanup == null ? guarded(own, valued)
                    : cleaned(own, () -> handler == null ? guarded(own, valued)
                            : replayed(own, again -> guarded(again, valued))));
        }
        if (cleanup == null) {
            return guarded(frame, valued);
        }
        Object result;
        try {
            result = guarded(frame, valued);
        } catch (Throwable leaving) {
            failed.enter();
            cleanup.run(frame);
            throw leaving;
        }
        cleanup.run(frame);
        return result;
    }

    private Object replayed(MaterializedFrame frame, Function<MaterializedFrame, Object> work) {
        return Outcomes.deliver(Replay.ofTry(frame, own -> Outcomes.caught(() -> work.apply(own)),
                Outcomes.site(this)));
    }

    /** Does the cleanup after the work, on each way that the work takes. */
    private Object cleaned(MaterializedFrame frame, Supplier<Object> work) {
        Object result;
        try {
            result = catching(work);
        } catch (RaisingSide anew) {
            throw anew;
        } catch (Split split) {
            throw new Split(split.condition(), side(split.yes()), side(split.no()), split.site());
        } catch (AbstractTruffleException thrown) {
            cleanup.run(frame);
            throw Raised.again(thrown);
        } catch (Throwable leaving) {
            cleanup.run(frame);
            throw leaving;
        }
        cleanup.run(frame);
        return result;
    }

    private Body side(Body work) {
        return frame -> Outcomes.caught(() -> cleaned(frame, () -> Outcomes.deliver(work.run(frame))));
    }

    private static Object catching(Supplier<Object> work) {
        boolean entered = Catching.enter();
        try {
            return work.get();
        } finally {
            if (entered) {
                Catching.leave();
            }
        }
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
