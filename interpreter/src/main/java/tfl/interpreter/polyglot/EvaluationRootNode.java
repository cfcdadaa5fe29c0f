package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.RootNode;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.builtin.ProgressBars;
import tfl.interpreter.node.Failures;
import tfl.language.source.Span;

/** What an evaluation runs: the program, and its value for whoever asked. */
final class EvaluationRootNode extends RootNode {
    @Child private DirectCallNode program;

    EvaluationRootNode(TflLanguage language, CallTarget program) {
        super(language);
        this.program = DirectCallNode.create(program);
    }

    @Override
    public Object execute(VirtualFrame frame) {
        try {
            return GuestValue.of(program.call());
        } catch (StackOverflowError tooDeep) {
            throw Failures.located(tooDeep, Span.NONE, this);
        } finally {
            endProgress();
        }
    }

    /** A program that stopped half way leaves its progress bars open. */
    @TruffleBoundary
    private void endProgress() {
        var session = TflContext.get(this);
        if (session.has(ProgressBars.class)) {
            ProgressBars.of(session).closeAll();
        }
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
