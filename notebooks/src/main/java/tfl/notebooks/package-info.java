/**
 * TFL in notebooks: Jupyter's protocol and files, spoken for a {@link tfl.session.Session}.
 *
 * <p>Knows the language's text and sessions; never the prompt, nodes or graphs.
 */
package tfl.notebooks;
