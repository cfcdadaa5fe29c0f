package tfl.language.shape;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.resolve.Resolution;
import tfl.language.source.Located;
import tfl.language.source.Span;

/** What is sure of each expression of a text, and what surely fails. */
public final class Inference {
    private final Map<Node, Value> values = new IdentityHashMap<>();
    private final List<Located> problems = new ArrayList<>();
    private final Set<Span> places = new HashSet<>();

    private Inference() {}

    /** Looks at a whole text; never throws, whatever it says. */
    public static Inference of(Module module, Resolution resolution) {
        var inference = new Inference();
        new Walker(inference, module, resolution).module(module);
        return inference;
    }

    /** What is sure of an expression or of the name that a pattern binds. */
    public Value of(Node node) {
        return values.getOrDefault(node, Value.UNKNOWN);
    }

    /** Mistakes that the program would end with, were they reached. */
    public List<Located> problems() {
        return List.copyOf(problems);
    }

    void note(Node node, Value value) {
        var before = values.get(node);
        values.put(node, before == null ? value : Value.join(before, value));
    }

    void report(ShapeFault fault, Span span) {
        if (places.add(span)) {
            problems.add(new Located(fault, span));
        }
    }
}
