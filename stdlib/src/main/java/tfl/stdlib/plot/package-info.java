/**
 * The Java side of the module {@code plot}, which itself is TFL: what turns many numbers into text fast, and SVG into
 * pixels with the library JSVG. The rows stand in {@link tfl.stdlib.plot.EncodeModule}.
 */
package tfl.stdlib.plot;
