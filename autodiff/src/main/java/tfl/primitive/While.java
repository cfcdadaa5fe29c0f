package tfl.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * A loop that goes on while a condition holds: {@code constants, first carried values -> last carried values}.
 *
 * @param condition {@code constants, carried -> one bool}
 * @param body {@code constants, carried -> carried}
 * @param constants how many of the inputs are the same in every round
 */
public record While(Region condition, Region body, int constants) implements ControlFlow {
    @Override
    public String name() {
        return "while";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return body.outputTypes();
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Control(this::run);
    }

    private Tensor[] run(Lowering.Runner runner, Tensor[] inputs) {
        var carried = new Carried(Arrays.copyOfRange(inputs, constants, inputs.length));
        var operands = inputs.clone();
        boolean done = false;
        try {
            while (holds(runner, operands)) {
                carried.replace(runner.run(body, operands, carried.donated(constants)));
                System.arraycopy(carried.values(), 0, operands, constants, operands.length - constants);
            }
            done = true;
        } finally {
            if (!done) {
                carried.drop();
            }
        }
        return carried.handOn();
    }

    private boolean holds(Lowering.Runner runner, Tensor[] operands) {
        var truth = runner.run(condition, operands, 0)[0];
        boolean holds = truth.readLong(0) != 0;
        truth.discard();
        return holds;
    }

    @Override
    public <V> Pushed<V> push(Ops<V> ops, List<V> inputs, List<V> tangents) {
        int carries = inputs.size() - constants;
        var flags = Regions.present(tangents);
        var moving = flags;
        while (true) {
            var after = Regions.either(moving.subList(constants, moving.size()), Regions.moves(body, moving));
            var next = Regions.join(flags.subList(0, constants), after);
            if (next.equals(moving)) {
                break;
            }
            moving = next;
        }
        var carriesMove = moving.subList(constants, moving.size());
        var pair = new Pairs(constants, carries, carries, moving, carriesMove);
        var types = body.inputTypes();
        var carried = Regions.filled(ops, tangents.subList(constants, inputs.size()),
                types.subList(constants, types.size()));
        var operands = Regions.join(inputs.subList(0, constants),
                Regions.where(tangents.subList(0, constants), flags.subList(0, constants)),
                inputs.subList(constants, inputs.size()), Regions.where(carried, carriesMove));
        var looped = ops.apply(new While(withoutTangents(pair), pair.of(body), constants + pair.movingConstants()),
                operands);
        return pair.split(looped);
    }

    private Region withoutTangents(Pairs pair) {
        var types = condition.inputTypes();
        var moving = pair.moving();
        int from = constants + pair.movingConstants();
        var paired = Regions.join(types.subList(0, constants),
                Regions.where(types.subList(0, constants), moving.subList(0, constants)),
                types.subList(constants, types.size()),
                Regions.where(types.subList(constants, types.size()), moving.subList(constants, moving.size())));
        return condition.derive(paired, new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return condition.apply(ops, Regions.join(inputs.subList(0, constants),
                        inputs.subList(from, from + pair.carriesIn())));
            }
        });
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var again = new While(Regions.silent(condition), Regions.silent(body), constants);
        return new WhilePullback(again).pull(ops, inputs, cotangents, wanted);
    }

    @Override
    public <V> List<BatchOps.Mapped<V>> map(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var flags = mapped;
        while (true) {
            boolean masked = Regions.maps(condition, size, flags).getFirst();
            var after = masked ? Regions.all(inputs.size() - constants, true)
                    : Regions.either(flags.subList(constants, flags.size()), Regions.maps(body, size, flags));
            var next = Regions.join(mapped.subList(0, constants), after);
            if (next.equals(flags)) {
                return masked ? BatchOps.mapped(masked(ops, size, inputs, mapped))
                        : unmasked(ops, size, inputs, mapped, flags);
            }
            flags = next;
        }
    }

    private <V> List<BatchOps.Mapped<V>> unmasked(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped,
            List<Boolean> flags) {
        var carried = flags.subList(constants, flags.size());
        var loop = new While(Regions.batch(condition, size, flags, List.of(false)),
                Regions.batch(body, size, flags, carried), constants);
        return BatchOps.mapped(ops.apply(loop, first(ops, size, inputs, mapped, flags)), carried);
    }

    private <V> List<V> first(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped, List<Boolean> flags) {
        var operands = new ArrayList<V>();
        for (int k = 0; k < inputs.size(); k++) {
            boolean spread = k >= constants && flags.get(k);
            operands.add(spread ? BatchOps.spread(ops, size, inputs.get(k), mapped.get(k)) : inputs.get(k));
        }
        return operands;
    }

    // Goes on until the condition holds for no element; those for which it does not keep their values. The mask is
    // carried in front.
    private <V> List<V> masked(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        int carries = inputs.size() - constants;
        var flags = Regions.join(mapped.subList(0, constants), Regions.all(carries, true));
        var mask = BatchOps.mapped(TensorType.scalar(DType.BOOL), size);
        var types = Regions.types(body, size, flags);
        var paired = Regions.join(types.subList(0, constants), List.of(mask), types.subList(constants, types.size()));
        var any = condition.derive(paired, new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                return List.of(inner.call(new ReduceLogical(false, List.of(0)), given.get(constants)));
            }
        });
        var round = body.derive(paired, new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                return maskedRound(inner, size, given, flags);
            }
        });
        var operands = first(ops, size, inputs, mapped, flags);
        var holds = Regions.batched(ops, condition, size, operands, flags, List.of(true)).getFirst();
        var outputs = ops.apply(new While(any, round, constants), Regions.join(
                operands.subList(0, constants), List.of(holds), operands.subList(constants, operands.size())));
        return outputs.subList(1, outputs.size());
    }

    private <W> List<W> maskedRound(Ops<W> ops, long size, List<W> given, List<Boolean> flags) {
        var before = given.subList(constants + 1, given.size());
        var constantValues = given.subList(0, constants);
        W mask = given.get(constants);
        var after = Masks.within(ops, size, mask, body, Regions.<W>join(constantValues, before), flags)
                .outputs(ops, size);
        var kept = new ArrayList<W>();
        for (int k = 0; k < before.size(); k++) {
            kept.add(Masks.select(ops, mask, after.get(k), before.get(k)));
        }
        W holds = Masks.within(ops, size, mask, condition, Regions.<W>join(constantValues, kept), flags)
                .outputs(ops, size).getFirst();
        return Regions.join(List.of(ops.call(new Binary(BinaryOp.AND), mask, holds)), kept);
    }

    @Override
    public <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        var loop = new While(Regions.laned(condition, 0), Regions.laned(body, 0), constants + 1);
        return ops.apply(loop, Regions.join(List.of(lane), inputs));
    }

    @Override
    public List<Region> regions() {
        return List.of(condition, body);
    }

    @Override
    public Primitive withRegions(List<Region> regions) {
        return new While(regions.getFirst(), regions.getLast(), constants);
    }
}
