package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tfl.interpreter.Catching;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.lower.SizedPlans;
import tfl.primitive.ShapeProblem;
import tfl.transform.Mapping;
import tfl.transform.Trace;

/**
 * {@code graph(f)}: traced at the first call of each signature. An int that differs from call to call becomes an input
 * of the graph where the function allows it; where it does not, such as in a shape, each value has a graph of its own.
 */
final class GraphFunction implements Wrapping {
    /** Graphs at one time, and signatures that {@code explain} tells of. */
    private static final int KEPT = 256;

    private final Object function;
    private final GraphOptions options;
    private final SizedPlans sizes;
    /** The one that was used last at the end. */
    private final List<GraphEntry> entries = new ArrayList<>();
    private final List<Traced> history = new ArrayList<>();
    private boolean intsAreStatic;
    private volatile GraphEntry last;

    GraphFunction(Object function) {
        this(function, GraphOptions.DEFAULT);
    }

    GraphFunction(Object function, GraphOptions options) {
        this.function = function;
        this.options = options;
        this.sizes = options.sizes();
    }

    @Override
    public Object wrapped() {
        return function;
    }

    @Override
    public Object remade(Object[] others) {
        return Transforms.graph(others[0], options);
    }

    GraphOptions options() {
        return options;
    }

    /** A signature that it was traced for, and why those before did not serve. */
    record Traced(String types, String reason) {}

    /** What it was traced for, in order. */
    List<Traced> history() {
        return history;
    }

    @Override
    public Object call(CallContext context, Object[] given) {
        var arguments = (TupleValue) given[0];
        var keywords = (RecordValue) given[1];
        // A try under vmap catches errors element by element. A debugger stops where code runs, and in a compiled graph
        // none of the program's does.
        if (Trace.isActive() || Mapping.isAnyActive() && Catching.nearby() > 0
                || context.session().stepsThroughGraphs()) {
            return context.call(function, arguments.toArray(), keywords);
        }
        var recent = last;
        if (recent != null && recent.isWhole() && recent.isCurrent()) {
            var atoms = recent.atoms(arguments, keywords);
            if (atoms != null) {
                return recent.run(context, atoms);
            }
        }
        var signature = CallSignature.of(arguments, keywords);
        var entry = entry(context, arguments, keywords, signature);
        return entry.isWhole() ? entry.run(context, signature.atoms())
                : context.call(function, arguments.toArray(), keywords);
    }

    /** The graph for a call, traced if there is none yet. */
    GraphEntry entry(CallContext context, TupleValue arguments, RecordValue keywords, CallSignature signature) {
        var recent = last;
        if (recent != null && recent.isCurrent() && signature.fits(recent.tokens())) {
            return recent;
        }
        synchronized (this) {
            boolean replaced = entries.removeIf(entry -> !entry.isCurrent());
            for (int k = entries.size() - 1; k >= 0; k--) {
                if (signature.fits(entries.get(k).tokens())) {
                    last = entries.remove(k);
                    entries.add(last);
                    return last;
                }
            }
            var reason = replaced ? "a definition that it uses was replaced"
                    : entries.stream().map(GraphEntry::tokens).min(Comparator.comparingInt(signature::differences))
                            .map(nearest -> signature.difference(nearest, LeafNames.of(function, arguments, keywords)))
                            .orElse("");
            var entry = traced(context, arguments, keywords, signature);
            if (options.waits() && entry.isWhole() && !entry.compiled().exceedsBudget()) {
                Explanations.fused(entry.compiled());
            }
            if (history.size() >= KEPT) {
                history.removeFirst();
            }
            history.add(new Traced(entry.signature(), reason));
            if (entries.size() >= KEPT) {
                entries.removeFirst();
            }
            entries.add(entry);
            last = entry;
            return entry;
        }
    }

    private GraphEntry traced(CallContext context, TupleValue arguments, RecordValue keywords,
            CallSignature signature) {
        for (var entry : List.copyOf(entries)) {
            var general = general(context, arguments, keywords, signature, signature.opened(entry.tokens()));
            if (general != null) {
                entries.remove(entry);
                return general;
            }
        }
        for (var entry : entries) {
            var general = general(context, arguments, keywords, signature, signature.openedLike(entry.tokens()));
            if (general != null) {
                return general;
            }
        }
        return GraphEntry.trace(context, function, arguments, keywords, signature, signature.tokens(), sizes);
    }

    /**
     * The graph with ints as inputs; null if it needs their values.
     *
     * @param opened the tokens that leave them open; null if there are none such
     */
    private GraphEntry general(CallContext context, TupleValue arguments, RecordValue keywords,
            CallSignature signature, Object[] opened) {
        if (opened == null || intsAreStatic) {
            return null;
        }
        try {
            return GraphEntry.trace(context, function, arguments, keywords, signature, opened, sizes);
        } catch (TflException | ShapeProblem needed) {
            // Whatever is wrong, it will be said of the ints themselves; if it is not, they are needed.
            intsAreStatic = true;
            return null;
        }
    }
}
