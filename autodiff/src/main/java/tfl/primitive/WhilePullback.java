package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.kernel.BinaryOp;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * The backward pass of a loop whose number of rounds is known only when it runs. The rounds are counted first. A second
 * run stops at most {@link #STOPS} times, evenly spaced, to save the carried values. Then the stretches between are
 * walked backwards: each round is reached from the stop before it, run, and pulled back through. With {@code n} rounds
 * and {@code k} stops that costs about {@code n * n / (2 * k)} rounds beyond those two; with no more rounds than
 * stops, none.
 */
final class WhilePullback {
    private static final long STOPS = 256;
    private static final long SAVED_BYTES = 64L << 20;
    private static final TensorType COUNT = TensorType.scalar(DType.I64);

    private final While loop;
    private final Region body;
    private final int constants;
    private final List<TensorType> constantTypes;
    private final List<TensorType> carryTypes;
    private final List<Boolean> smooth;

    WhilePullback(While loop) {
        this.loop = loop;
        this.body = loop.body();
        this.constants = loop.constants();
        this.constantTypes = body.inputTypes().subList(0, constants);
        this.carryTypes = body.outputTypes();
        this.smooth = Regions.smooth(carryTypes);
    }

    <V> List<V> pull(Ops<V> ops, List<V> inputs, List<V> cotangents, IntPredicate wanted) {
        var constantsWanted = IntStream.range(0, constants).mapToObj(k -> wanted.test(k)
                && constantTypes.get(k).dtype().isDifferentiable()).toList();
        var constantValues = inputs.subList(0, constants);
        var first = inputs.subList(constants, inputs.size());
        long bytes = Math.max(1, carryTypes.stream().mapToLong(TensorType::bytes).sum());
        long stops = Math.clamp(SAVED_BYTES / bytes, 1, STOPS);
        V rounds = counted(ops, constantValues, first);
        V stretch = ops.call(binary(BinaryOp.MAX), ops.full(COUNT, 1), ops.call(binary(BinaryOp.FLOOR_DIV),
                ops.call(binary(BinaryOp.ADD), rounds, ops.full(COUNT, stops - 1)), ops.full(COUNT, stops)));
        var saved = saved(ops, stops, rounds, stretch, constantValues, first);
        var zeros = new ArrayList<V>();
        Regions.where(constantTypes, constantsWanted).forEach(type -> zeros.add(Regions.zero(ops, type)));
        var arriving = Regions.filled(ops, Regions.where(cotangents, smooth), Regions.where(carryTypes, smooth));
        var backwards = new Backwards(constantsWanted);
        var pulled = ops.apply(new Scan(backwards.stretch(), stops, 2 + constants, zeros.size() + arriving.size(), true,
                0), Regions.join(List.of(rounds, stretch), constantValues, zeros, arriving, saved));
        return Regions.join(Regions.spaced(pulled.subList(0, zeros.size()), constantsWanted),
                Regions.spaced(pulled.subList(zeros.size(), pulled.size()), smooth));
    }

    private static Binary binary(BinaryOp op) {
        return new Binary(op);
    }

    /** How many rounds there are. */
    private <V> V counted(Ops<V> ops, List<V> constantValues, List<V> first) {
        var types = Regions.join(constantTypes, List.of(COUNT), carryTypes);
        var goesOn = body.derive(types, new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                return loop.condition().apply(inner, Regions.join(given.subList(0, constants),
                        given.subList(constants + 1, given.size())));
            }
        });
        var all = ops.apply(new While(goesOn, counting(types, constants), constants),
                Regions.join(constantValues, List.of(ops.full(COUNT, 0)), first));
        return all.getFirst();
    }

    /** A round that counts: the last {@code carryTypes} inputs are carried, the count stands before them. */
    private Region counting(List<TensorType> types, int constantCount) {
        return body.derive(types, new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                int from = constantCount - constants;
                var after = body.apply(inner, Regions.join(given.subList(from, constantCount),
                        given.subList(constantCount + 1, given.size())));
                W count = inner.call(binary(BinaryOp.ADD), given.get(constantCount), inner.full(COUNT, 1));
                return Regions.join(List.of(count), after);
            }
        });
    }

    /** Goes on to a round: {@code limit, constants..., count, carried... -> count, carried...}. */
    private While upTo() {
        var types = Regions.join(List.of(COUNT), constantTypes, List.of(COUNT), carryTypes);
        var below = body.derive(types, new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                return List.of(inner.call(binary(BinaryOp.LT), given.get(constants + 1), given.getFirst()));
            }
        });
        return new While(below, counting(types, constants + 1), constants + 1);
    }

    /** The carried values at each stop, stacked. */
    private <V> List<V> saved(Ops<V> ops, long stops, V rounds, V stretch, List<V> constantValues, List<V> first) {
        var types = Regions.join(List.of(COUNT, COUNT), constantTypes, List.of(COUNT), carryTypes);
        var forwards = upTo();
        var walk = body.derive(types, new Region.Program() {
            @Override
            public <W> List<W> apply(Ops<W> inner, List<W> given) {
                var state = given.subList(2 + constants, given.size());
                W stop = inner.call(binary(BinaryOp.MIN), given.getFirst(),
                        inner.call(binary(BinaryOp.ADD), state.getFirst(), given.get(1)));
                var after = inner.apply(forwards, Regions.join(List.of(stop), given.subList(2, 2 + constants), state));
                return Regions.join(after, state);
            }
        });
        int carries = 1 + carryTypes.size();
        var all = ops.apply(new Scan(walk, stops, 2 + constants, carries, false, 0),
                Regions.join(List.of(rounds, stretch), constantValues, List.of(ops.full(COUNT, 0)), first));
        return all.subList(carries, all.size());
    }

    /** The walk back through one stretch. */
    private final class Backwards {
        private final List<Boolean> constantsWanted;
        private final List<TensorType> sums;

        Backwards(List<Boolean> constantsWanted) {
            this.constantsWanted = constantsWanted;
            this.sums = Regions.join(Regions.where(constantTypes, constantsWanted), Regions.where(carryTypes, smooth));
        }

        /** {@code rounds, stretch, constants..., sums..., start, carried at the start... -> sums...}. */
        Region stretch() {
            var types = Regions.join(List.of(COUNT, COUNT), constantTypes, sums, List.of(COUNT), carryTypes);
            var rounds = rounds();
            return body.derive(types, new Region.Program() {
                @Override
                public <W> List<W> apply(Ops<W> inner, List<W> given) {
                    int at = 2 + constants;
                    var totals = given.subList(at, at + sums.size());
                    W start = given.get(at + sums.size());
                    W stop = inner.call(binary(BinaryOp.MIN), given.getFirst(),
                            inner.call(binary(BinaryOp.ADD), start, given.get(1)));
                    W last = inner.call(binary(BinaryOp.SUB), stop, inner.full(COUNT, 1));
                    var walked = inner.apply(rounds, Regions.join(List.of(start),
                            given.subList(2, at), given.subList(at + sums.size() + 1, given.size()),
                            List.of(last), totals));
                    return walked.subList(1, walked.size());
                }
            });
        }

        /** {@code start, constants..., carried at the start..., round, sums... -> round - 1, sums...}. */
        private While rounds() {
            int held = 1 + constants + carryTypes.size();
            var types = Regions.join(List.of(COUNT), constantTypes, carryTypes, List.of(COUNT), sums);
            var notBefore = body.derive(types, new Region.Program() {
                @Override
                public <W> List<W> apply(Ops<W> inner, List<W> given) {
                    return List.of(inner.call(binary(BinaryOp.GE), given.get(held), given.getFirst()));
                }
            });
            var forwards = upTo();
            var round = body.derive(types, new Region.Program() {
                @Override
                public <W> List<W> apply(Ops<W> inner, List<W> given) {
                    W number = given.get(held);
                    var constantValues = given.subList(1, 1 + constants);
                    var reached = inner.apply(forwards, Regions.join(List.of(number), constantValues,
                            List.of(given.getFirst()), given.subList(1 + constants, held)));
                    W before = inner.call(binary(BinaryOp.SUB), number, inner.full(COUNT, 1));
                    return Regions.join(List.of(before), back(inner, constantValues,
                            reached.subList(1, reached.size()), given.subList(held + 1, given.size())));
                }
            });
            return new While(notBefore, round, held);
        }

        private <W> List<W> back(Ops<W> ops, List<W> constantValues, List<W> carried, List<W> totals) {
            int wanted = Regions.where(constantTypes, constantsWanted).size();
            var arriving = Regions.spaced(totals.subList(wanted, totals.size()), smooth);
            var pulled = Regions.pulled(ops, body, Regions.join(constantValues, carried), arriving,
                    Regions.join(constantsWanted, smooth));
            var next = new ArrayList<W>();
            for (int k = 0; k < pulled.size(); k++) {
                next.add(k < wanted ? ops.call(binary(BinaryOp.ADD), totals.get(k), pulled.get(k)) : pulled.get(k));
            }
            return next;
        }
    }
}
