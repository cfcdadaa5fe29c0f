package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.DType;

/**
 * Reads a kernel's arguments: a row of 8-byte slots, taken one after the other, in the order in which callers
 * fill them.
 */
final class Arguments {
    private final Code code;
    private int next;

    Arguments(Code code) {
        this.code = code;
    }

    String pointer() {
        return code.emit("load ptr, ptr " + slot());
    }

    String number() {
        return code.emit("load i64, ptr " + slot());
    }

    List<String> pointers(int count) {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            all.add(pointer());
        }
        return all;
    }

    List<String> numbers(int count) {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            all.add(number());
        }
        return all;
    }

    /** Numbers of a call, which {@link OpenConstants} lays down. */
    List<Value> values(List<DType> dtypes) {
        return dtypes.stream().map(dtype -> new Value(dtype, code.emit("load " + Value.register(dtype) + ", ptr "
                + slot()))).toList();
    }

    private String slot() {
        return code.element("i64", "%args", Integer.toString(next++));
    }
}
