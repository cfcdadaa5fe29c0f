package tfl.backend.llvm;

/** What a module is written from. Equal ones are written alike by one build of the generator. */
public sealed interface KernelSource permits CopyKernel, FourierKernel, GatherKernel, GemmKernel, IterateKernel,
        LoopKernel, ReduceKernel, RowsKernel, ScanKernel, SortKernel, TransposeKernel, WinogradKernel {
    /**
     * The module's text.
     *
     * @throws Unsupported if an operation is left to the reference
     */
    String text();
}
