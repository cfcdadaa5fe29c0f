/**
 * What each operation means: one record a file, all its rules together, against the contract {@link
 * tfl.primitive.Primitive}. Parameters are components of the record, so equality, hashing and printing are
 * free.
 *
 * <p>Nothing here knows Truffle, the tree or a backend by name.
 */
package tfl.primitive;
