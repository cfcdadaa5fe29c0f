/**
 * The only door outsiders use: a {@link tfl.backend.Backend} compiles a kernel for input types and gives back an
 * {@link tfl.backend.Executable}. Backends are found through {@link java.util.ServiceLoader} and imported by nobody.
 */
package tfl.backend;
