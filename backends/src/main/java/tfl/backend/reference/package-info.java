/**
 * The living definition of every {@link tfl.kernel.Kernel}: slow, plain Java, any dtype, any strides. {@link
 * tfl.backend.reference.ReferenceBackend} is the entry; other backends are tested against it and may hand it what they
 * do not do themselves. Clear beats fast here; nothing may use threads, native code or approximations.
 */
package tfl.backend.reference;
