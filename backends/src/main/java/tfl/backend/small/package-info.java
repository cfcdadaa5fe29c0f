/**
 * The short way for small tensors: kernels over a few thousand elements at most run as prepared Java loops over arrays,
 * where loading a compiler, starting threads or calling native code would cost more than the work. {@link
 * tfl.backend.small.SmallLoops} is the entry; a backend asks it first and goes its own way where it has nothing.
 */
package tfl.backend.small;
