package tfl.editor.feature;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keywords: what each does in a line, and the constructs that completion writes out. */
final class Keywords {
    /**
     * A construct.
     *
     * @param body with {@code $1}, {@code ${2:name}} and {@code $0} for what is to be typed
     */
    record Snippet(String word, String description, String body) {}

    static final List<Snippet> SNIPPETS = List.of(
            new Snippet("fn", "a function", "fn ${1:name}(${2:x}) {\n  $0\n}"),
            new Snippet("fn", "a function of one expression", "fn ${1:name}(${2:x}) = $0"),
            new Snippet("struct", "a struct with methods",
                    "struct ${1:Name}(${2:field}) {\n  fn ${3:call}(self, x) = $0\n}"),
            new Snippet("if", "a choice", "if ${1:condition} {\n  $0\n}"),
            new Snippet("if", "a choice with else", "if ${1:condition} {\n  $2\n} else {\n  $0\n}"),
            new Snippet("for", "a loop", "for ${1:each} in ${2:sequence} {\n  $0\n}"),
            new Snippet("while", "a loop", "while ${1:condition} {\n  $0\n}"),
            new Snippet("match", "a choice by pattern", "match ${1:value} {\n  ${2:pattern} -> $0\n  _ -> none\n}"),
            new Snippet("try", "what to do when it fails", "try {\n  $1\n} catch ${2:e} {\n  $0\n}"),
            new Snippet("test", "a test", "test \"${1:what it shows}\" {\n  assert $0\n}"),
            new Snippet("bench", "a benchmark", "bench \"${1:what it measures}\" {\n  $0\n}"),
            new Snippet("import", "a module of the library", "import ${1:nn}"),
            new Snippet("from", "names of a module", "from ${1:nn} import ${2:dense}"));

    private static final Map<String, String> HELP = Map.ofEntries(
            Map.entry("fn", "```tfl\nfn f(x, rate=0.1, *rest) = ...\n```\nDefines a function: one expression, or a "
                    + "block whose last expression is the value."),
            Map.entry("struct", "```tfl\nstruct Dense(w, b) { fn call(self, x) = x @ self.w + self.b }\n```\nA named "
                    + "record with methods; `call` makes it callable, `show` prints it."),
            Map.entry("if", "```tfl\nif c { } else if d { } else { }\n```\nThe condition is a bool or a tensor of one "
                    + "element; the value is that of the block that runs."),
            Map.entry("else", "```tfl\nif c { } else { }\n```\nWhat runs when no condition holds."),
            Map.entry("while", "```tfl\nwhile c { }\n```\nRuns the block as long as the condition holds."),
            Map.entry("for", "```tfl\nfor pattern in sequence { }\n```\nWalks a range, tensor, tuple or stream."),
            Map.entry("break", "Leaves the nearest loop."),
            Map.entry("continue", "Goes on with the next round of the nearest loop."),
            Map.entry("return", "Leaves the function with a value."),
            Map.entry("match", "```tfl\nmatch v { 0 -> a, (x, y) -> b, {kind: \"x\", n} -> c, s: str -> d, _ -> e }\n"
                    + "```\nThe first pattern that fits decides."),
            Map.entry("try", "```tfl\ntry { } catch e { } finally { }\n```\n`e.message`, `e.kind`, `e.code` and "
                    + "`e.line` say what went wrong."),
            Map.entry("catch", "```tfl\ntry { } catch e { }\n```\nRuns when the block before fails."),
            Map.entry("finally", "```tfl\ntry { } finally { }\n```\nRuns at the end in any case."),
            Map.entry("assert", "```tfl\nassert condition, \"message\"\n```\nEnds the program with an error unless the "
                    + "condition holds."),
            Map.entry("import", "```tfl\nimport nn, optim as o\nimport \"./model.tfl\" as model\nimport java "
                    + "\"java.time.Instant\"\n```\nRuns a module once and binds its name."),
            Map.entry("in", "`for x in xs` walks a sequence; `x in xs` asks whether it holds a value."),
            Map.entry("and", "Both conditions, the second only if the first holds. `&` is elementwise."),
            Map.entry("or", "One of the conditions, the second only if the first fails. `|` is elementwise."),
            Map.entry("not", "The opposite of a condition. `~` is elementwise."),
            Map.entry("->", "```tfl\nx -> x + 1\n(x, y) -> { ... }\n```\nA function without a name."),
            Map.entry("|>", "```tfl\na |> f(b)\n```\nThe same as `f(a, b)`."),
            Map.entry("@", "```tfl\nx @ w\n```\nThe matrix product, batched, with NumPy's rules for vectors."));

    private Keywords() {}

    static Optional<String> help(String word) {
        return Optional.ofNullable(HELP.get(word));
    }
}
