/**
 * How tables of builtins are written: {@link tfl.interpreter.builtin.table.Rows} collects the rows of a
 * group, {@link tfl.interpreter.builtin.table.Call} is one call of a row while it runs.
 *
 * <p>No function of the language may enter; those are rows, in the packages that use this one.
 */
package tfl.interpreter.builtin.table;
