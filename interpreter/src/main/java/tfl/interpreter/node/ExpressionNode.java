package tfl.interpreter.node;

import com.oracle.truffle.api.dsl.TypeSystemReference;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.GenerateWrapper;
import com.oracle.truffle.api.instrumentation.GenerateWrapper.IncomingConverter;
import com.oracle.truffle.api.instrumentation.GenerateWrapper.OutgoingConverter;
import com.oracle.truffle.api.instrumentation.InstrumentableNode;
import com.oracle.truffle.api.instrumentation.ProbeNode;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.source.SourceSection;
import tfl.interpreter.TflContext;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.Holding;
import tfl.language.source.Span;

/** Everything that can be executed. */
@TypeSystemReference(TflTypes.class)
@GenerateWrapper
public abstract class ExpressionNode extends Node implements InstrumentableNode {
    private Span span = Span.NONE;
    private Role role = Role.PART;

    /** What a node is to a debugger. */
    public enum Role { PART, STATEMENT, CALL }

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

    /** What a tool that watches this node is shown: tools know values as other languages do. */
    @OutgoingConverter
    final Object shown(Object value) {
        return TflContext.get(this).export(value);
    }

    /** What a tool gives instead. */
    @IncomingConverter
    final Object given(Object value) {
        return Incoming.value(value);
    }

    /** Says where in the text this node comes from; once, when it is made. */
    public final ExpressionNode at(Span newSpan) {
        span = newSpan;
        return this;
    }

    /** Marks what a debugger stops at. */
    public final ExpressionNode as(Role newRole) {
        role = newRole;
        return this;
    }

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
        return tag == StandardTags.ExpressionTag.class || tag == StandardTags.StatementTag.class
                && role == Role.STATEMENT
                || tag == StandardTags.CallTag.class && role == Role.CALL;
    }

    @Override
    public WrapperNode createWrapper(ProbeNode probe) {
        return new ExpressionNodeWrapper(this, probe);
    }

    /** That error with this node as its place. */
    public final RuntimeException located(RuntimeException error) {
        return Failures.located(error, span, this);
    }
}
