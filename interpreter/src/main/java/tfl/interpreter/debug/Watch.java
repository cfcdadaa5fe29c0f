package tfl.interpreter.debug;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExecutableNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import java.util.HashMap;
import java.util.Map;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.view.View;

/**
 * A text that a debugger runs where a program stands still, such as a watched expression or the condition of a
 * breakpoint. It sees the variables of that place, and may bind them anew; a name that is new belongs to the session.
 */
public final class Watch extends ExecutableNode {
    private final Locals locals;
    private final ModuleScope names;
    private final RootCallTarget program;
    private final ModuleScope session;

    private Watch(TflContext session, Source source, Locals locals) {
        super(session.language());
        this.locals = locals;
        this.session = Modules.of(session).main();
        this.names = locals.info().module().with(locals.names());
        this.program = locals.info().program(source, names, locals.names());
    }

    /**
     * The text at a node.
     *
     * @throws TflException if it is not well formed, or names something that is not there
     */
    public static ExecutableNode of(TflContext session, Source source, Node node, MaterializedFrame frame) {
        var locals = frame == null ? null : Locals.at(node);
        if (locals == null) {
            throw TflException.of(ErrorKind.HOST, "TFL-E0650", "nothing can be evaluated here: no TFL code runs");
        }
        return new Watch(session, source, locals);
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return run(frame.materialize());
    }

    @TruffleBoundary
    private synchronized Object run(MaterializedFrame frame) {
        var before = new HashMap<String, Object>();
        for (var name : locals.names()) {
            Object value = locals.value(frame, name);
            before.put(name, value);
            names.variable(name).set(value);
        }
        var known = Map.copyOf(definitions());
        try {
            return View.of(program.call());
        } finally {
            keep(frame, before, known);
        }
    }

    private Map<String, Object> definitions() {
        var values = new HashMap<String, Object>();
        names.definitionNames().forEach(name -> values.put(name, names.definition(name).value()));
        return values;
    }

    private void keep(MaterializedFrame frame, Map<String, Object> before, Map<String, Object> known) {
        for (var name : names.variableNames()) {
            Object value = names.variable(name).value();
            if (!before.containsKey(name) && locals.info().module().find(name) == null) {
                session.variable(name).set(value);
            } else if (before.containsKey(name) && value != before.get(name)) {
                locals.set(frame, name, value);
            }
        }
        locals.names().forEach(name -> names.variable(name).set(null));
        definitions().forEach((name, value) -> {
            if (!known.containsKey(name)) {
                session.definition(name).set(value);
            }
        });
    }
}
