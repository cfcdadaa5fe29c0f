/**
 * The CPU: compiled kernels, libraries for products and factorisations, and the threads that share the work.
 *
 * <p>Entry: {@code CpuBackend}, found through {@link java.util.ServiceLoader} and imported by nobody.
 */
package tfl.backend.cpu;
