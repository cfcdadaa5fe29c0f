package tfl.tests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that runs the {@code tfl} command on this virtual machine's class path and flags.
 *
 * @param status the exit status
 */
record TflProcess(int status, String output, String errors) {
    private static final int LIMIT_SECONDS = 120;

    /**
     * Runs {@code tfl} with these words and that input. A variable with an empty value is taken out of the
     * environment.
     */
    static TflProcess run(List<String> words, String input, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        return ended(command(words), input, environment, folder);
    }

    /** The same for a whole command line. */
    static TflProcess ended(List<String> command, String input, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        var out = Files.createTempFile("tfl", ".out");
        var err = Files.createTempFile("tfl", ".err");
        var in = Files.writeString(Files.createTempFile("tfl", ".in"), input);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectInput(in.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        environment.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        var process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end in " + LIMIT_SECONDS + " s: "
                    + Files.readString(err));
        }
        return new TflProcess(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** The command line that starts {@code tfl} with these words. */
    static List<String> command(List<String> words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "tfl.repl.Main"));
        command.addAll(words);
        return command;
    }
}
