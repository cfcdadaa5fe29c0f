package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import tfl.tensor.DType;

/**
 * The inputs of a kernel along one run: those that do not move are loaded before the loop. Behind them come the numbers
 * of the call.
 */
final class Operands {
    private final Code code;
    private final Memory memory;
    private final List<DType> dtypes;
    private final List<InnerStride> inner;
    private final List<String> bases = new ArrayList<>();
    private final List<Value> fixed = new ArrayList<>();
    private final List<Value> numbers;
    private final IntFunction<String> strides;

    /**
     * At the start of a run.
     *
     * @param pointers each input's first element
     * @param offsets how far from it each begins
     */
    Operands(Code code, List<DType> dtypes, List<InnerStride> inner, List<String> pointers,
            List<String> offsets,
            IntFunction<String> strides, List<Value> numbers) {
        this.code = code;
        this.memory = new Memory(code);
        this.dtypes = dtypes;
        this.inner = inner;
        this.strides = strides;
        this.numbers = numbers;
        for (int k = 0; k < inner.size(); k++) {
            bases.add(base(dtypes.get(k), pointers.get(k), offsets.get(k)));
            fixed.add(inner.get(k) == InnerStride.SCALAR ? memory.load(dtypes.get(k), bases.get(k), "0")
                    : null);
        }
    }

    private String base(DType dtype, String pointer, String offset) {
        var elements = dtype == DType.C64 ? code.integer("shl", offset, "1") : offset;
        return code.element(Value.memory(dtype), pointer, elements);
    }

    /** Input {@code k} at step {@code i} of the run. */
    Value at(int k, String i) {
        return k >= inner.size() ? numbers.get(k - inner.size()) : switch (inner.get(k)) {
            case SCALAR -> fixed.get(k);
            case DENSE -> memory.load(dtypes.get(k), bases.get(k), i);
            case STRIDED -> memory.load(dtypes.get(k), bases.get(k),
                    code.integer("mul", i, strides.apply(k)));
        };
    }
}
