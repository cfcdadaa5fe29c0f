package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.LinkedHashMap;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;

/** {@code {...r, x: a}}; a struct spread first stays one if only its own fields are replaced. */
public final class SpreadRecordNode extends ExpressionNode {
    private final String[] names;
    @Children private final ExpressionNode[] values;

    /** @param names of the fields; null where a record is spread */
    public SpreadRecordNode(String[] names, ExpressionNode[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var parts = new Object[values.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = values[i].executeGeneric(frame);
        }
        try {
            return gather(parts);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    @TruffleBoundary
    private Object gather(Object[] parts) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < parts.length; i++) {
            if (names[i] != null) {
                fields.put(names[i], parts[i]);
            } else if (parts[i] instanceof FieldsValue record) {
                for (int k = 0; k < record.size(); k++) {
                    fields.put(record.layout().name(k), record.get(k));
                }
            } else {
                throw TflException.of(ErrorKind.TYPE, "TFL-E0216", "... spreads a record, this is "
                        + Kinds.of(parts[i]), null);
            }
        }
        Object result = names[0] == null && parts[0] instanceof StructValue struct
                && struct.layout().names().equals(List.copyOf(fields.keySet()))
                ? new StructValue(struct.type(), fields.values().toArray()) : RecordValue.of(fields);
        for (var part : parts) {
            Holding.discardAfter(part, result);
        }
        return result;
    }
}
