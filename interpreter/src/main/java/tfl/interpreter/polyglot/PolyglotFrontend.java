package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.source.Source;
import tfl.interpreter.Frontend;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.translate.Modules;

/** Runs texts in a session, and shows what comes of them. */
public final class PolyglotFrontend implements Frontend {
    @Override
    public CallTarget parse(TflContext session, Source source) {
        return new EvaluationRootNode(session.language(), Modules.of(session).program(source)).getCallTarget();
    }

    @Override
    public Object scope(TflContext session) {
        return new SessionScope(session);
    }

    @Override
    public Object export(TflContext session, Object value) {
        return GuestValue.of(value);
    }

    @Override
    public String report(TflException error, int width, boolean colour, boolean calls) {
        return Reports.of(error, width, colour, calls);
    }
}
