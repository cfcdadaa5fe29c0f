/**
 * TFL in editors: the Language Server Protocol over what the language knows of a text and a session of its names.
 *
 * <p>Knows the language's text and sessions; never the prompt, nodes or graphs.
 */
package tfl.editor;
