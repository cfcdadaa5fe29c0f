package tfl.repl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tfl.session.Session;

/** A file of inputs: code, and lines that are commands of the prompt. */
final class PromptFile {
    private PromptFile() {}

    /** The file's code and commands, in order. */
    static List<String> inputs(Path file) {
        var inputs = new ArrayList<String>();
        var code = new StringBuilder();
        int skipped = 0;
        int number = 0;
        for (var line : Session.read(file).lines().toList()) {
            number++;
            if (!line.startsWith(":")) {
                code.append(line).append('\n');
                continue;
            }
            add(code, skipped, inputs);
            inputs.add(line);
            skipped = number;
        }
        add(code, skipped, inputs);
        return inputs;
    }

    /** Blank lines before the code keep its line numbers those of the file. */
    private static void add(StringBuilder code, int skipped, List<String> inputs) {
        if (!code.toString().isBlank()) {
            inputs.add("\n".repeat(skipped) + code);
        }
        code.setLength(0);
    }
}
