package tfl.session;

import java.util.List;

/**
 * What could stand at a cursor: each candidate's text would replace the text from {@code start} to {@code end}. Offsets
 * count {@code char}s.
 */
public record Completion(int start, int end, List<Candidate> candidates) {
    public Completion {
        candidates = List.copyOf(candidates);
    }

    /**
     * One of the possibilities.
     *
     * @param text what is put there
     * @param kind the sort of thing, such as {@code fn}, {@code f32[2, 3]}, {@code field}, {@code argument},
     *     {@code column}, {@code file}, {@code folder}, {@code letter}, {@code keyword}, {@code local}
     * @param doc one line about it, may be empty
     */
    public record Candidate(String text, String kind, String doc) {}

    static Completion nothing(int cursor) {
        return new Completion(cursor, cursor, List.of());
    }
}
