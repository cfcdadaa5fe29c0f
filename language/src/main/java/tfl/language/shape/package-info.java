/**
 * What is sure of the values of a text without running it: kinds, dtypes, shapes, and the mistakes that they show.
 * Entry: {@link tfl.language.shape.Inference#of}. A walk over the tree with values of which only a part is known; what
 * is not sure is {@link tfl.language.shape.Value.Unknown}, and nothing is said of it.
 */
package tfl.language.shape;
