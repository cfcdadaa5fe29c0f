/**
 * Notebooks as files: {@code tfl notebook run} executes an {@code .ipynb} and writes the outputs back, {@code tfl
 * notebook convert} turns one into a script with cell marks, and back. {@link tfl.notebooks.file.NotebookCommand} is
 * the entry; nothing else calls this package.
 */
package tfl.notebooks.file;
