package tfl.stdlib.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairEncoderTest {
    @Test
    void anyTextDecodesToItself() {
        var random = new Random(11);
        for (int i = 0; i < 300; i++) {
            var encoder = PairEncoder.of(PairTraining.merges(text(random, 400), random.nextInt(60)));
            for (int k = 0; k < 10; k++) {
                var text = text(random, 60);
                assertEquals(text, encoder.decode(encoder.encode(text)));
            }
        }
    }

    /** Characters of all planes, with many of a few so that pairs occur twice; no halves of pairs. */
    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            int point = switch (random.nextInt(4)) {
                case 0 -> "ab \n'é".codePointAt(random.nextInt(6));
                case 1 -> 'a' + random.nextInt(4);
                case 2 -> random.nextInt(0x2000);
                default -> random.nextInt(Character.MAX_CODE_POINT + 1);
            };
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '?' : point);
        }
        return text.toString();
    }

    @Test
    void aCorpusAlwaysGivesTheSameMerges() {
        var corpus = text(new Random(5), 5000).repeat(3);
        var first = PairTraining.merges(corpus, 200);
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(first, PairTraining.merges(corpus, 200));
        }
    }

    @Test
    void overlappingPairsAreCountedOnce() {
        assertArrayEquals(new long[] {'a', 'a'}, PairTraining.merges("aaa aaa", 1));
        assertArrayEquals(new long[] {256, 'a'}, PairEncoder.of(new long[] {'a', 'a'}).encode("aaa"));
    }
}
