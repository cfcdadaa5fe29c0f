package tfl.language.ast;

import java.util.List;
import tfl.language.source.Span;

/** What is promised of a value, and checked at each call. */
public sealed interface Annotation extends Node {
    /**
     * A plain kind ({@code int float bool str fn tuple record}), a dtype for a scalar of it, or a struct,
     * perhaps {@code module.Name}.
     */
    record Named(String name, Span span) implements Annotation {}

    /** {@code f32[b, 2, n*2]}; the dtype may also be {@code float}, {@code int} or {@code any}. */
    record Tensor(String dtype, List<Dim> dims, Span span) implements Annotation {
        public Tensor {
            dims = List.copyOf(dims);
        }
    }

    /** One dimension of a shape annotation. */
    sealed interface Dim extends Node {
        /** An exact size. */
        record Size(long size, Span span) implements Dim {}

        /** {@code name*factor + offset}: a plain name has factor 1 and offset 0. */
        record Named(String name, long factor, long offset, Span span) implements Dim {}

        /** {@code _}: any size. */
        record Any(Span span) implements Dim {}

        /** {@code ...}: any number of dimensions, at most once. */
        record Rest(Span span) implements Dim {}
    }
}
