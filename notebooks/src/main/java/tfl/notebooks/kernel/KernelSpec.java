package tfl.notebooks.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.notebooks.json.Fields;
import tfl.notebooks.json.Json;
import tfl.session.Misuse;

/**
 * A folder that tells Jupyter of a kernel: {@code kernel.json} says how it is started, pictures show it.
 *
 * @param folder whose name is the kernel's
 */
record KernelSpec(Path folder) {
    private static final String FILE = "kernel.json";
    private static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");
    private static final String NAME = "[a-zA-Z0-9._-]+";

    /** @param parent one of Jupyter's folders of kernels */
    static KernelSpec of(Path parent, String name) {
        if (!name.matches(NAME)) {
            throw new Misuse("a kernel's name has letters, digits, `.`, `_` and `-` only; `" + name + "` has others");
        }
        return new KernelSpec(parent.resolve(name));
    }

    String name() {
        return folder.getFileName().toString();
    }

    /**
     * Writes it.
     *
     * @param display what menus call it
     * @param options of {@code tfl kernel run}
     */
    void install(String display, List<String> options) {
        var command = new ArrayList<Object>(List.of(launcher().toString(), "kernel", "run"));
        command.addAll(options);
        command.add("{connection_file}");
        var fields = new LinkedHashMap<String, Object>();
        fields.put("argv", command);
        fields.put("display_name", display);
        fields.put("language", "tfl");
        fields.put("interrupt_mode", "message");
        fields.put("metadata", Map.of("debugger", false));
        try {
            Files.createDirectories(folder);
            for (var logo : LOGOS) {
                try (InputStream in = KernelSpec.class.getResourceAsStream(logo)) {
                    write(logo, in.readAllBytes());
                }
            }
            write(FILE, Json.bytes(fields));
        } catch (AccessDeniedException denied) {
            throw new Misuse("no permission to write to " + denied.getFile()
                    + "; --user installs the kernel for you alone");
        } catch (IOException problem) {
            throw new Misuse("the kernel cannot be installed in " + folder + ": " + problem.getMessage());
        }
    }

    private void write(String file, byte[] bytes) throws IOException {
        var aside = folder.resolve(file + ".part");
        Files.write(aside, bytes);
        Files.move(aside, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The command that starts TFL as it now runs: that of the distribution, or of the checkout it was built in. */
    static Path launcher() {
        var home = System.getProperty("tfl.home");
        if (home == null) {
            throw new Misuse("TFL was not started by its launcher, so a kernel would not know what to start");
        }
        var folder = Path.of(home);
        var build = folder.getParent();
        var checkout = build == null || build.getParent() == null ? null : build.getParent().resolve("tfl");
        // What is built below a checkout goes when it is built anew; the script above it stays.
        boolean built = checkout != null && Files.isExecutable(checkout)
                && Files.isRegularFile(build.resolve("current"));
        return built ? checkout : folder.resolve("bin/tfl");
    }

    /** Whether there is such a kernel, and TFL made it. */
    boolean isOurs() {
        return "tfl".equals(fields().text("language", ""));
    }

    /** How it is started; empty if that cannot be read. */
    String command() {
        var argv = fields().list("argv");
        return argv.isEmpty() ? "" : String.valueOf(argv.getFirst());
    }

    String display() {
        return fields().text("display_name", name());
    }

    private Fields fields() {
        try {
            return Fields.of(Json.parse(Files.readAllBytes(folder.resolve(FILE))));
        } catch (IOException unreadable) {
            return Fields.NONE;
        }
    }

    void uninstall() {
        try {
            for (var logo : LOGOS) {
                Files.deleteIfExists(folder.resolve(logo));
            }
            Files.deleteIfExists(folder.resolve(FILE));
            Files.deleteIfExists(folder);
        } catch (AccessDeniedException denied) {
            throw new Misuse("no permission to remove " + folder);
        } catch (IOException problem) {
            throw new Misuse(folder + " cannot be removed: " + problem.getMessage());
        }
    }

    /** TFL's kernels that Jupyter finds. */
    static List<KernelSpec> installed() {
        var found = new ArrayList<KernelSpec>();
        for (var parent : JupyterFolders.all()) {
            if (!Files.isDirectory(parent)) {
                continue;
            }
            try (var folders = Files.list(parent)) {
                folders.sorted().map(KernelSpec::new).filter(KernelSpec::isOurs).forEach(found::add);
            } catch (IOException unreadable) {
                // Jupyter does not see what is in there either.
                continue;
            }
        }
        return found;
    }
}
