package tfl.stdlib.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into the pieces that merges stay within: words with the space before them, numbers, signs, and blanks;
 * every character is in one. Source: Radford and others, "Language Models are Unsupervised Multitask Learners" (2019).
 */
final class Pieces {
    private static final Pattern PIECE = Pattern.compile(
            "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}_]+(?:['\u2019][\\p{L}\\p{N}\\p{M}]+)*");

    private Pieces() {}

    static Matcher of(String text) {
        return PIECE.matcher(text);
    }

    static Matcher words(String text) {
        return WORD.matcher(text);
    }

    /** A piece as byte tokens: the numbers 0 to 255. */
    static int[] tokens(String piece) {
        var bytes = piece.getBytes(StandardCharsets.UTF_8);
        var tokens = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            tokens[i] = bytes[i] & 0xff;
        }
        return tokens;
    }
}
