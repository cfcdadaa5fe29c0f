package example;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoublePredicate;
import tfl.embedding.FloatTensor;
import tfl.embedding.LimitExceeded;
import tfl.embedding.Model;
import tfl.embedding.Tfl;
import tfl.embedding.TflError;

/** A service that tells handwritten digits apart with a model written in TFL. */
public final class DigitService {
    /** The functions of {@code digits.tfl} as this program sees them. */
    interface Digits {
        float[] predict(float[] pixels);

        FloatTensor batch(FloatTensor pixels);

        Test test();

        List<Integer> doubtful(FloatTensor pixels, DoublePredicate judge);
    }

    record Test(FloatTensor x, int[] y, double accuracy) {}

    private DigitService() {}

    public static void main(String[] args) throws Exception {
        try (var tfl = Tfl.builder().seed(1).open()) {
            Model model = tfl.load(Path.of("digits.tfl"));
            var digits = model.as(Digits.class);
            var test = digits.test();
            System.out.printf("accuracy %.3f%n", test.accuracy());

            float[] first = row(test.x(), 0);
            System.out.println("the first is a " + largest(model.call(first)) + ", and should be a " + test.y()[0]);

            System.out.println(right(digits, test) + " of 100 right, from 8 threads");

            var doubtful = digits.doubtful(test.x(), probability -> probability < 0.5);
            System.out.println(doubtful.size() > 0 ? "some are doubtful" : "none is doubtful");

            try {
                model.call(new float[3]);
            } catch (TflError error) {
                System.out.println("refused: " + error.kind() + " at " + error.file() + ":" + error.line());
            }
        }
        limits();
    }

    /** Many threads, one model. */
    private static int right(Digits digits, Test test) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 100; i++) {
                float[] pixels = row(test.x(), i);
                answers.add(threads.submit(() -> largest(digits.predict(pixels))));
            }
            int right = 0;
            for (int i = 0; i < answers.size(); i++) {
                right += answers.get(i).get() == test.y()[i] ? 1 : 0;
            }
            return right;
        }
    }

    /** A program that somebody else wrote gets no permissions, and an end. */
    private static void limits() {
        try (var tfl = Tfl.builder().timeLimit(Duration.ofMillis(500)).memoryLimit(64 << 20).open()) {
            try {
                tfl.run("import io\nprint(io.read_bytes(\"/etc/passwd\"))");
            } catch (TflError refused) {
                System.out.println("refused: " + refused.kind());
            }
            tfl.run("while true { }");
        } catch (LimitExceeded stopped) {
            System.out.println("stopped: " + stopped.code());
        }
    }

    private static float[] row(FloatTensor rows, int index) {
        var row = new float[rows.shape()[1]];
        rows.data().get(index * row.length, row);
        return row;
    }

    private static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
