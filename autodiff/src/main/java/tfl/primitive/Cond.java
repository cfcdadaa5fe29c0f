package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/** {@code condition, operands... -> yes(operands...)} or {@code no(operands...)}; the condition is one bool. */
public record Cond(Region yes, Region no) implements ControlFlow {
    @Override
    public String name() {
        return "cond";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        if (!inputs.getFirst().equals(TensorType.scalar(DType.BOOL))) {
            throw new ShapeProblem("TFL-E0221", "a condition takes one bool, this is " + inputs.getFirst(), null);
        }
        return yes.outputTypes();
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Control((runner, values) -> {
            var operands = java.util.Arrays.copyOfRange(values, 1, values.length);
            return runner.run(values[0].readLong(0) != 0 ? yes : no, operands, 0);
        });
    }

    @Override
    public <V> Pushed<V> push(Ops<V> ops, List<V> inputs, List<V> tangents) {
        var moving = Regions.present(tangents.subList(1, tangents.size()));
        var asked = Regions.either(Regions.moves(yes, moving), Regions.moves(no, moving));
        var operands = Regions.<V>join(inputs, Regions.where(tangents.subList(1, tangents.size()), moving));
        var outputs = ops.apply(new Cond(Regions.forward(yes, moving, asked), Regions.forward(no, moving, asked)),
                operands);
        return new Pushed<>(outputs.subList(0, asked.size()),
                Regions.spaced(outputs.subList(asked.size(), outputs.size()), asked));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var operands = inputs.subList(1, inputs.size());
        var asked = IntStream.range(0, operands.size()).mapToObj(k -> wanted.test(k + 1)
                && ops.type(operands.get(k)).dtype().isDifferentiable()).toList();
        var given = Regions.present(cotangents);
        var pull = new Cond(Regions.pullback(yes, given, asked), Regions.pullback(no, given, asked));
        var pulled = new ArrayList<V>();
        pulled.add(null);
        pulled.addAll(Regions.spaced(ops.apply(pull, Regions.join(inputs, Regions.where(cotangents, given))), asked));
        return pulled;
    }

    // A mapped condition takes both branches and chooses for each element.
    @Override
    public <V> List<BatchOps.Mapped<V>> map(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var operands = inputs.subList(1, inputs.size());
        var flags = mapped.subList(1, mapped.size());
        if (!mapped.getFirst()) {
            var differ = Regions.either(Regions.maps(yes, size, flags), Regions.maps(no, size, flags));
            var choice = new Cond(Regions.batch(yes, size, flags, differ), Regions.batch(no, size, flags, differ));
            return BatchOps.mapped(ops.apply(choice, inputs), differ);
        }
        V holds = inputs.getFirst();
        var taken = side(ops, yes, size, holds, operands, flags);
        var other = side(ops, no, size, no.isGuarded() ? ops.call(new Unary(UnaryOp.NOT), holds) : holds, operands,
                flags);
        var chosen = new ArrayList<V>();
        for (int k = 0; k < taken.size(); k++) {
            chosen.add(Masks.select(ops, holds, taken.get(k), other.get(k)));
        }
        return BatchOps.mapped(chosen);
    }

    // What a branch does beside computing is done if any element takes it.
    private static <V> List<V> side(Ops<V> ops, Region branch, long size, V takes, List<V> operands,
            List<Boolean> flags) {
        var within = Masks.within(ops, size, takes, branch, operands, flags);
        if (!branch.isGuarded()) {
            return within.outputs(ops, size);
        }
        var whole = Regions.batch(within.region(), size, within.mapped(),
                Regions.all(branch.outputTypes().size(), true));
        var nothing = branch.derive(whole.inputTypes(), new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                return whole.outputTypes().stream().map(type -> Regions.zero(inner, type)).toList();
            }
        });
        V any = ops.call(new ReduceLogical(false, List.of(0)), takes);
        return ops.apply(new Cond(whole, nothing), Regions.join(List.of(any), within.inputs()));
    }

    @Override
    public <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        int last = inputs.size() - 1;
        var choice = new Cond(Regions.laned(yes, last), Regions.laned(no, last));
        return ops.apply(choice, Regions.join(inputs, List.of(lane)));
    }

    @Override
    public List<Region> regions() {
        return List.of(yes, no);
    }

    @Override
    public Primitive withRegions(List<Region> regions) {
        return new Cond(regions.getFirst(), regions.getLast());
    }
}
