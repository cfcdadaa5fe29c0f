package tfl.interpreter.node.define;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.profiles.BranchProfile;
import com.oracle.truffle.api.source.Source;
import tfl.interpreter.Place;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.node.jump.ReturnException;
import tfl.interpreter.node.match.AnnotationNode;
import tfl.interpreter.value.Holding;
import tfl.language.source.Span;

/** A function: entry, body, and letting go of its variables. */
public final class FunctionRootNode extends TflRootNode {
    @Child private ExpressionNode whole;
    @Child private AnnotationNode resultAnnotation;
    private final String owner;
    private final Span bodySpan;
    private final int variables;
    private final BranchProfile returned = BranchProfile.create();

    /**
     * @param owner the struct whose method it is, or null
     * @param whole a {@link WholeNode}, or what is around it
     * @param variables how many slots, from the first, hold their values
     * @param resultAnnotation null for none
     */
    public FunctionRootNode(TruffleLanguage<?> language, FrameDescriptor descriptor, String owner, String name,
            Source source, Span span,
            ExpressionNode whole, Span bodySpan, AnnotationNode resultAnnotation, int variables) {
        super(language, descriptor, name, source, span);
        this.owner = owner;
        this.whole = whole;
        this.bodySpan = bodySpan;
        this.resultAnnotation = resultAnnotation;
        this.variables = variables;
    }

    @Override
    public String getName() {
        return owner == null ? function() : owner + "." + function();
    }

    @Override
    public Object execute(VirtualFrame frame) {
        var caller = Place.enter(function(), source(), span());
        try {
            return run(frame);
        } finally {
            if (caller != null) {
                Place.back(caller);
            }
        }
    }

    private Object run(VirtualFrame frame) {
        Object result;
        try {
            result = whole.executeGeneric(frame);
        } catch (ReturnException jump) {
            returned.enter();
            result = jump.result();
        } catch (OutOfMemoryError tooMuch) {
            throw Failures.located(tooMuch, span(), this);
        }
        if (resultAnnotation != null && !resultAnnotation.accepts(frame, result)) {
            throw resultAnnotation.mismatch(frame, result, "the result of " + function(), bodySpan, this);
        }
        letGo(frame, result);
        return result;
    }

    @Override
    public boolean isBody(Node child) {
        return child == whole;
    }

    @ExplodeLoop
    private void letGo(VirtualFrame frame, Object result) {
        Holding.retain(result);
        for (int slot = 0; slot < variables; slot++) {
            if (frame.isObject(slot)) {
                Holding.release(frame.getObject(slot));
            }
        }
        Holding.unretain(result);
    }
}
