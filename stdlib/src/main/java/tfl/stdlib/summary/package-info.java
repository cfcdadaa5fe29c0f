/**
 * Event files for TensorBoard: the Java side of the module {@code summary}. {@link tfl.stdlib.summary.EventFile} frames
 * records and writes them, {@link tfl.stdlib.summary.Message} encodes protocol buffers, and {@code Events}, {@code
 * HyperparameterEvents} and {@code GraphEvents} say which messages TensorBoard expects.
 *
 * <p>Nothing here computes: histograms are counted in TFL.
 */
package tfl.stdlib.summary;
