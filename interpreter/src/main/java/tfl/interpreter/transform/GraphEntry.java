package tfl.interpreter.transform;

import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import tfl.graph.Graph;
import tfl.interpreter.Catching;
import tfl.interpreter.Place;
import tfl.interpreter.UserPlace;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.MadeFunctions;
import tfl.interpreter.builtin.Rebound;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.builtin.module.MappedDraws;
import tfl.interpreter.builtin.module.TracedDraws;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.trace.Definitions;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.trace.Replay;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.source.Span;
import tfl.lower.CompiledGraph;
import tfl.lower.Foreseen;
import tfl.lower.SizedPlans;
import tfl.lower.StepOps;
import tfl.primitive.Call;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Trace;

/** A function traced for one signature, and the graph that came of it. */
final class GraphEntry {
    private final Object[] tokens;
    private final String signature;
    private final List<String> inputNames;
    private final boolean[] isInput;
    private final Object result;
    private final Span lastDraw;
    private final List<? extends TensorValue> captured;
    private final List<Boolean> weak;
    private final CompiledGraph compiled;
    private final Definitions definitions;
    private final boolean isOnce;
    private final boolean isWhole;
    private final long began;
    private final long traceNanoseconds;

    private GraphEntry(Tracer tracer, Object[] tokens, CallSignature signature, LeafNames names,
            CompiledGraph compiled, boolean isOnce) {
        this.tokens = tokens;
        this.signature = signature.text(names);
        this.inputNames = inputNames(names.atoms(), tracer.isInput);
        this.isInput = tracer.isInput;
        this.result = tracer.result;
        this.lastDraw = tracer.draws.last();
        // A graph that is kept does not hold on to values of transformations that end before it is used again.
        this.captured = isOnce || tracer.isWhole ? tracer.captured : List.of();
        this.weak = tracer.weak;
        this.compiled = compiled;
        this.isOnce = isOnce;
        this.definitions = tracer.definitions;
        this.isWhole = tracer.isWhole;
        this.began = tracer.began;
        this.traceNanoseconds = tracer.nanoseconds;
    }

    /**
     * Traces a call.
     *
     * @param tokens of the signature, with ints left open that are to be inputs
     * @param sizes of the function
     */
    static GraphEntry trace(CallContext context, Object function, TupleValue arguments, RecordValue keywords,
            CallSignature signature, Object[] tokens, SizedPlans sizes) {
        var names = LeafNames.of(function, arguments, keywords);
        var told = place(function) + "(" + signature.text(names) + ")";
        var foreseen = sizes.knowsAny() ? Foreseen.unread(told, Execution.ops()) : Foreseen.of(told, Execution.ops());
        var tracer = Tracer.of(context, function, arguments, keywords, signature, tokens);
        return new GraphEntry(tracer, tokens, signature, names,
                new CompiledGraph(tracer.graph, Execution.ops(), foreseen, sizes), false);
    }

    /** Traces a call for {@link #apply}, whatever values the function read. */
    static GraphEntry once(CallContext context, Object function, TupleValue arguments, RecordValue keywords,
            CallSignature signature) {
        var tracer = Tracer.of(context, function, arguments, keywords, signature, signature.tokens());
        return new GraphEntry(tracer, signature.tokens(), signature, LeafNames.of(function, arguments, keywords),
                new CompiledGraph(tracer.graph, Execution.ops()), true);
    }

    /** Where the code of a function stands, whatever it was wrapped into. */
    private static String place(Object function) {
        return switch (function) {
            case ClosureValue closure -> {
                var section = closure.target().getRootNode().getSourceSection();
                yield section == null ? closure.name() : closure.name() + " " + section.getSource().getName() + " "
                        + section.getCharIndex();
            }
            case BuiltinFunction known when known.builtin().body() instanceof Wrapping wrapping ->
                known.name() + " " + place(wrapping.wrapped());
            case FunctionValue known -> known.name();
            default -> "";
        };
    }

    Object[] tokens() {
        return tokens;
    }

    String signature() {
        return signature;
    }

    /** What the first inputs of the graph are called, those that come of the arguments. */
    List<String> inputNames() {
        return inputNames;
    }

