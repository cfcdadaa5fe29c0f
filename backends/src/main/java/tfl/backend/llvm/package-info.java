/**
 * Kernels to LLVM IR, as text that prints and compares, and that text to an object file for this machine.
 *
 * <p>Entry: {@link tfl.backend.llvm.LlvmCompiler} and the emitters beside it. Knows kernels and dtypes; never
 * tensors, threads or memory, which are the backends' that use it.
 */
package tfl.backend.llvm;
