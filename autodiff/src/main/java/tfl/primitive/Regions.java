package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tfl.primitive.BatchOps.Mapped;
import tfl.primitive.ForwardOps.Dual;
import tfl.tensor.TensorType;

/** Regions made of regions by the transformations, for the rules of control flow. */
final class Regions {
    private Regions() {}

    /** Values with flags, of which those with the flag set are kept. */
    static <T> List<T> where(List<T> values, List<Boolean> flags) {
        var kept = new ArrayList<T>();
        for (int k = 0; k < values.size(); k++) {
            if (flags.get(k)) {
                kept.add(values.get(k));
            }
        }
        return kept;
    }

    /** One value for each flag: the next one where it is set, null where it is not. */
    static <V> List<V> spaced(List<V> values, List<Boolean> flags) {
        var all = new ArrayList<V>();
        var next = values.iterator();
        flags.forEach(flag -> all.add(flag ? next.next() : null));
        return all;
    }

    @SafeVarargs
    static <T> List<T> join(List<? extends T>... lists) {
        var all = new ArrayList<T>();
        for (var list : lists) {
            all.addAll(list);
        }
        return all;
    }

    static <V> List<Boolean> present(List<V> values) {
        return values.stream().map(value -> value != null).toList();
    }

    static List<Boolean> either(List<Boolean> a, List<Boolean> b) {
        var both = new ArrayList<Boolean>();
        for (int k = 0; k < a.size(); k++) {
            both.add(a.get(k) || b.get(k));
        }
        return both;
    }

    static List<Boolean> all(int count, boolean flag) {
        return Collections.nCopies(count, flag);
    }

    /** Which of the types have derivatives. */
    static List<Boolean> smooth(List<TensorType> types) {
        return types.stream().map(type -> type.dtype().isDifferentiable()).toList();
    }

