package tfl.interpreter.node;

import com.oracle.truffle.api.dsl.TypeSystemReference;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.InstrumentableNode;
import com.oracle.truffle.api.instrumentation.ProbeNode;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.interop.NodeLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.source.SourceSection;
import tfl.interpreter.Placed;
import tfl.interpreter.TflContext;
import tfl.interpreter.value.Holding;
import tfl.language.source.Span;

/** Everything that can be executed. */
@TypeSystemReference(TflTypes.class)
@ExportLibrary(NodeLibrary.class)
public abstract class ExpressionNode extends Node implements InstrumentableNode, Placed {
    private Span span = Span.NONE;
    private byte roles;

    /** What a node is to a debugger, besides an expression; it may be several things. */
    public enum Role { STATEMENT, CALL, BODY, WHOLE, TRY }

    /** The value. */
    public abstract Object executeGeneric(VirtualFrame frame);

    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        Object value = executeGeneric(frame);
        if (value instanceof Long number) {
            return number;
        }
        throw new UnexpectedResultException(value);
    }

    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        Object value = executeGeneric(frame);
        if (value instanceof Double number) {
            return number;
        }
        throw new UnexpectedResultException(value);
    }

    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        Object value = executeGeneric(frame);
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new UnexpectedResultException(value);
    }

    /** Executes for the effect; a temporary result is freed. */
    public void run(VirtualFrame frame) {
        Holding.discard(executeGeneric(frame));
    }

    /** Says where in the text this node comes from; once, when it is made. */
    public final ExpressionNode at(Span newSpan) {
        span = newSpan;
        return this;
    }

    /** Marks what a debugger stops at. */
    public final ExpressionNode as(Role role) {
        roles |= (byte) (1 << role.ordinal());
        return this;
    }

    private boolean is(Role role) {
        return (roles & 1 << role.ordinal()) != 0;
    }

    @Override
    public final Span span() {
        return span;
    }

    @Override
    public SourceSection getSourceSection() {
        return getRootNode() instanceof TflRootNode root ? root.section(span) : null;
    }

    @Override
    public boolean isInstrumentable() {
        return span.isKnown();
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.ExpressionTag.class
                || tag == StandardTags.StatementTag.class && is(Role.STATEMENT)
                || tag == StandardTags.CallTag.class && is(Role.CALL)
                || tag == StandardTags.TryBlockTag.class && is(Role.TRY)
                || tag == StandardTags.RootTag.class && is(Role.WHOLE)
                || tag == StandardTags.RootBodyTag.class && is(Role.BODY);
    }

    @Override
    public WrapperNode createWrapper(ProbeNode probe) {
        return new WatchedNode(this, probe);
    }

    @ExportMessage
    final boolean hasScope(@SuppressWarnings("unused") Frame frame) {
        return getRootNode() instanceof TflRootNode;
    }

    /** The variables of the function that runs, as a debugger sees them here. */
    @ExportMessage
    final Object getScope(Frame frame, @SuppressWarnings("unused") boolean enter) throws UnsupportedMessageException {
        if (!hasScope(frame)) {
            throw UnsupportedMessageException.create();
        }
        return TflContext.get(this).locals(this, frame == null ? null : frame.materialize());
    }

    /** That error with this node as its place. */
    public final RuntimeException located(RuntimeException error) {
        return Failures.located(error, span, this);
    }
}
