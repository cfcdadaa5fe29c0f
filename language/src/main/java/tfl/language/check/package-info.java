/**
 * Mistakes that can be told without running: what {@code tfl check} prints. Entry:
 * {@link tfl.language.check.Checker#check}. It says nothing where it cannot be sure. No value and no prelude
 * semantics may enter beyond the few constructors whose shapes stand in their arguments.
 */
package tfl.language.check;
