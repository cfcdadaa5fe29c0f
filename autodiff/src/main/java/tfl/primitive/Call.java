package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.tensor.TensorType;

/**
 * Runs a region as a whole and forgets what is inside of it: the backward pass runs it again. What is computed again
 * stays within another call, where nothing can take the first run's values for it and keep them alive.
 */
public record Call(Region body) implements ControlFlow {
    @Override
    public String name() {
        return "checkpoint";
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
    public <V> Pushed<V> push(Ops<V> ops, List<V> inputs, List<V> tangents) {
        var moving = Regions.present(tangents);
        var asked = Regions.moves(body, moving);
        var outputs = ops.apply(new Call(Regions.forward(body, moving, asked)),
                Regions.join(inputs, Regions.where(tangents, moving)));
        return new Pushed<>(outputs.subList(0, asked.size()),
                Regions.spaced(outputs.subList(asked.size(), outputs.size()), asked));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var asked = IntStream.range(0, inputs.size()).mapToObj(k -> wanted.test(k)
                && ops.type(inputs.get(k)).dtype().isDifferentiable()).toList();
        var given = Regions.present(cotangents);
        var pulled = ops.apply(new Call(Regions.pullback(body, given, asked)),
                Regions.join(inputs, Regions.where(cotangents, given)));
        return Regions.spaced(pulled, asked);
    }

    @Override
    public <V> List<BatchOps.Mapped<V>> map(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var flags = Regions.maps(body, size, mapped);
        return BatchOps.mapped(ops.apply(new Call(Regions.batch(body, size, mapped, flags)), inputs), flags);
    }

    @Override
    public <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        var call = new Call(Regions.laned(body, inputs.size()));
        return ops.apply(call, Regions.join(inputs, List.of(lane)));
    }

    @Override
    public List<Region> regions() {
        return List.of(body);
    }

    @Override
    public Primitive withRegions(List<Region> regions) {
        return new Call(regions.getFirst());
    }
}
