/**
 * Text for models: the Java side of the module {@code text}, which is what walks bytes. {@link
 * tfl.stdlib.text.PairTraining} learns merges from a corpus, {@link tfl.stdlib.text.PairEncoder} applies them.
 */
package tfl.stdlib.text;
