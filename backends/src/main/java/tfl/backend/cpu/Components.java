package tfl.backend.cpu;

import java.util.List;
import java.util.function.Supplier;
import tfl.backend.Component;
import tfl.backend.MissingLibrary;
import tfl.backend.NativeLibraries;
import tfl.backend.NativeLibrary;
import tfl.backend.llvm.LlvmCompiler;

/** What the CPU backend works with. Asking loads the libraries. */
final class Components {
    private Components() {}

    static List<Component> all() {
        return List.of(new Component("cpu", System.getProperty("os.arch"), Workers.count() + " threads"),
                library("OpenBLAS", NativeLibrary.OPENBLAS, Components::openBlasVersion,
                        () -> OpenBlas.description() + ", " + Workers.count() + " threads" + (OpenBlas.isDated()
                                ? ", its kernels do not use AVX-512: is OPENBLAS_CORETYPE set?" : "")),
                library("oneDNN", NativeLibrary.ONEDNN, OneDnn::version, () -> Workers.count() + " threads"),
                library("LLVM", NativeLibrary.LLVM, Components::llvmVersion, () -> ""));
    }

    /** The second word of "OpenBLAS 0.3.30 ...". */
    private static String openBlasVersion() {
        return OpenBlas.description().split(" ")[1];
    }

    private static String llvmVersion() {
        NativeLibraries.open(NativeLibrary.LLVM);
        return LlvmCompiler.VERSION.replace("llvm-", "");
    }

    private static Component library(String name, NativeLibrary library, Supplier<String> version,
            Supplier<String> more) {
        try {
            var found = version.get();
            var place = NativeLibraries.locate(library, library.file()).toString();
            return new Component(name, found, more.get().isEmpty() ? place : place + ", " + more.get());
        } catch (LinkageError | MissingLibrary missing) {
            return new Component(name, "missing", missing.getMessage());
        }
    }
}
