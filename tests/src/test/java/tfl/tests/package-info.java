/**
 * The specification of TFL as tables, transcripts and whole programs, and the walls between its rooms.
 *
 * <p>{@link tfl.tests.WallTest} holds the import table; the other classes run programs. What tests one class alone
 * belongs beside that class, in its own module.
 */
package tfl.tests;
