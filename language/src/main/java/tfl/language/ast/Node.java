package tfl.language.ast;

import tfl.language.source.Span;

/** Anything with a place in the text. */
public interface Node {
    Span span();
}
