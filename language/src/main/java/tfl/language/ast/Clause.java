package tfl.language.ast;

import tfl.language.source.Span;

/** {@code for p in xs} or {@code if c} in a comprehension. */
public sealed interface Clause extends Node {
    /** Walks a sequence; the pattern's names are known in the later clauses and the result only. */
    record For(Pattern pattern, Expr sequence, Span span) implements Clause {}

    /** Lets through what fulfils the condition. */
    record If(Expr condition, Span span) implements Clause {}
}
