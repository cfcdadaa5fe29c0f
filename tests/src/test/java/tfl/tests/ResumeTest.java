package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed and resumed ends with the bits of one that never stopped. */
class ResumeTest {
    private static final Path PROGRAM = Path.of("src/test/resources/training/run.tfl").toAbsolutePath();
    private static final int KILLS = 5;
    private static final String TRAINING = """
            import io, nn, optim, train
            seed(2)
            dir = __args__[0] + "/run"
            batches = tuple({x: randn((8, 3), key=rng(i)), y: randn((8, 1), key=rng(i + 9))} for i in 0..3)
            fn fit(epochs, resume=none) = train.fit(
              nn.dense(3, 1), batches, nn.mse, optim.adam(1e-2), epochs=epochs, resume=resume,
              callbacks=train.checkpoint(dir, keep=3),
            )
            """;

    @TempDir
    Path folder;

    @Test
    void aKilledTrainingEndsWithTheSameBits() throws IOException, InterruptedException {
        var whole = folder.resolve("whole.safetensors");
        var pieces = folder.resolve("pieces.safetensors");
        var ended = TflProcess.run(words("whole", whole, 0), "", Map.of(), folder);
        assertEquals(0, ended.status(), ended.errors());
        var random = new Random(20261128);
        for (int kill = 0; kill < KILLS; kill++) {
            killAfter(1 + random.nextInt(6), random.nextInt(40), words("pieces", pieces, 0.02));
        }
        assertFalse(Files.exists(pieces), "the training was killed before its end");
        ended = TflProcess.run(words("pieces", pieces, 0), "", Map.of(), folder);
        assertEquals(0, ended.status(), ended.errors());
        assertFalse(ended.output().startsWith("step 1\n"), "it went on from a checkpoint");
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(pieces));
        try (var files = Files.list(folder.resolve("pieces"))) {
            assertEquals(6, files.count(), "two checkpoints of three files, and no part of a killed write");
        }
    }

    private List<String> words(String checkpoints, Path result, double pause) {
        return List.of(PROGRAM.toString(), folder.resolve(checkpoints).toString(), result.toString(),
                Double.toString(pause));
    }

    /** Kills the process some milliseconds after it printed so many lines, as {@code kill -9} does. */
    private void killAfter(int lines, int milliseconds, List<String> words) throws IOException, InterruptedException {
        var errors = folder.resolve("errors.txt");
        var process = new ProcessBuilder(TflProcess.command(words)).directory(folder.toFile())
                .redirectError(errors.toFile()).start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int line = 0; line < lines; line++) {
                assertTrue(out.readLine() != null, () -> read(errors));
            }
            Thread.sleep(milliseconds);
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            return problem.toString();
        }
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        run("fit(4)");
        var wanted = run("r = train.fit(nn.dense(3, 1), batches, nn.mse, optim.adam(1e-2), epochs=5)\n"
                + "print(r.model.w, r.history.loss)");
        flip(folder.resolve("run/step-0000000012.safetensors"));
        var flipped = run("r = fit(5, resume=dir)\nprint(r.model.w, r.history.loss)");
        assertTrue(flipped.output().contains("warning: the checkpoint of step 12 in " + folder + "/run cannot be used: "
                + "step-0000000012.safetensors is damaged: its checksum differs; going back to step 9"),
                flipped.output());
        assertTrue(flipped.output().endsWith(wanted.output()), flipped.output());
    }

    @Test
    void truncatedAndMissingFilesArePassedOver() throws IOException {
        run("fit(3)");
        var json = folder.resolve("run/step-0000000009.json");
        Files.writeString(json, Files.readString(json).substring(0, 100));
        Files.delete(folder.resolve("run/step-0000000006.safetensors"));
        var output = run("r = fit(3, resume=dir)\nprint(r.history.epoch)").output();
        assertTrue(output.contains("step-0000000009.json is damaged"), output);
        assertTrue(output.contains("step-0000000006.safetensors is missing; going back to step 3"), output);
        assertTrue(output.endsWith("[1, 2, 3]\n"), output);
    }

    @Test
    void withoutAWholeCheckpointThereIsAnError() throws IOException {
        run("fit(2)");
        for (int step : new int[] {3, 6}) {
            Files.writeString(folder.resolve("run/step-%010d.sha256.txt".formatted(step)), "nonsense\n");
        }
        var outcome = run("fit(3, resume=dir)");
        assertEquals("TFL-E0559", outcome.code());
        assertTrue(outcome.report().contains("none of the 2 checkpoints in"), outcome.report());
        // One that was never finished is none.
        for (int step : new int[] {3, 6}) {
            Files.delete(folder.resolve("run/step-%010d.sha256.txt".formatted(step)));
        }
        assertEquals("TFL-E0559", run("train.resume(dir)").code());
        assertEquals("[1]\n", run("print(fit(1, resume=dir).history.epoch)").output());
    }

    @Test
    void anotherModelIsTold() throws IOException {
        run("fit(1)");
        var outcome = run("train.resume(dir, nn.dense(4, 1), batches, nn.mse, optim.adam(1e-2))");
        assertEquals("TFL-E0560", outcome.code());
        assertTrue(outcome.report().contains("model.w is f32[4, 1], in the checkpoint it is f32[3, 1]"),
                outcome.report());
        outcome = run("train.resume(dir, nn.dense(3, 1), batches, nn.mse, optim.sgd(1e-2))");
        assertEquals("TFL-E0560", outcome.code());
        outcome = run("train.resume(dir, optimizer=optim.sgd(1e-2))");
        assertEquals("TFL-E0561", outcome.code());
        assertTrue(outcome.report().contains("resume needs model, data, loss again"), outcome.report());
        assertTrue(outcome.report().contains("is of step 3, epoch 2"), outcome.report());
    }

    @Test
    void logsAreFilesThatASecondRunGoesOnWith() throws IOException {
        run("log = train.csv_log(__args__[0] + \"/log.csv\")\n"
                + "r = train.fit(nn.dense(3, 1), batches, nn.mse, optim.adam(1e-2), epochs=2, "
                + "callbacks=(log, train.checkpoint(dir)))\n"
                + "r = train.resume(dir, nn.dense(3, 1), batches, nn.mse, optim.adam(1e-2), epochs=3, "
                + "callbacks=(log, train.checkpoint(dir)))");
        var lines = Files.readAllLines(folder.resolve("log.csv"));
        assertEquals("epoch,loss", lines.getFirst());
        assertEquals(List.of("1", "2", "3"),
                lines.subList(1, lines.size()).stream().map(line -> line.split(",")[0]).toList());
    }

    private Outcome run(String text) {
        return Outcome.of(new Program("run.tfl", TRAINING + text + "\n"), null, folder.toString());
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
    }
}
