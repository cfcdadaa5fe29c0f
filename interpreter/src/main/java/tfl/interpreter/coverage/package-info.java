/** Which statements and functions of a program have run, for {@code tfl test --coverage}. */
package tfl.interpreter.coverage;
