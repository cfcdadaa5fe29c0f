package tfl.backend.llvm;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The C library's functions that a module calls. Each call names the vector variants of glibc's libmvec, so
 * that the vectoriser can use them: see the x86 vector function ABI for the names.
 */
final class MathLibrary {
    /** What libmvec has (glibc 2.35 and later), at most 4 ulp from exact. */
    private static final List<String> VECTORISED = List.of("acos", "acosh", "asin", "asinh", "atan", "atan2",
            "atanh", "cbrt",
            "cos", "cosh", "erf", "erfc", "exp", "exp2", "exp10", "expm1", "hypot", "log", "log10", "log1p",
                    "log2", "pow",
            "sin", "sinh", "tan", "tanh");

    private final TreeMap<String, String> declarations = new TreeMap<>();
    private final TreeMap<String, String> vectors = new TreeMap<>();

    /** One call of the function of that name for doubles; for floats its name ends in f. */
    String call(Code code, String name, String type, String... arguments) {
        var symbol = type.equals("float") ? name + "f" : name;
        var parameters = List.of(arguments).stream().map(each -> type).collect(Collectors.joining(", "));
        declarations.put(symbol, "declare " + type + " @" + symbol + "(" + parameters
                + ") nounwind willreturn memory(none)");
        var values = List.of(arguments).stream().map(each -> type + " " + each)
                .collect(Collectors.joining(", "));
        var variants = VECTORISED.contains(name) ? variants(symbol, type, arguments.length) : "";
        return code.emit("call " + type + " @" + symbol + "(" + values + ") nounwind willreturn memory(none)"
                + variants);
    }

    private String variants(String symbol, String type, int arity) {
        var mappings = List.of("b16", "d32", "e64").stream()
                .map(isa -> variant(isa.charAt(0), Integer.parseInt(isa.substring(1)), symbol, type, arity))
                .collect(Collectors.joining(","));
        return " \"vector-function-abi-variant\"=\"" + mappings + "\"";
    }

    private String variant(char isa, int bytes, String symbol, String type, int arity) {
        int lanes = bytes / (type.equals("float") ? 4 : 8);
        var suffix = "N" + lanes + "v".repeat(arity) + "_" + symbol;
        var vector = "<" + lanes + " x " + type + ">";
        var name = "_ZGV" + isa + suffix;
        vectors.put(name, "declare " + vector + " @" + name + "(" + (vector + ", ").repeat(arity - 1)
                + vector + ")");
        return "_ZGV_LLVM_" + suffix + "(" + name + ")";
    }

    /**
     * The declarations of all functions called, and what keeps the vector ones in the module until they are
     * wanted.
     */
    String declarations() {
        var text = new StringBuilder();
        append(text, declarations.values());
        append(text, vectors.values());
        if (!vectors.isEmpty()) {
            text.append("@llvm.compiler.used = appending global [").append(vectors.size())
                    .append(" x ptr] [");
            text.append(vectors.keySet().stream().map(name -> "ptr @" + name)
                    .collect(Collectors.joining(", ")));
            text.append("], section \"llvm.metadata\"\n");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Collection<String> lines) {
        lines.forEach(line -> text.append(line).append('\n'));
    }
}
