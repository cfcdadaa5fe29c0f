package tfl.backend;

import java.util.List;

/** The shared libraries we bind, each with the class-path folder that carries it. One row, one library. */
public enum NativeLibrary {
    LLVM("org/bytedeco/llvm/linux-x86_64/", "libLLVM.so"),
    /** BLAS, and LAPACK with its C interface. */
    OPENBLAS("org/bytedeco/openblas/linux-x86_64/", "libopenblas.so.0", "libquadmath.so.0",
            "libgfortran.so.5"),
    /** Only because oneDNN wants it loaded. */
    OPENCL("org/bytedeco/opencl/linux-x86_64/", "libOpenCL.so.1"),
    ONEDNN("org/bytedeco/dnnl/linux-x86_64/", "libdnnl.so.3", "libgomp.so.1");

    private final String folder;
    private final String file;
    private final List<String> needed;

    /**
     * A row.
     *
     * @param needed files of the same folder that must lie beside it, loaded before it in this order
     */
    NativeLibrary(String folder, String file, String... needed) {
        this.folder = folder;
        this.file = file;
        this.needed = List.of(needed);
    }

    /** The class-path folder of the library, ending in a slash. */
    public String folder() {
        return folder;
    }

    /** The file to open. */
    public String file() {
        return file;
    }

    /** What it needs from the same folder, in loading order. */
    public List<String> needed() {
        return needed;
    }
}
