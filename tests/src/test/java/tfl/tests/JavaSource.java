package tfl.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the walls need to know of one Java source file.
 *
 * @param path where it lies, relative to the repository
 * @param text the whole file
 * @param code the file with comments and the contents of literals blanked out, line breaks kept
 */
record JavaSource(Path path, String text, String code) {

    private static final Pattern BLANKED = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.*]+);");
    private static final Pattern QUALIFIED = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?:[A-Z]\\w*|\\*)");
    private static final Pattern TOP_LEVEL_TYPE = Pattern.compile(
            "^((?:(?:public|abstract|final|sealed|non-sealed|strictfp) +)*)"
                    + "(?:class|interface|enum|record|@interface) +(\\w+)",
            Pattern.MULTILINE);

    /** One top-level type: its name, whether it is public, whether a doc comment stands above it. */
    record Type(String name, boolean isPublic, boolean documented) {}

    static JavaSource read(Path root, Path file) {
        try {
            var text = Files.readString(file);
            return new JavaSource(root.relativize(file), text, blank(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All Java files below the folder, in order of their names; none when the folder is missing. */
    static List<JavaSource> below(Path root, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().map(f -> read(root, f)).toList();
        }
    }

    /** Imports whose simple name stands nowhere else in the file, doc comments included, and wildcards. */
    Stream<String> unusedImports() {
        var body = IMPORT.matcher(text).replaceAll("");
        return IMPORT.matcher(text).results().map(m -> m.group(1)).filter(name -> {
            var simple = name.substring(name.lastIndexOf('.') + 1);
            return simple.equals("*") || !Pattern.compile("\\b" + Pattern.quote(simple) + "\\b").matcher(body).find();
        });
    }

    String room() {
        return path.getName(0).toString();
    }

    String packageName() {
        var matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    String fileName() {
        return path.getFileName().toString();
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** The packages of all types named in full, in imports or in place; its own package is not among them. */
    Set<String> packagesUsed() {
        return QUALIFIED.matcher(code).results()
                .map(MatchResult::group)
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .filter(name -> !name.equals(packageName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<Type> topLevelTypes() {
        return TOP_LEVEL_TYPE.matcher(code).results()
                .map(m -> new Type(m.group(2), m.group(1).contains("public"), documentedAt(m.start())))
                .toList();
    }

    /** Whether a doc comment ends above the position, with nothing but annotations between. */
    private boolean documentedAt(int position) {
        int end = text.lastIndexOf("*/", position);
        int start = end < 0 ? -1 : text.lastIndexOf("/*", end);
        return start >= 0 && text.startsWith("/**", start)
                && !code.substring(end, position).matches("(?s)[^@]*[;}].*");
    }

    private static String blank(String text) {
        return BLANKED.matcher(text).replaceAll(m -> m.group().replaceAll("[^\\n]", " "));
    }
}
