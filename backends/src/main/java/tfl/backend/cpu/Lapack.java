package tfl.backend.cpu;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tfl.backend.NativeFunction;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;

/**
 * The functions of LAPACK that we call through its C interface, one a row: name without its dtype's letter, which
 * for complex matrices may be another, and signature as {@link NativeFunction} reads it. All matrices are
 * column-major. Only {@link NativeThread} may call them.
 */
enum Lapack {
    GETRF("getrf", "iiiipip"),
    GETRS("getrs", "iibiipippi"),
    POTRF("potrf", "iibipi"),
    GELQF("gelqf", "iiiipip"),
    ORGLQ("orglq", "unglq", "iiiiipip"),
    GESDD("gesdd", "iibiipippipi"),
    SYEVD("syevd", "heevd", "iibbipip"),
    SYTRD("sytrd", "iibipippp"),
    STEDC("stedc", "iibipppi"),
    GEBRD("gebrd", "iiiipipppp"),
    BDSDC("bdsdc", "iibbipppipipp"),
    GEEV("geev", "iibbipipppipi"),
    /** Of complex matrices, whose eigenvalues lie in one array. */
    GEEV_COMPLEX("geev", "iibbipippipi");

    /**
     * What the C interface answers when it could not allocate its workspace: LAPACK_WORK_MEMORY_ERROR and its
     * sister.
     */
    private static final int NO_MEMORY = -1010;

    private final String name;
    private final String complexName;
    private final String signature;
    private final Map<DType, NativeFunction> functions = new ConcurrentHashMap<>(new EnumMap<>(DType.class));

    Lapack(String name, String signature) {
        this(name, name, signature);
    }

    Lapack(String name, String complexName, String signature) {
        this.name = name;
        this.complexName = complexName;
        this.signature = signature;
    }

    /**
     * Calls the function for f32, f64 or c64.
     *
     * @return LAPACK's info, not negative: what it means is the routine's affair
     * @throws RoutineFailure if there was no memory for the workspace
     */
    int call(DType dtype, Object... arguments) {
        var all = new Object[arguments.length + 1];
        all[0] = Blas.COLUMN_MAJOR;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int info = (int) functions.computeIfAbsent(dtype, this::bind).call(all);
        if (info <= NO_MEMORY) {
            throw new RoutineFailure("there is not enough memory for the workspace of this routine");
        }
        if (info < 0) {
            throw new IllegalStateException(name + " refused argument " + -info + ": this is a bug in TFL");
        }
        return info;
    }

    private NativeFunction bind(DType dtype) {
        var symbol = switch (dtype) {
            case F32 -> "s" + name;
            case F64 -> "d" + name;
            case C64 -> "c" + complexName;
            default -> throw new IllegalArgumentException(name + " of " + dtype);
        };
        return new NativeFunction(OpenBlas.library(), "LAPACKE_" + symbol, signature);
    }
}
