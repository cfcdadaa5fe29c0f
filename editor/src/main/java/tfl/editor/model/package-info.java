/**
 * What the server knows: open texts, files on disk, the library's sources and the prelude. Entry:
 * {@link tfl.editor.model.Project}. Knows positions as the protocol counts them, and nothing of requests.
 */
package tfl.editor.model;
