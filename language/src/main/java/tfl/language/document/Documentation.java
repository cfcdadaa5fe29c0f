package tfl.language.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Module;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.format.SignatureText;
import tfl.language.source.Span;

/**
 * What a module says about itself.
 *
 * @param module the {@code ##} lines at its top
 * @param entries its public definitions, in order; variables only if they are documented
 */
public record Documentation(Optional<String> module, List<Entry> entries) {
    /**
     * One definition.
     *
     * @param signature its head on one line, such as {@code fn f(x, rate=0.1)}
     * @param text its {@code ##} lines
     * @param methods of a struct; empty for others
     * @param span the whole definition
     */
    public record Entry(String name, String signature, Optional<String> text, List<Entry> methods,
            Span span) {
        public Entry {
            methods = List.copyOf(methods);
        }

        /** The first line of the text, or an empty string. */
        public String summary() {
            return text.flatMap(lines -> lines.lines().findFirst()).orElse("");
        }
    }

    public Documentation {
        entries = List.copyOf(entries);
    }

    /** The documentation of a module. Names that begin with {@code _} are private and left out. */
    public static Documentation of(Module module) {
        var signatures = new SignatureText(module.span().source());
        var entries = new ArrayList<Entry>();
        for (var statement : module.statements()) {
            entry(statement, signatures).filter(entry -> !entry.name().startsWith("_"))
                    .ifPresent(entries::add);
        }
        return new Documentation(module.doc(), entries);
    }

    private static Optional<Entry> entry(Statement statement, SignatureText signatures) {
        return switch (statement) {
            case Statement.FunctionDefinition definition -> Optional.of(function(definition, signatures));
            case Statement.StructDefinition struct ->
                    Optional.of(new Entry(struct.name().text(), signatures.of(struct), struct.doc(),
                    struct.methods().stream().map(method -> function(method, signatures))
                            .filter(method -> !method.name().startsWith("_")).toList(), struct.span()));
            case Statement.Assign(Pattern.Bind bind, _, var doc, var span) when doc.isPresent() ->
                Optional.of(new Entry(bind.name(), bind.name(), doc, List.of(), span));
            default -> Optional.empty();
        };
    }

    private static Entry function(Statement.FunctionDefinition definition, SignatureText signatures) {
        return new Entry(definition.name().text(), signatures.of(definition), definition.doc(), List.of(),
                definition.span());
    }

    /** A page in Markdown with a title, as {@code tfl doc} prints it. */
    public String markdown(String title) {
        var page = new StringBuilder("# ").append(title).append('\n');
        module.ifPresent(text -> page.append('\n').append(text).append('\n'));
        entries.forEach(entry -> markdown(entry, "##", page));
        return page.toString();
    }

    private static void markdown(Entry entry, String heading, StringBuilder page) {
        page.append('\n').append(heading).append(" `").append(entry.signature()).append("`\n");
        entry.text().ifPresent(text -> page.append('\n').append(text).append('\n'));
        entry.methods().forEach(method -> markdown(method, heading + "#", page));
    }
}
