package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;

/** Finds the part of that name in a record, struct or module; null where there is none. */
abstract class MemberNode extends Node {
    protected final String name;

    MemberNode(String name) {
        this.name = name;
    }

    abstract Object execute(Object receiver);

    @Specialization(guards = "record.layout() == layout", limit = "4")
    static Object record(RecordValue record,
            @Cached("record.layout()") @SuppressWarnings("unused") RecordLayout layout,
            @Cached("layout.indexOf(name)") int index) {
        return index < 0 ? null : record.get(index);
    }

    @Specialization(guards = "struct.layout() == layout", limit = "4")
    static Object struct(StructValue struct,
            @Cached("struct.layout()") @SuppressWarnings("unused") RecordLayout layout,
            @Cached("layout.indexOf(name)") int index) {
        return index < 0 ? null : struct.get(index);
    }

    @Specialization(replaces = "record")
    @TruffleBoundary
    Object anyRecord(RecordValue record) {
        return record.find(name);
    }

    @Specialization(replaces = "struct")
    @TruffleBoundary
    Object anyStruct(StructValue struct) {
        return struct.find(name);
    }

    @Specialization
    @TruffleBoundary
    Object module(ModuleValue module) {
        Object member = name.startsWith("_") ? null : module.find(name);
        if (member == null) {
            throw missing(module);
        }
        return member;
    }

    @Fallback
    static Object others(@SuppressWarnings("unused") Object receiver) {
        return null;
    }

    private TflException missing(ModuleValue module) {
        if (name.startsWith("_") && module.find(name) != null) {
            return TflException.of(ErrorKind.NAME, "TFL-E0204", name + " is private to the module "
                    + module.name(), null);
        }
        String near = Suggestion.nearest(name, List.copyOf(module.members()));
        return TflException.of(ErrorKind.NAME, "TFL-E0203", "the module " + module.name() + " has no " + name,
                near == null ? "dir(" + module.name() + ") lists what it has" : "did you mean " + module.name()
                        + "." + near + "?");
    }
}
