package tfl.backend;

import java.util.List;

/** The shared libraries we bind, each with the class-path folder that carries it. One row, one library. */
public enum NativeLibrary {
    LLVM("org/bytedeco/llvm/linux-x86_64/", "libLLVM.so");

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