    /** The region with a lane for the effects in it, see {@link Lanes}: one more input at that place. */
    static Region laned(Region region, int place) {
        var types = new ArrayList<>(region.inputTypes());
        types.add(place, Lanes.NUMBER);
        return region.derive(types, new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                var own = new ArrayList<>(inputs);
                V lane = own.remove(place);
                return region.apply(new LanedOps<>(ops, lane), own);
            }
        });
    }

    /** The region without the effects in it. */
    static Region silent(Region region) {
        return !region.hasEffect() ? region : region.derive(region.inputTypes(), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return region.apply(new SilentOps<>(ops), inputs);
            }
        });
    }

    static <V> V zero(Ops<V> ops, TensorType type) {
        return ops.full(type, 0);
    }

    /** The values, with zeros of those types for nulls. */
    static <V> List<V> filled(Ops<V> ops, List<V> values, List<TensorType> types) {
        var all = new ArrayList<V>();
        for (int k = 0; k < values.size(); k++) {
            all.add(values.get(k) == null ? zero(ops, types.get(k)) : values.get(k));
        }
        return all;
    }

    static <V> List<Dual<V>> duals(List<V> primals, List<V> tangents) {
        var duals = new ArrayList<Dual<V>>();
        for (int k = 0; k < primals.size(); k++) {
            duals.add(new Dual<>(primals.get(k), tangents.get(k)));
        }
        return duals;
    }

    /** Which outputs move when those inputs do. */
    static List<Boolean> moves(Region region, List<Boolean> moving) {
        var types = region.inputTypes();
        var flags = new ArrayList<Boolean>();
        region.derive(join(types, where(types, moving)), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                var tangents = spaced(inputs.subList(types.size(), inputs.size()), moving);
                var outputs = region.apply(new ForwardOps<>(ops), duals(inputs.subList(0, types.size()), tangents));
                outputs.forEach(output -> flags.add(output.tangent() != null));
                return outputs.stream().map(Dual::primal).toList();
            }
        });
        return flags;
    }

    /** Inputs, then the tangents of those that move; outputs, then the tangents of those asked for. */
    static Region forward(Region region, List<Boolean> moving, List<Boolean> asked) {
        var types = region.inputTypes();
        return region.derive(join(types, where(types, moving)), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                var tangents = spaced(inputs.subList(types.size(), inputs.size()), moving);
                return pushed(ops, region, inputs.subList(0, types.size()), tangents, asked);
            }
        });
    }

    /** The outputs of a region, then the tangents of those asked for. */
    static <V> List<V> pushed(Ops<V> ops, Region region, List<V> inputs, List<V> tangents, List<Boolean> asked) {
        var outputs = region.apply(new ForwardOps<>(ops), duals(inputs, tangents));
        var all = new ArrayList<V>(outputs.stream().map(Dual::primal).toList());
        for (int k = 0; k < outputs.size(); k++) {
            if (asked.get(k)) {
                var tangent = outputs.get(k).tangent();
                all.add(tangent == null ? zero(ops, ops.type(outputs.get(k).primal())) : tangent);
            }
        }
        return all;
    }

    /** Which outputs are mapped when those inputs are. */
    static List<Boolean> maps(Region region, long size, List<Boolean> mapped) {
        var flags = new ArrayList<Boolean>();
        region.derive(types(region, size, mapped), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                var outputs = region.apply(new BatchOps<>(ops, size), BatchOps.mapped(inputs, mapped));
                outputs.forEach(output -> flags.add(output.mapped()));
                return outputs.stream().map(Mapped::value).toList();
            }
        });
        return flags;
    }

    /** The types of a region's inputs, with the new axis where they are mapped. */
    static List<TensorType> types(Region region, long size, List<Boolean> mapped) {
        return types(region.inputTypes(), size, mapped);
    }

    static List<TensorType> types(List<TensorType> plain, long size, List<Boolean> mapped) {
        var types = new ArrayList<TensorType>();
        for (int k = 0; k < plain.size(); k++) {
            types.add(mapped.get(k) ? BatchOps.mapped(plain.get(k), size) : plain.get(k));
        }
        return types;
    }

    /** The region on mapped inputs; the outputs asked for have the new axis, the others must not need it. */
    static Region batch(Region region, long size, List<Boolean> mapped, List<Boolean> asked) {
        return region.derive(types(region, size, mapped), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return batched(ops, region, size, inputs, mapped, asked);
            }
        });
    }

    /** A region's outputs for mapped inputs; those asked for have the new axis. */
    static <V> List<V> batched(Ops<V> ops, Region region, long size, List<V> inputs, List<Boolean> mapped,
            List<Boolean> asked) {
        var outputs = region.apply(new BatchOps<>(ops, size), BatchOps.mapped(inputs, mapped));
        var all = new ArrayList<V>();
        for (int k = 0; k < outputs.size(); k++) {
            var output = outputs.get(k);
            all.add(asked.get(k) ? BatchOps.spread(ops, size, output.value(), output.mapped()) : output.value());
        }
        return all;
    }

    /** Inputs, then the cotangents given; the cotangents of the inputs wanted. */
    static Region pullback(Region region, List<Boolean> given, List<Boolean> wanted) {
        var types = region.inputTypes();
        return region.derive(join(types, where(region.outputTypes(), given)), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                var cotangents = spaced(inputs.subList(types.size(), inputs.size()), given);
                return pulled(ops, region, inputs.subList(0, types.size()), cotangents, wanted);
            }
        });
    }

    /** Runs a region forwards and back: the cotangents of the inputs wanted. */
    static <V> List<V> pulled(Ops<V> ops, Region region, List<V> inputs, List<V> cotangents, List<Boolean> wanted) {
        var reverse = new ReverseOps<>(ops);
        var noted = new ArrayList<ReverseOps.Noted<V>>();
        for (int k = 0; k < inputs.size(); k++) {
            noted.add(wanted.get(k) ? reverse.leaf(inputs.get(k)) : reverse.constant(inputs.get(k)));
        }
        var outputs = region.apply(reverse, noted);
        var pulled = reverse.pull(outputs, cotangents, where(noted, wanted));
        return filled(ops, pulled, where(region.inputTypes(), wanted));
    }
}
