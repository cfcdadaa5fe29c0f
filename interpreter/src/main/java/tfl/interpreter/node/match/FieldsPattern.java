package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.Arrays;
import java.util.LinkedHashMap;
import tfl.interpreter.builtin.Foreign;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RecordValue;
import tfl.language.source.Span;

/** {@code {x, y: pattern, ...rest}}: records and structs with those fields. */
public final class FieldsPattern extends PatternNode {
    private final String[] names;
    @Children private final PatternNode[] parts;
    @Child private PatternNode rest;

    /** @param rest null if there is none */
    public FieldsPattern(String[] names, PatternNode[] parts, PatternNode rest, Span span) {
        super(span);
        this.names = names;
        this.parts = parts;
        this.rest = rest;
    }

    @Override
    @ExplodeLoop
    public boolean matches(VirtualFrame frame, Object value) {
        if (!(value instanceof FieldsValue) && !(value instanceof TruffleObject && rest == null)) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            Object part = find(value, names[i]);
            if (part == null || !parts[i].matches(frame, part)) {
                return false;
            }
        }
        return rest == null || rest.matches(frame, others((FieldsValue) value));
    }

    @TruffleBoundary
    private static Object find(Object value, String name) {
        if (value instanceof FieldsValue fields) {
            return fields.find(name);
        }
        return ForeignSequence.isMap(value) ? ForeignSequence.entry(value, name) : Foreign.member(value, name);
    }

    @TruffleBoundary
    private RecordValue others(FieldsValue fields) {
        var left = new LinkedHashMap<String, Object>();
        for (int i = 0; i < fields.size(); i++) {
            left.put(fields.layout().name(i), fields.get(i));
        }
        left.keySet().removeAll(Arrays.asList(names));
        return RecordValue.of(left);
    }

    @Override
    protected String why(Object value) {
        if (!(value instanceof FieldsValue fields)) {
            return Kinds.of(value) + (value instanceof TruffleObject ? " has no such fields to take apart"
                    : " has no fields to take apart");
        }
        for (var name : names) {
            if (fields.find(name) == null) {
                return "there is no field " + name + "; the fields are " + String.join(", ",
                        fields.layout().names());
            }
        }
        return "a field does not fit its pattern";
    }
}
