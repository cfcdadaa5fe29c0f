package tfl.interpreter.transform;

import java.util.List;
import tfl.interpreter.Place;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.module.RegionDraws;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Gradient;

/** A call of {@code checkpoint(f)}. What runs again draws the same numbers, and prints nothing. */
final class Checkpoint implements Gradient.Repeatable {
    private final CallContext context;
    private final Object function;
    private final TupleValue arguments;
    private final RecordValue keywords;
    private final RegionDraws draws;
    private Object result;
    private int leaves;

    private Checkpoint(CallContext context, Object function, TupleValue arguments, RecordValue keywords) {
        this.context = context;
        this.function = function;
        this.arguments = arguments;
        this.keywords = keywords;
        this.draws = new RegionDraws(context);
    }

    static Object call(CallContext context, Object function, TupleValue arguments, RecordValue keywords) {
        return new Checkpoint(context, function, arguments, keywords).value();
    }

    private Object value() {
        var results = Gradient.checkpoint(Execution.ops(), OwnRules.tensors(arguments), this, Place::current);
        if (result == null) {
            throw Raised.RAISED;
        }
        if (results.size() > leaves) {
            draws.goOn(results.getLast());
        }
        return Leaves.withResults(result, results.iterator());
    }

    @Override
    public List<TensorValue> run(List<TensorValue> given) {
        return draws.run(() -> results(given));
    }

    @Override
    public List<TensorValue> instead(List<TensorValue> given) {
        return Effects.silently(() -> draws.instead(() -> results(given)));
    }

    @Override
    public List<TensorValue> again(List<TensorValue> given) {
        return Effects.silently(() -> draws.again(() -> results(given)));
    }

    private List<TensorValue> results(List<TensorValue> given) {
        try {
            result = OwnRules.called(arguments, given, own -> context.call(function, own.toArray(), keywords));
        } catch (Raised raised) {
            return List.of();
        }
        var tensors = Leaves.results(result);
        leaves = tensors.size();
        return tensors;
    }
}
