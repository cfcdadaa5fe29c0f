package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.prelude.Prelude;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.StructValue;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** What to say when there is nothing of that name behind a dot. */
final class MemberErrors {
    private MemberErrors() {}

    @TruffleBoundary
    static TflException missing(Object target, String name) {
        if (!(target instanceof FieldsValue fields)) {
            var known = new ArrayList<>(new Prelude().names());
            if (known.contains(name)) {
                return TflException.of(ErrorKind.NAME, "TFL-E0206", Kinds.of(target) + " has no property " + name
                        + ": it is a function", "call it: ." + name + "()");
            }
            if (target instanceof TensorValue && !Lifted.isWeak(target)) {
                known.addAll(Properties.NAMES);
            }
            String function = Suggestion.nearest(name, known);
            return TflException.of(ErrorKind.NAME, "TFL-E0206", Kinds.of(target) + " has no " + name
                    + ", and there is no function of that name",
                    function == null ? null : "did you mean " + function + "?");
        }
        var names = new ArrayList<>(fields.layout().names());
        if (target instanceof StructValue struct) {
            names.addAll(struct.type().methodNames());
        }
        String near = Suggestion.nearest(name, names);
        return TflException.of(ErrorKind.KEY, "TFL-E0205", "there is no field " + name + " in this "
                + Kinds.of(target),
                near != null ? "did you mean " + near + "?" : names.isEmpty() ? "it has no fields"
                        : "its fields are " + String.join(", ", names));
    }
}
