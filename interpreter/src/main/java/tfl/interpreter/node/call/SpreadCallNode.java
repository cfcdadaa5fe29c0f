package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Calls;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.sequence.Cursors;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RecordValue;

/** {@code f(a, *tuple, **record)}. */
public final class SpreadCallNode extends ExpressionNode {
    @Child private ExpressionNode callee;
    @Children private final ExpressionNode[] values;
    private final Entry[] entries;

    /** What an argument is; the name is that of a keyword, else null. */
    public record Entry(Kind kind, String name) {
        /** The ways to give arguments. */
        public enum Kind { POSITIONAL, KEYWORD, SPREAD, SPREAD_FIELDS }
    }

    public SpreadCallNode(ExpressionNode callee, ExpressionNode[] values, Entry[] entries) {
        this.callee = callee;
        this.values = values;
        this.entries = entries;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object function = callee.executeGeneric(frame);
        var arguments = new Object[values.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = values[i].executeGeneric(frame);
        }
        try {
            return call(function, arguments);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    @TruffleBoundary
    private Object call(Object function, Object[] arguments) {
        var positional = new ArrayList<Object>();
        var keywords = new LinkedHashMap<String, Object>();
        for (int i = 0; i < arguments.length; i++) {
            switch (entries[i].kind()) {
                case POSITIONAL -> positional.add(arguments[i]);
                case KEYWORD -> keyword(keywords, entries[i].name(), arguments[i]);
                case SPREAD -> {
                    var cursor = Cursors.of(arguments[i], this);
                    for (Object each = cursor.next(); each != null; each = cursor.next()) {
                        positional.add(each);
                    }
                }
                case SPREAD_FIELDS -> fields(keywords, arguments[i]);
            }
        }
        Place.at(span());
        var place = EncapsulatingNodeReference.getCurrent();
        var before = place.set(this);
        try {
            return Calls.call(new CallContext(this), function, positional.toArray(), RecordValue.of(keywords));
        } finally {
            place.set(before);
        }
    }

    private static void fields(LinkedHashMap<String, Object> keywords, Object value) {
        if (!(value instanceof FieldsValue record)) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0215", "** spreads a record, this is "
                    + Kinds.of(value), null);
        }
        for (int i = 0; i < record.size(); i++) {
            keyword(keywords, record.layout().name(i), record.get(i));
        }
    }

    private static void keyword(LinkedHashMap<String, Object> keywords, String name, Object value) {
        if (keywords.put(name, value) != null) {
            throw TflException.of(ErrorKind.ARGUMENT, "TFL-E0213", "the keyword " + name + " is given twice", null);
        }
    }
}
