package tfl.language.parse;

import tfl.language.source.Span;

/**
 * A comment, from its {@code #} to the end of the line.
 *
 * @param ownLine whether nothing but white space stands before it
 * @param doc whether it begins with {@code ##}
 */
public record Comment(Span span, boolean ownLine, boolean doc) {}