    private static List<String> inputNames(List<String> names, boolean[] isInput) {
        var inputs = new ArrayList<String>();
        for (int k = 0; k < isInput.length; k++) {
            if (isInput[k]) {
                inputs.add(names.get(k));
            }
        }
        return List.copyOf(inputs);
    }

    CompiledGraph compiled() {
        return compiled;
    }

    /** When tracing began, as {@link System#nanoTime} tells. */
    long began() {
        return began;
    }

    long traceNanoseconds() {
        return traceNanoseconds;
    }

    /** Whether the graph has everything in it: not, if the function read values that are being transformed outside. */
    boolean isWhole() {
        return isWhole;
    }

    /** Whether the definitions that the function read are still the same. */
    boolean isCurrent() {
        return definitions.areCurrent();
    }

    /** Runs the graph on the atoms of a call. */
    Object run(CallContext context, Object[] atoms) {
        for (var atom : atoms) {
            if (atom instanceof Lifted) {
                return apply(context, atoms);
            }
        }
        var inputs = inputs(context, atoms);
        var rebound = context.rebound();
        var outputs = rebound != null && rebound.fits(result) ? compiled.runOver(inputs, over(inputs, rebound))
                : compiled.run(inputs, 0);
        for (int k = 0, next = 0; k < atoms.length; k++) {
            if (isInput[k] && inputs[next++] != atoms[k]) {
                inputs[next - 1].discard();
            }
        }
        return finished(context, outputs);
    }

    private static boolean[] over(Tensor[] inputs, Rebound rebound) {
        var over = new boolean[inputs.length];
        for (int k = 0; k < over.length; k++) {
            over[k] = rebound.has(inputs[k]);
        }
        return over;
    }

    /** The atoms of a call that this graph serves, or null. */
    Object[] atoms(TupleValue arguments, RecordValue keywords) {
        return TokenWalk.atoms(tokens, isInput.length, arguments, keywords);
    }

    /** The value of a call from the results of its graph. */
    Object finished(CallContext context, Tensor[] outputs) {
        int count = outputs.length;
        if (lastDraw != null) {
            TracedDraws.advance(context, outputs[--count], lastDraw);
            outputs[count].discard();
        }
        return rebuilt(Arrays.<TensorValue>asList(outputs).iterator());
    }

    /** Plain inputs, for whoever runs the graph otherwise. */
    Tensor[] inputs(CallContext context, Object[] atoms) {
        var inputs = new ArrayList<Tensor>(atoms.length + captured.size());
        for (int k = 0; k < atoms.length; k++) {
            if (isInput[k]) {
                inputs.add((Tensor) tensor(atoms[k]));
            }
        }
        if (lastDraw != null) {
            inputs.addAll(TracedDraws.position(context));
        }
        captured.forEach(value -> inputs.add((Tensor) value));
        return inputs.toArray(Tensor[]::new);
    }

    private static TensorValue tensor(Object atom) {
        return switch (atom) {
            case Double number -> Tensor.scalar(DType.F64, number.doubleValue());
            case Long number -> Tensor.scalar(DType.I64, number.longValue());
            default -> (TensorValue) atom;
        };
    }

    /** The graph as one operation on values that are being transformed. */
    Object apply(CallContext context, Object[] atoms) {
        var inputs = new ArrayList<TensorValue>();
        for (int k = 0; k < atoms.length; k++) {
            if (isInput[k]) {
                inputs.add(tensor(atoms[k]));
            }
        }
        if (lastDraw != null) {
            inputs.addAll(TracedDraws.position(context));
        }
        inputs.addAll(captured);
        // Done one by one, what is the same for every element of vmap stays so, the generator's block among it.
        var outputs = new ArrayList<>(isOnce ? compiled.graph().apply(new StepOps<>(Execution.ops()), inputs)
                : Execution.ops().apply(new Call(compiled.graph()), inputs));
        if (lastDraw != null) {
            TracedDraws.advance(context, outputs.removeLast(), lastDraw);
        }
        return rebuilt(outputs.iterator());
    }

    private Object rebuilt(Iterator<TensorValue> outputs) {
        var flags = weak.iterator();
        return Structure.mapDeep(result, Lifted.class::isInstance, atom -> !(atom instanceof TensorValue) ? atom
                : flags.next() ? number(outputs.next()) : outputs.next());
    }

