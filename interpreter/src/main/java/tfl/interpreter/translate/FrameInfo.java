package tfl.interpreter.translate;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.Source;
import java.util.List;
import java.util.Set;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.CaptureNames;
import tfl.language.resolve.Scope;

/** What a frame says of the function it belongs to, for debuggers: its variables, and the text it stands in. */
public final class FrameInfo implements CaptureNames {
    private final Unit unit;
    private final Scope scope;

    FrameInfo(Unit unit, Scope scope) {
        this.unit = unit;
        this.scope = scope;
    }

    /** The names of the slots, and where they come from. */
    public Scope scope() {
        return scope;
    }

    /** The module that the function is part of. */
    public ModuleScope module() {
        return unit.module();
    }

    @Override
    public List<String> captureNames() {
        return scope.captures().stream().map(Scope.Capture::name).toList();
    }

    /**
     * A text that runs as if it stood in this function.
     *
     * @param names the module that the text sees, in which the function's variables are the module's
     * @param variables the names of those
     */
    public RootCallTarget program(Source source, ModuleScope names, Set<String> variables) {
        return Program.within(unit, source, names, variables);
    }
}
