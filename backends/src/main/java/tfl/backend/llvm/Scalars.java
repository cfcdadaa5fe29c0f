package tfl.backend.llvm;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** Writes the code of scalar expressions, each shared part once. */
final class Scalars {
    private final Code code;
    private final Memory memory;
    private final FloatScalars floats;
    private final IntegerMath integers;
    private final ComplexMath complexes;
    private final Map<ScalarExpr.Constant, Value> hidden = new HashMap<>();

    Scalars(Code code, MathLibrary library) {
        this.code = code;
        memory = new Memory(code);
        floats = new FloatScalars(code, library);
        integers = new IntegerMath(code);
        complexes = new ComplexMath(code, library);
    }

    /** What the leaves of an expression stand for at one place of the code. */
    record Leaves(IntFunction<Value> inputs, IntFunction<Value> stages, IntFunction<String> indices) {}

    /** One place, whose values are written once however often they are asked for. */
    final class Place {
        private final Leaves leaves;
        private final Map<ScalarExpr, Value> written = new IdentityHashMap<>();
        private final Map<Integer, Value> inputs = new HashMap<>();
        private final Map<ScalarExpr, Value> given = new HashMap<>();

        Place(Leaves leaves) {
            this.leaves = leaves;
        }

        /** From now on an expression equal to this one has that value. */
        Place give(ScalarExpr expr, Value value) {
            given.put(expr, value);
            return this;
        }

        /**
         * The value of an expression.
         *
         * @throws Unsupported if it holds an operation that this generator leaves to the reference
         */
        Value write(ScalarExpr expr) {
            var known = written.get(expr);
            if (known == null) {
                known = given.isEmpty() || !given.containsKey(expr) ? fresh(expr) : given.get(expr);
                written.put(expr, known);
            }
            return known;
        }

        private Value fresh(ScalarExpr expr) {
            return switch (expr) {
                case ScalarExpr.Input(int index, DType dtype) -> inputs.computeIfAbsent(index,
                        leaves.inputs()::apply);
                case ScalarExpr.Stage(int index, DType dtype) -> leaves.stages().apply(index);
                case ScalarExpr.Constant known -> hidden.containsKey(known) ? hidden.get(known)
                        : constant(known.bits(), known.dtype());
                case ScalarExpr.Index(int axis) -> new Value(DType.I64, leaves.indices().apply(axis));
                case ScalarExpr.Unary(var op, var x) -> unary(op, write(x), expr.dtype());
                case ScalarExpr.Binary(var op, var x, var y) -> binary(op, write(x), write(y), expr.dtype());
                case ScalarExpr.Select(var condition, var yes, var no) ->
                        select(write(condition), write(yes), write(no));
                case ScalarExpr.Cast(var dtype, var x) -> cast(dtype, write(x));
            };
        }
    }

    Place at(Leaves leaves) {
        return new Place(leaves);
    }

    Memory memory() {
        return memory;
    }

    /** From now on LLVM does not know what this constant is; only where a function begins. */
    void hide(ScalarExpr.Constant constant) {
        hidden.computeIfAbsent(constant, open -> {
            var value = constant(open.bits(), open.dtype());
            var place = code.emit("alloca " + value.type());
            code.line("store volatile " + value.type() + " " + value.name() + ", ptr " + place);
            return new Value(value.dtype(), code.emit("load volatile " + value.type() + ", ptr " + place));
        });
    }

    static Value constant(long bits, DType dtype) {
        return switch (dtype.kind()) {
            case BOOL -> new Value(dtype, bits != 0 ? "true" : "false");
            case SIGNED, UNSIGNED -> new Value(dtype, Long.toString(narrow(bits, dtype)));
            case FLOAT -> new Value(dtype, Value.literal(Double.longBitsToDouble(bits), dtype));
            case COMPLEX -> new Value(dtype, Value.literal(Double.longBitsToDouble(bits), dtype), "0.0");
        };
    }

