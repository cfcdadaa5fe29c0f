package tfl.stdlib.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte pairs: again and again, the two tokens that most often stand side by side become a new token. Each word
 * is kept once with its count, and a merge touches only the words that hold the pair. Among pairs of one count the one
 * with the smaller tokens wins, so a corpus always gives the same merges. Source: Sennrich, Haddow and Birch, "Neural
 * Machine Translation of Rare Words with Subword Units" (2016).
 */
final class PairTraining {
    static final int BYTES = 256;

    /** A word of the corpus. */
    private static final class Word {
        private int[] tokens;
        private final long count;

        Word(int[] tokens, long count) {
            this.tokens = tokens;
            this.count = count;
        }
    }

    /** How often a pair occurs, and the words that hold it or once did. */
    private static final class Pair {
        private long count;
        private final List<Word> words = new ArrayList<>();
    }

    /** A pair's count at some time; outdated ones are dropped when they come up. */
    private record Candidate(long pair, long count) {}

    private final Map<Long, Pair> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> best = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

    private PairTraining() {}

    /** At most so many merges, each two tokens; fewer where no pair is left that occurs twice. */
    static long[] merges(String corpus, int most) {
        var training = new PairTraining();
        training.count(corpus);
        return training.run(most);
    }

    private void count(String corpus) {
        var counts = new LinkedHashMap<String, Long>();
        var pieces = Pieces.of(corpus);
        while (pieces.find()) {
            counts.merge(pieces.group(), 1L, Long::sum);
        }
        counts.forEach((piece, count) -> {
            var word = new Word(Pieces.tokens(piece), count);
            for (int i = 0; i + 1 < word.tokens.length; i++) {
                add(key(word.tokens[i], word.tokens[i + 1]), word);
            }
        });
        pairs.forEach((key, pair) -> best.add(new Candidate(key, pair.count)));
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }

    private void add(long key, Word word) {
        var pair = pairs.computeIfAbsent(key, fresh -> new Pair());
        pair.count += word.count;
        if (pair.words.isEmpty() || pair.words.getLast() != word) {
            pair.words.add(word);
        }
    }

    private long[] run(int most) {
        var merges = new long[2 * most];
        int made = 0;
        while (made < most && !best.isEmpty()) {
            var candidate = best.poll();
            var pair = pairs.get(candidate.pair());
            if (pair == null || pair.count != candidate.count()) {
                continue;
            }
            if (candidate.count() < 2) {
                break;
            }
            merges[2 * made] = candidate.pair() >>> 32;
            merges[2 * made + 1] = (int) candidate.pair();
            merge(candidate.pair(), pair, BYTES + made);
            made++;
        }
        return Arrays.copyOf(merges, 2 * made);
    }

    private void merge(long key, Pair pair, int token) {
        pairs.remove(key);
        var changed = new HashSet<Long>();
        for (var word : pair.words) {
            merge(word, (int) (key >>> 32), (int) key, token, changed);
        }
        for (var each : changed) {
            var now = pairs.get(each);
            if (now != null && now.count > 0) {
                best.add(new Candidate(each, now.count));
            }
        }
    }

    /** Replaces a pair in one word, and counts the pairs that go and come. */
    private void merge(Word word, int left, int right, int token, Set<Long> changed) {
        var before = word.tokens;
        var after = new int[before.length];
        int length = 0;
        for (int i = 0; i < before.length; i++) {
            boolean here = i + 1 < before.length && before[i] == left && before[i + 1] == right;
            after[length++] = here ? token : before[i];
            i += here ? 1 : 0;
        }
        if (length == before.length) {
            return;
        }
        for (int i = 0; i + 1 < before.length; i++) {
            long key = key(before[i], before[i + 1]);
            var pair = pairs.get(key);
            if (pair != null) {
                pair.count -= word.count;
                changed.add(key);
            }
        }
        word.tokens = Arrays.copyOf(after, length);
        for (int i = 0; i + 1 < length; i++) {
            long key = key(after[i], after[i + 1]);
            add(key, word);
            changed.add(key);
        }
    }
}