    private static Object number(TensorValue output) {
        Object number = Leaves.number(output);
        if (output instanceof Tensor) {
            output.discard();
        }
        return number;
    }

    /** One run of a function under a trace. */
    private static final class Tracer {
        private final CallSignature signature;
        private final boolean[] isInput;
        private final List<Boolean> weak = new ArrayList<>();
        private final Definitions definitions = new Definitions();
        private TracedDraws draws;
        private Object result;
        private Graph graph;
        private List<TensorValue> captured;
        private boolean isWhole;
        private long began;
        private long nanoseconds;

        static Tracer of(CallContext context, Object function, TupleValue arguments, RecordValue keywords,
                CallSignature signature, Object[] tokens) {
            return Replay.bounded(() -> {
                var tracer = new Tracer(signature, tokens);
                tracer.run(context, function, arguments, keywords);
                return tracer;
            });
        }

        private Tracer(CallSignature signature, Object[] tokens) {
            this.signature = signature;
            this.isInput = new boolean[signature.atomCount()];
            for (int k = 0; k < isInput.length; k++) {
                var token = tokens[signature.place(k)];
                isInput[k] = token instanceof CallSignature.Number || token instanceof TensorType;
            }
        }

        private void run(CallContext context, Object function, TupleValue arguments, RecordValue keywords) {
            began = System.nanoTime();
            MappedDraws.beforeRegion();
            var tries = Catching.suspend();
            try (var trace = new Trace(Place::current).enter()) {
                // What no code of the function's own writes down stands where the graph is called.
                Place.at(UserPlace.span(EncapsulatingNodeReference.getCurrent().get()));
                var next = new int[1];
                var positional = (TupleValue) traced(trace, arguments, next);
                var named = (RecordValue) traced(trace, keywords, next);
                draws = new TracedDraws(trace);
                result = Effects.written(() -> definitions.reading(() -> draws.within(() -> called(context, function,
                        positional, named))));
                Holding.pin(result);
                graph = withoutUnused(trace.graph(outputs()));
                isWhole = trace.captured().stream().allMatch(Tensor.class::isInstance);
                captured = List.copyOf(trace.captured());
            } finally {
                Catching.restore(tries);
            }
            nanoseconds = System.nanoTime() - began;
        }

        // A function that fails whatever it is given has no value; its graph raises the error.
        private static Object called(CallContext context, Object function, TupleValue positional, RecordValue named) {
            try {
                return context.call(function, positional.toArray(), named);
            } catch (Raised raised) {
                return None.NONE;
            }
        }

        // Without draws, the generator's key and block, which follow the atoms, are no inputs.
        private Graph withoutUnused(Graph whole) {
            if (draws.used()) {
                return whole;
            }
            int own = 0;
            for (boolean input : isInput) {
                own += input ? 1 : 0;
            }
            var inputs = new ArrayList<>(whole.inputs());
            inputs.subList(own, own + 2).clear();
            return new Graph(inputs, whole.equations(), whole.outputs());
        }

        /** @param next the atom to come */
        private Object traced(Trace trace, Object value, int[] next) {
            return Structure.map(value, atom -> {
                if (atom instanceof BoundFunction) {
                    return MadeFunctions.remade(atom, part -> traced(trace, part, next));
                }
                if (!(atom instanceof TensorValue || atom instanceof Double || atom instanceof Long)) {
                    return atom;
                }
                int k = next[0]++;
                return !isInput[k] ? atom : switch (atom) {
                    case Double number -> trace.input(TensorType.scalar(DType.F64), true);
                    case Long number -> trace.input(TensorType.scalar(DType.I64), true);
                    default -> trace.input(((TensorValue) atom).type(), Lifted.isWeak(atom));
                };
            });
        }

        private List<TensorValue> outputs() {
            var outputs = new ArrayList<TensorValue>();
            Structure.mapDeep(result, Lifted.class::isInstance, atom -> {
                if (atom instanceof TensorValue tensor) {
                    outputs.add(tensor);
                    weak.add(Lifted.isWeak(tensor));
                }
                return atom;
            });
            if (draws.used()) {
                outputs.add(draws.position());
            }
            return outputs;
        }
    }
}
