package tfl.interpreter.builtin.prelude;

import java.util.List;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Element types as values, and conversions between them. */
final class DataTypeFunctions {
    /** Decimal digits, smallest normal, largest, and the distance from 1 to the next float. */
    private record FloatLimits(double eps, double max, double smallestNormal) {}

    private static final Map<DType, FloatLimits> FLOATS = Map.of(
            DType.F16, new FloatLimits(0x1p-10, 65504, 0x1p-14),
            DType.BF16, new FloatLimits(0x1p-7, 0x1.FEp127, 0x1p-126),
            DType.F32, new FloatLimits(0x1p-23, Float.MAX_VALUE, Float.MIN_NORMAL),
            DType.F64, new FloatLimits(0x1p-52, Double.MAX_VALUE, Double.MIN_NORMAL),
            DType.C64, new FloatLimits(0x1p-23, Float.MAX_VALUE, Float.MIN_NORMAL));

    private DataTypeFunctions() {}

    static List<Builtin> rows() {
        return new Rows("prelude")
                .add("astype", "x, dtype, copy=true", "The elements converted to a dtype.", call -> {
                    if (call.isNone(1)) {
                        throw call.wrong(1, "a dtype such as f32");
                    }
                    return call.ops().cast(call.tensor(0), call.dtype(1));
                })
                .add("can_cast", "from, to", "Whether promotion may turn the one dtype into the other.",
                        call ->
                        Promotion.of(typeOf(call, 0), call.dtype(1)) == call.dtype(1))
                .add("finfo", "dtype",
                        "The limits of a float dtype: {bits, eps, max, min, smallest_normal, dtype}.",
                        DataTypeFunctions::floatLimits)
                .add("iinfo", "dtype", "The limits of an integer dtype: {bits, max, min, dtype}.",
                        DataTypeFunctions::integerLimits)
                .add("isdtype", "dtype, kind",
                        "Whether a dtype is one, or of a kind such as \"real floating\".",
                        call -> isKind(call, call.dtype(0), call.value(1)))
                .add("result_type", "*operands", "The dtype in which operands meet.",
                        DataTypeFunctions::resultType)
                .list();
    }

    private static DType typeOf(Call call, int index) {
        return call.value(index) instanceof TensorValue tensor ? tensor.type().dtype() : call.dtype(index);
    }

    private static Object floatLimits(Call call) {
        var dtype = typeOf(call, 0);
        var limits = FLOATS.get(dtype);
        if (limits == null) {
            throw call.wrong(0, "a float dtype");
        }
        long bits = dtype.isComplex() ? 32 : dtype.bytes() * 8L;
        return new RecordValue(RecordLayout.of("bits", "eps", "max", "min", "smallest_normal", "dtype"),
                new Object[] {bits, limits.eps, limits.max, -limits.max, limits.smallestNormal,
                    dtype.isComplex() ? DType.F32 : dtype});
    }

    private static Object integerLimits(Call call) {
        var dtype = typeOf(call, 0);
        if (dtype == null || !dtype.isInteger()) {
            throw call.wrong(0, "an integer dtype");
        }
        long bits = dtype.bytes() * 8L;
        boolean unsigned = dtype.kind() == DType.Kind.UNSIGNED;
        long max = unsigned ? (1L << bits) - 1 : Long.MAX_VALUE >> (64 - bits);
        return new RecordValue(RecordLayout.of("bits", "max", "min", "dtype"),
                new Object[] {bits, max, unsigned ? 0L : -max - 1, dtype});
    }

    private static boolean isKind(Call call, DType dtype, Object kind) {
        if (kind instanceof TupleValue kinds) {
            return kinds.elements().stream().anyMatch(one -> isKind(call, dtype, one));
        }
        if (kind instanceof DType other) {
            return dtype == other;
        }
        return switch (String.valueOf(kind)) {
            case "bool" -> dtype == DType.BOOL;
            case "signed integer" -> dtype.kind() == DType.Kind.SIGNED;
            case "unsigned integer" -> dtype.kind() == DType.Kind.UNSIGNED;
            case "integral" -> dtype.isInteger();
            case "real floating" -> dtype.isFloat();
            case "complex floating" -> dtype.isComplex();
            case "numeric" -> dtype != DType.BOOL;
            default -> throw call.wrong(1, "a dtype, or one of \"bool\", \"signed integer\", "
                    + "\"unsigned integer\", \"integral\", \"real floating\", "
                    + "\"complex floating\", \"numeric\"");
        };
    }

    private static Object resultType(Call call) {
        DType strong = null;
        var operands = ((TupleValue) call.value(0)).elements();
        for (var operand : operands) {
            var dtype = isNumber(operand) ? null
                    : operand instanceof TensorValue tensor ? tensor.type().dtype() : Conversion.dtype(operand);
            strong = dtype == null ? strong : strong == null ? dtype : Promotion.of(strong, dtype);
        }
        for (var operand : operands) {
            if (isNumber(operand)) {
                strong = strong == null ? Tensors.dtype(operand) : Promotion.weak(strong, Tensors.dtype(operand));
            }
        }
        if (strong == null) {
            throw call.wrong(0, "tensors, dtypes and numbers");
        }
        return strong;
    }

    private static boolean isNumber(Object operand) {
        return operand instanceof Number || operand instanceof Boolean || Lifted.isWeak(operand);
    }
}