    private static long narrow(long bits, DType dtype) {
        return switch (dtype) {
            case I8, U8 -> (byte) bits;
            case I16 -> (short) bits;
            case I32 -> (int) bits;
            default -> bits;
        };
    }

    private Value unary(UnaryOp op, Value x, DType result) {
        if (x.dtype().isComplex()) {
            return complexes.unary(op, x);
        }
        var name = x.dtype().isFloat() ? floats.unary(op, x) : integers.unary(op, x);
        return finish(op, x, name, result);
    }

    Value binary(BinaryOp op, Value x, Value y, DType result) {
        if (op == BinaryOp.COMPLEX) {
            return new Value(DType.C64, x.name(), y.name());
        }
        if (x.dtype().isComplex()) {
            return complexes.binary(op, x, y);
        }
        var name = x.dtype().isFloat() ? floats.binary(op, x, y) : integers.binary(op, x, y);
        return finish(op, x, name, result);
    }

    private Value finish(Object op, Value x, String name, DType result) {
        if (name == null) {
            throw new Unsupported(op, x.dtype());
        }
        return new Value(result, result == x.dtype() ? memory.rounded(result, name) : name);
    }

    Value select(Value condition, Value yes, Value no) {
        var start = "select i1 " + condition.name() + ", " + yes.type() + " ";
        var name = code.emit(start + yes.name() + ", " + yes.type() + " " + no.name());
        var imaginary = yes.imaginary() == null ? null
                : code.emit(start + yes.imaginary() + ", " + yes.type() + " " + no.imaginary());
        return new Value(yes.dtype(), name, imaginary);
    }

    Value cast(DType to, Value x) {
        var from = x.dtype();
        if (from == to) {
            return x;
        }
        if (to == DType.BOOL) {
            return new Value(to, isNotZero(x));
        }
        if (to == DType.C64) {
            return new Value(to, cast(DType.F32, x).name(), "0.0");
        }
        if (from == DType.C64) {
            return cast(to, new Value(DType.F32, x.name()));
        }
        return new Value(to, to.isFloat() ? memory.rounded(to, toFloat(to, x)) : toInteger(to, x));
    }

    private String isNotZero(Value x) {
        if (x.dtype().isComplex()) {
            return complexes.binary(BinaryOp.NE, x, new Value(DType.C64, "0.0", "0.0")).name();
        }
        var zero = x.dtype().isFloat() ? "fcmp une " : "icmp ne ";
        return code.emit(zero + x.type() + " " + x.name() + ", " + (x.dtype().isFloat() ? "0.0" : "0"));
    }

    private String toFloat(DType to, Value x) {
        var target = Value.register(to);
        if (x.dtype().isFloat()) {
            if (x.type().equals(target)) {
                return x.name();
            }
            var op = target.equals("double") ? "fpext" : "fptrunc";
            return code.emit(op + " " + x.type() + " " + x.name() + " to " + target);
        }
        var op = x.dtype().kind() == DType.Kind.SIGNED ? "sitofp" : "uitofp";
        return code.emit(op + " " + x.type() + " " + x.name() + " to " + target);
    }

    private String toInteger(DType to, Value x) {
        var target = Value.register(to);
        if (x.dtype().isFloat()) {
            var op = to.kind() == DType.Kind.SIGNED ? "fptosi" : "fptoui";
            var suffix = x.type().equals("float") ? "f32" : "f64";
            return code.emit("call " + target + " @llvm." + op + ".sat." + target + "." + suffix + "("
                    + x.type() + " "
                    + x.name() + ")");
        }
        int fromBytes = x.dtype() == DType.BOOL ? 0 : x.dtype().bytes();
        if (fromBytes == to.bytes()) {
            return x.name();
        }
        var op = fromBytes > to.bytes() ? "trunc" : x.dtype().kind() == DType.Kind.SIGNED ? "sext" : "zext";
        return code.emit(op + " " + x.type() + " " + x.name() + " to " + target);
    }
}
