package tfl.repl.reference;

import java.util.List;
import java.util.stream.Stream;

/**
 * A module, as its page shows it.
 *
 * @param doc Markdown
 * @param prefix what callers write before a name, such as {@code nn.}
 */
public record ReferenceModule(String name, String doc, String prefix, List<Entry> entries) {
    /**
     * One definition.
     *
     * @param kind {@code function}, {@code struct}, {@code method} or the kind of the value
     * @param signature how it is called
     * @param doc Markdown
     * @param group a heading it stands under, or an empty string
     * @param methods of a struct
     */
    public record Entry(String name, String kind, String signature, String doc, String group, List<Entry> methods) {
        public Entry {
            methods = List.copyOf(methods);
        }

        /** The first line of the documentation. */
        String summary() {
            return doc.lines().findFirst().orElse("");
        }
    }

    public ReferenceModule {
        entries = List.copyOf(entries);
    }

    /** The name of its page. */
    String page() {
        return name + ".html";
    }

    /** Every entry, methods after their struct, each with its anchor. */
    Stream<Anchor> anchors() {
        return entries.stream().flatMap(entry -> Stream.concat(Stream.of(new Anchor(prefix + entry.name(), entry.name(),
                entry)), entry.methods().stream().map(method -> new Anchor(prefix + entry.name() + "." + method.name(),
                entry.name() + "." + method.name(), method))));
    }

    /**
     * A place on the page.
     *
     * @param title the name as a caller writes it
     * @param id the fragment of the address
     */
    record Anchor(String title, String id, Entry entry) {}
}
