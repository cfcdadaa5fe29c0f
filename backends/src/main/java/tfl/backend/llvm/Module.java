package tfl.backend.llvm;

/**
 * The text around a kernel's functions: declarations, and the metadata of loops whose rounds are independent.
 */
final class Module {
    private final StringBuilder functions = new StringBuilder();
    private final MathLibrary library = new MathLibrary();

    MathLibrary library() {
        return library;
    }

    Module add(String name, Code code) {
        functions.append(code.function(name)).append('\n');
        return this;
    }

    String text() {
        return functions + library.declarations() + """
                !0 = distinct !{}
                !1 = distinct !{!1, !2}
                !2 = !{!"llvm.loop.parallel_accesses", !0}
                """;
    }
}
