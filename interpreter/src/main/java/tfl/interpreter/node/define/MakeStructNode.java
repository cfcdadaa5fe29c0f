package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.LinkedHashMap;
import java.util.Set;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.WriteNode;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.StructType;

/** {@code struct Name(fields) { methods }}. */
public final class MakeStructNode extends ExpressionNode {
    private final String name;
    private final RecordLayout layout;
    private final Set<String> staticFields;
    private final String doc;
    private final String[] methodNames;
    @Child private WriteNode target;
    @Child private MakeClosureNode constructor;
    @Children private final ExpressionNode[] methods;

    public MakeStructNode(String name, RecordLayout layout, Set<String> staticFields, String doc, WriteNode target,
            MakeClosureNode constructor, String[] methodNames, ExpressionNode[] methods) {
        this.name = name;
        this.layout = layout;
        this.staticFields = staticFields;
        this.doc = doc;
        this.target = target;
        this.constructor = constructor;
        this.methodNames = methodNames;
        this.methods = methods;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var type = makeType();
        target.execute(frame, type);
        var functions = new Object[methods.length];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = methods[i].executeGeneric(frame);
        }
        complete(type, constructor.executeWith(frame, type), functions);
        return None.NONE;
    }

    @TruffleBoundary
    private StructType makeType() {
        return new StructType(name, layout, staticFields, doc);
    }

    @TruffleBoundary
    private void complete(StructType type, ClosureValue make, Object[] functions) {
        var table = new LinkedHashMap<String, FunctionValue>();
        for (int i = 0; i < functions.length; i++) {
            Holding.pin(functions[i]);
            if (!(functions[i] instanceof FunctionValue method)) {
                throw located(TflException.of(ErrorKind.TYPE, "TFL-E0217", "the decorators of the method "
                        + methodNames[i]
                        + " must give a function", null));
            }
            table.put(methodNames[i], method);
        }
        Holding.pin(make);
        type.complete(make, table);
    }
}
