package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.tensor.TensorType;

/**
 * A function with a derivative of its own.
 *
 * @param body {@code arguments..., more... -> outputs...}
 * @param backward {@code cotangents of all outputs..., arguments..., more... -> cotangents of the arguments...}
 * @param arguments how many of the inputs have a derivative; the others were captured by the two functions
 * @param captured what the others are called, empty where nobody knows
 */
public record CustomCall(Region body, Region backward, int arguments, List<String> captured) implements ControlFlow {
    @Override
    public String name() {
        return "custom_grad";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return body.outputTypes();
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Control((runner, values) -> runner.run(body, values, 0));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        requireNone(IntStream.range(0, inputs.size()).mapToObj(wanted::test).toList(), Regions.present(cotangents));
        var filled = Regions.filled(ops, cotangents, body.outputTypes());
        var pulled = new ArrayList<>(backward.apply(ops, Regions.join(filled, inputs)));
        while (pulled.size() < inputs.size()) {
            pulled.add(null);
        }
        return pulled;
    }

    // The backward function is linear in the cotangents; the pushforward is its transpose, which reverse mode gives
    // at any cotangents, such as zero.
    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        requireNone(Regions.present(tangents), Regions.all(outputs.size(), true));
        var reverse = new ReverseOps<>(ops);
        var cotangents = new ArrayList<ReverseOps.Noted<V>>();
        body.outputTypes().forEach(type -> cotangents.add(reverse.leaf(Regions.zero(ops, type))));
        var constants = inputs.stream().map(reverse::constant).toList();
        var pulled = backward.apply(reverse, Regions.join(cotangents, constants));
        var pushed = new ArrayList<>(reverse.pull(pulled, tangents.subList(0, arguments), cotangents));
        for (int k = 0; k < pushed.size(); k++) {
            if (!body.outputTypes().get(k).dtype().isDifferentiable()) {
                pushed.set(k, null);
            }
        }
        return pushed;
    }

    /**
     * Checks that no derivative would go through what was captured.
     *
     * @param followed for each input, whether it has one
     * @param asked for each output, whether its own is asked for
     */
    private void requireNone(List<Boolean> followed, List<Boolean> asked) {
        for (int k = arguments; k < followed.size(); k++) {
            int only = k;
            var one = IntStream.range(0, followed.size()).mapToObj(j -> j == only).toList();
            if (followed.get(k) && moves(one, asked)) {
                throw lost(k - arguments < captured.size() ? captured.get(k - arguments) : "");
            }
        }
    }

    private boolean moves(List<Boolean> inputs, List<Boolean> asked) {
        return Regions.where(Regions.moves(body, inputs), asked).contains(true);
    }

    private static ShapeProblem lost(String name) {
        return new ShapeProblem("TFL-E0373", "a derivative would be lost: it goes through "
                + (name.isEmpty() ? "a value" : name) + ", which a function under custom_grad captured,"
                + " and custom_grad has derivatives for arguments only", name.isEmpty()
                ? "pass the value to the function as an argument, or read it with stop_gradient() there"
                : "pass " + name + " to the function as an argument, or read stop_gradient(" + name + ") there");
    }

    @Override
    public <V> List<BatchOps.Mapped<V>> map(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        // What has no derivative and is the same for every element stays one, such as the generator's position.
        var spread = Regions.either(Regions.smooth(body.outputTypes()), Regions.maps(body, size, mapped));
        var back = Regions.batch(backward, size, Regions.join(spread, mapped), Regions.all(arguments, true));
        // Arguments that are the same for every element get the sum of what each element hands back.
        var summed = backward.derive(back.inputTypes(), new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                var pulled = new ArrayList<>(back.apply(inner, given));
                for (int k = 0; k < arguments; k++) {
                    if (!mapped.get(k)) {
                        pulled.set(k, inner.call(new ReduceSum(List.of(0)), pulled.get(k)));
                    }
                }
                return pulled;
            }
        });
        var call = new CustomCall(Regions.batch(body, size, mapped, spread), summed, arguments, captured);
        return BatchOps.mapped(ops.apply(call, inputs), spread);
    }

    @Override
    public <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        var call = new CustomCall(Regions.laned(body, inputs.size()),
                Regions.laned(backward, backward.inputTypes().size()), arguments, captured);
        return ops.apply(call, Regions.join(inputs, List.of(lane)));
    }

    // The backward function is not run by what runs again, but by the pass back through it.
    @Override
    public Primitive silent() {
        return new CustomCall(Regions.silent(body), backward, arguments, captured);
    }

    @Override
    public List<Region> regions() {
        return List.of(body, backward);
    }

    @Override
    public Primitive withRegions(List<Region> regions) {
        return new CustomCall(regions.getFirst(), regions.getLast(), arguments, captured);
    }
}
