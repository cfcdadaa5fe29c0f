package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskRangesTest {
    /** The order in which threads, one letter for each take, get their tasks. */
    @ParameterizedTest
    @CsvSource({
        // tasks, threads, who takes, what it gets
        "6, 2, 000111, 0 1 2 3 4 5",
        "6, 2, 010101, 0 3 1 4 2 5",
        "6, 2, 000000, 0 1 2 5 4 3",
        "6, 2, 1111110, 3 4 5 2 1 0 -1",
        "5, 2, 01010, 0 2 1 3 4",
        "3, 4, 3210, 1 2 0 -1",
        "3, 4, 0123, 0 1 2 -1",
        "7, 3, 0120121, 0 2 4 1 3 5 6",
        "1, 2, 10, 0 -1",
    })
    void aThreadTakesItsOwnFromTheFrontThenOthersFromTheBack(int tasks, int threads, String takers, String expected) {
        var ranges = new TaskRanges(tasks, threads);
        List<String> taken = new ArrayList<>();
        takers.chars().forEach(taker -> taken.add(Integer.toString(ranges.take(taker - '0'))));
        assertEquals(expected, String.join(" ", taken));
    }

    @Test
    void threadsThatRaceTakeEachTaskOnce() throws InterruptedException {
        int tasks = 200_000;
        for (int threads : new int[]{2, 3, 8}) {
            var ranges = new TaskRanges(tasks, threads);
            var times = new AtomicIntegerArray(tasks);
            var racers = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                int thread = i;
                racers[i] = new Thread(() -> {
                    for (int task = ranges.take(thread); task >= 0; task = ranges.take(thread)) {
                        times.incrementAndGet(task);
                    }
                });
                racers[i].start();
            }
            for (var racer : racers) {
                racer.join();
            }
            var wrong = new ArrayList<Integer>();
            for (int i = 0; i < tasks; i++) {
                if (times.get(i) != 1) {
                    wrong.add(i);
                }
            }
            assertTrue(wrong.isEmpty(), () -> wrong.size() + " tasks, the first " + wrong.getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // size, grain, threads, size of a chunk, chunks
        "1000, 400, 2, 512, 2",
        "8000, 1000, 2, 1024, 8",
        "1000000, 1000, 2, 31296, 32",
        "10, 2, 2, 3, 4",
        "80000, 10000, 2, 10048, 8",
        "100000, 10000, 2, 12544, 8",
    })
    void chunksAreEquallyManyForEachThread(long size, long grain, int threads, long chunk, long chunks) {
        assertEquals(List.of(chunk, chunks), Arrays.asList(Split.chunk(size, grain, threads),
                (size + Split.chunk(size, grain, threads) - 1) / Split.chunk(size, grain, threads)));
    }
}
