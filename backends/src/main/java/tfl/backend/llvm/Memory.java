package tfl.backend.llvm;

import tfl.tensor.DType;

/** Elements between memory and registers. Indices count elements. */
final class Memory {
    private final Code code;

    Memory(Code code) {
        this.code = code;
    }

    Value load(DType dtype, String base, String index) {
        var type = Value.memory(dtype);
        if (dtype == DType.C64) {
            var twice = code.integer("shl", index, "1");
            var real = code.load(type, code.element(type, base, twice));
            return new Value(dtype, real, code.load(type, code.element(type, base,
                    code.integer("add", twice, "1"))));
        }
        var raw = code.load(type, code.element(type, base, index));
        return new Value(dtype, switch (dtype) {
            case BOOL -> code.emit("icmp ne i8 " + raw + ", 0");
            case F16 -> code.emit("fpext half " + raw + " to float");
            case BF16 -> widen(raw);
            default -> raw;
        });
    }

    void store(Value value, String base, String index) {
        var dtype = value.dtype();
        var type = Value.memory(dtype);
        if (dtype == DType.C64) {
            var twice = code.integer("shl", index, "1");
            code.store(type, value.name(), code.element(type, base, twice));
            code.store(type, value.imaginary(), code.element(type, base, code.integer("add", twice, "1")));
            return;
        }
        var raw = switch (dtype) {
            case BOOL -> code.emit("zext i1 " + value.name() + " to i8");
            case F16 -> code.emit("fptrunc float " + value.name() + " to half");
            case BF16 -> narrow(value.name());
            default -> value.name();
        };
        code.store(type, raw, code.element(type, base, index));
    }

    /** A float rounded to what a half-width dtype can hold; others are left as they are. */
    String rounded(DType dtype, String x) {
        return switch (dtype) {
            case F16 -> code.emit("fpext half " + code.emit("fptrunc float " + x + " to half") + " to float");
            case BF16 -> widen(narrow(x));
            default -> x;
        };
    }

    private String widen(String half) {
        var bits = code.emit("shl i32 " + code.emit("zext i16 " + half + " to i32") + ", 16");
        return code.emit("bitcast i32 " + bits + " to float");
    }

    /** The upper half of the bits, rounded to nearest even; a NaN stays one. */
    private String narrow(String x) {
        var bits = code.emit("bitcast float " + x + " to i32");
        var odd = code.emit("and i32 " + code.emit("lshr i32 " + bits + ", 16") + ", 1");
        var sum = code.emit("add i32 " + code.emit("add i32 " + bits + ", 32767") + ", " + odd);
        var nan = code.emit("fcmp uno float " + x + ", " + x);
        var kept = code.emit("select i1 " + nan + ", i32 2143289344, i32 " + sum);
        return code.emit("trunc i32 " + code.emit("lshr i32 " + kept + ", 16") + " to i16");
    }
}
