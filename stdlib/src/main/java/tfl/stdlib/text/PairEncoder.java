package tfl.stdlib.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns text into tokens by a list of merges, and back. Words are looked up once. */
final class PairEncoder {
    private static final int MOST_WORDS = 1 << 16;
    private static volatile PairEncoder last = new PairEncoder(new long[0]);

    private final long[] merges;
    /** Which merge makes one token of a pair. */
    private final Map<Long, Integer> ranks;
    private final Map<String, int[]> words = new ConcurrentHashMap<>();
    private final byte[][] texts;

    private PairEncoder(long[] merges) {
        this.merges = merges;
        this.ranks = new HashMap<>(merges.length);
        this.texts = new byte[PairTraining.BYTES + merges.length / 2][];
        for (int token = 0; token < PairTraining.BYTES; token++) {
            texts[token] = new byte[] {(byte) token};
        }
        for (int i = 0; i < merges.length / 2; i++) {
            int made = PairTraining.BYTES + i;
            int left = known(merges[2 * i], made);
            int right = known(merges[2 * i + 1], made);
            ranks.putIfAbsent((long) left << 32 | right, i);
            texts[made] = Arrays.copyOf(texts[left], texts[left].length + texts[right].length);
            System.arraycopy(texts[right], 0, texts[made], texts[left].length, texts[right].length);
        }
    }

    private static int known(long token, int made) {
        if (token < 0 || token >= made) {
            throw TextErrors.noToken(token, made);
        }
        return (int) token;
    }

    /** The encoder of these merges, made anew only if they differ from the last ones. */
    static PairEncoder of(long[] merges) {
        var known = last;
        if (!Arrays.equals(known.merges, merges)) {
            known = new PairEncoder(merges);
            last = known;
        }
        return known;
    }

    long[] encode(String text) {
        var tokens = new long[16];
        int count = 0;
        var pieces = Pieces.of(text);
        while (pieces.find()) {
            var word = word(pieces.group());
            if (count + word.length > tokens.length) {
                tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, count + word.length));
            }
            for (int token : word) {
                tokens[count++] = token;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    private int[] word(String piece) {
        var known = words.get(piece);
        if (known == null) {
            known = merged(Pieces.tokens(piece));
            if (words.size() < MOST_WORDS) {
                words.put(piece, known);
            }
        }
        return known;
    }

    /** Applies the earliest merge that fits, until none does. */
    private int[] merged(int[] bytes) {
        var tokens = bytes;
        int length = tokens.length;
        while (length > 1) {
            int rank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < length; i++) {
                rank = Math.min(rank, ranks.getOrDefault((long) tokens[i] << 32 | tokens[i + 1], Integer.MAX_VALUE));
            }
            if (rank == Integer.MAX_VALUE) {
                break;
            }
            length = merge(tokens, length, rank);
        }
        return Arrays.copyOf(tokens, length);
    }

    private int merge(int[] tokens, int length, int rank) {
        int left = (int) merges[2 * rank];
        int right = (int) merges[2 * rank + 1];
        int kept = 0;
        for (int i = 0; i < length; i++) {
            boolean here = i + 1 < length && tokens[i] == left && tokens[i + 1] == right;
            tokens[kept++] = here ? PairTraining.BYTES + rank : tokens[i];
            i += here ? 1 : 0;
        }
        return kept;
    }

    /** The text of tokens; bytes that are no UTF-8 become U+FFFD. */
    String decode(long[] tokens) {
        var bytes = new ByteArrayOutputStream();
        for (long token : tokens) {
            bytes.writeBytes(texts[known(token, texts.length)]);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
