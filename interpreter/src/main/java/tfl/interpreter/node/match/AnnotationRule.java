package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.List;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.Annotation.Dim;
import tfl.tensor.DType;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** What an annotation says, apart from the sizes that names stand for. */
public final class AnnotationRule {
    private final String name;
    @CompilationFinal(dimensions = 1) private final Dim[] dims;
    private final boolean tensor;
    private final int rest;
    private final DType dtype;

    private AnnotationRule(String name, List<Dim> dims, boolean tensor) {
        this.name = name;
        this.dims = dims.toArray(new Dim[0]);
        this.tensor = tensor;
        this.dtype = DType.of(name);
        int restIndex = -1;
        for (int i = 0; i < this.dims.length; i++) {
            restIndex = this.dims[i] instanceof Dim.Rest ? i : restIndex;
        }
        this.rest = restIndex;
    }

    /** A plain kind, or a dtype for a scalar of it. */
    public static AnnotationRule kind(String name) {
        return new AnnotationRule(name, List.of(), false);
    }

    /** A tensor of a dtype, or of {@code float}, {@code int} or {@code any}, and a shape. */
    public static AnnotationRule tensor(String dtype, List<Dim> dims) {
        return new AnnotationRule(dtype, dims, true);
    }

    boolean hasShape() {
        return tensor;
    }

    Dim.Named named(int index) {
        return (Dim.Named) dims[index];
    }

    /** The axis that a dimension of the annotation describes, for a value of that rank; -1 for the rest. */
    int axis(int index, int rank) {
        return rest < 0 || index < rest ? index : index == rest ? -1 : rank - dims.length + index;
    }

    boolean acceptsRank(int rank) {
        return rest < 0 ? rank == dims.length : rank >= dims.length - 1;
    }

    @TruffleBoundary
    boolean acceptsSizes(TensorType type) {
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] instanceof Dim.Size exact && type.shape().dim(axis(i,
                    type.shape().rank())) != exact.size()) {
                return false;
            }
        }
        return true;
    }

    boolean acceptsKind(Object value) {
        if (value instanceof Lifted lifted && lifted.isWeak()) {
            return !tensor && acceptsNumber(lifted);
        }
        if (tensor) {
            return value instanceof TensorValue own && acceptsDtype(own);
        }
        return switch (name) {
            case "int" -> value instanceof Long;
            case "float" -> value instanceof Double || value instanceof Long;
            case "bool" -> value instanceof Boolean;
            case "str" -> value instanceof String || value instanceof DeferredText;
            case "none" -> value == None.NONE;
            case "any" -> true;
            case "tuple" -> value instanceof TupleValue;
            case "record" -> value instanceof RecordValue;
            case "tensor" -> value instanceof TensorValue;
            case "range" -> value instanceof RangeValue;
            case "stream" -> value instanceof StreamValue || value instanceof StructValue;
            case "fn" -> isCallable(value);
            default -> isScalar(value);
        };
    }

    /** A number of the language that a transformation follows. */
    @TruffleBoundary
    private boolean acceptsNumber(Lifted number) {
        var own = number.type().dtype();
        return switch (name) {
            case "any" -> true;
            case "int" -> own.isInteger();
            case "float" -> own != DType.BOOL;
            case "bool" -> own == DType.BOOL;
            default -> dtype != null && (dtype.isFloat() ? own != DType.BOOL : dtype.isInteger() && own.isInteger());
        };
    }

    private static boolean isCallable(Object value) {
        return value instanceof FunctionValue || value instanceof BoundFunction || value instanceof StructType
                || value instanceof BuiltinFunction || value instanceof StructValue own
                        && own.type().method("call") != null;
    }

    /** A dtype alone: a tensor without axes, or a scalar that has a place in it. */
    @TruffleBoundary
    private boolean isScalar(Object value) {
        return switch (value) {
            case TensorValue own -> own.type().dtype() == dtype && own.type().shape().rank() == 0;
            case Long number -> dtype.isInteger() || dtype.isFloat();
            case Double number -> dtype.isFloat();
            default -> false;
        };
    }

    @TruffleBoundary
    private boolean acceptsDtype(TensorValue value) {
        var own = value.type().dtype();
        return switch (name) {
            case "any" -> true;
            case "float" -> own.isFloat();
            case "int" -> own.isInteger();
            default -> own == dtype;
        };
    }
}
