package tfl.backend.llvm;

/**
 * The text around a kernel's functions: declarations, the metadata of loops whose rounds are independent, and how
 * to compile: with whole registers where there are 512 bits, which LLVM shuns for the sake of code that is not all
 * vectors, and divisions that allow it by an estimate and a step of Newton's method.
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
                attributes #0 = { nounwind "prefer-vector-width"="512" "reciprocal-estimates"="vec-divf" }
                !0 = distinct !{}
                !1 = distinct !{!1, !2}
                !2 = !{!"llvm.loop.parallel_accesses", !0}
                !3 = !{i32 1}
                !4 = distinct !{!4, !2, !5}
                !5 = !{!"llvm.loop.interleave.count", i32 2}
                !6 = distinct !{!6, !2, !7}
                !7 = !{!"llvm.loop.vectorize.predicate.enable", i1 true}
                !8 = distinct !{!8, !2, !9}
                !9 = !{!"llvm.loop.unroll.disable"}
                """;
    }
}
