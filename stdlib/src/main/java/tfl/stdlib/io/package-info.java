/**
 * Files: the Java side of the module {@code io}. One class a file format, against {@link tfl.stdlib.io.FileFormat}; the
 * table of extensions stands in {@link tfl.stdlib.io.FileFormats}.
 *
 * <p>Formats turn bytes into values and back; they never open files themselves and know no syntax tree.
 */
package tfl.stdlib.io;
