package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Foreign;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.WriteNode;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.None;
import tfl.language.ast.Statement.ImportedModule;

/** {@code import module as name}, or {@code from module import names}. */
public final class ImportNode extends ExpressionNode {
    private final Importer importer;
    private final ImportedModule module;
    private final String[] names;
    @Children private final WriteNode[] targets;

    /** @param names what to take from the module, one for each target; null for the module itself and one target */
    public ImportNode(Importer importer, ImportedModule module, String[] names, WriteNode[] targets) {
        this.importer = importer;
        this.module = module;
        this.names = names;
        this.targets = targets;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        try {
            Object loaded = load();
            for (int i = 0; i < targets.length; i++) {
                targets[i].execute(frame, names == null ? loaded : member(loaded, names[i]));
            }
        } catch (RuntimeException error) {
            throw located(error);
        }
        return None.NONE;
    }

    @TruffleBoundary
    private Object load() {
        return importer.load(module);
    }

    @TruffleBoundary
    private Object member(Object loaded, String name) {
        Object member = loaded instanceof ModuleValue own ? own.find(name) : Foreign.member(loaded, name);
        if (member == null || name.startsWith("_")) {
            String near = loaded instanceof ModuleValue own ? Suggestion.nearest(name,
                    List.copyOf(own.members())) : null;
            throw TflException.of(ErrorKind.NAME, "TFL-E0203", "the module " + module.name() + " has no " + name,
                    near == null ? null : "did you mean " + near + "?");
        }
        return member;
    }
}
