package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.kernel.BinaryOp;

/**
 * The backward pass of a scan that saved its carried values: a scan the other way round, whose body runs the round
 * again and pulls back through it. It carries the cotangents of the carried values, and those of the constants, which
 * every round adds to.
 */
final class ScanPullback<V> {
    private final Ops<V> ops;
    private final Scan scan;
    private final List<V> inputs;
    private final List<V> outputs;
    private final List<V> cotangents;
    private final int results;
    private final List<Boolean> constantsWanted;
    private final List<Boolean> carriesSmooth;
    private final List<Boolean> rowsWanted;
    private final List<Boolean> resultsGiven;

    ScanPullback(Ops<V> ops, Scan scan, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        this.ops = ops;
        this.scan = scan;
        this.inputs = inputs;
        this.outputs = outputs;
        this.cotangents = cotangents;
        this.results = scan.results();
        var types = scan.body().inputTypes();
        int rows = scan.constants() + scan.carries();
        var smooth = Regions.smooth(types);
        this.constantsWanted = IntStream.range(0, scan.constants()).mapToObj(k -> wanted.test(k) && smooth.get(k))
                .toList();
        this.carriesSmooth = smooth.subList(scan.constants(), rows);
        this.rowsWanted = IntStream.range(rows, types.size()).mapToObj(k -> wanted.test(k) && smooth.get(k)).toList();
        this.resultsGiven = Regions.present(cotangents.subList(scan.carries(), scan.carries() + results));
    }

    List<V> pull() {
        int carries = scan.carries();
        int rows = scan.constants() + carries;
        var types = scan.body().inputTypes();
        var constantTypes = Regions.where(types.subList(0, scan.constants()), constantsWanted);
        var carryTypes = Regions.where(types.subList(scan.constants(), rows), carriesSmooth);
        var rowTypes = types.subList(rows, types.size());
        var givenTypes = Regions.where(scan.body().outputTypes().subList(carries, carries + results), resultsGiven);
        var body = scan.body().derive(Regions.join(types.subList(0, scan.constants()), constantTypes, carryTypes,
                types.subList(scan.constants(), rows), rowTypes, givenTypes), new Round(constantTypes.size(),
                        carryTypes.size(), rowTypes.size()));
        var first = new ArrayList<V>();
        constantTypes.forEach(type -> first.add(Regions.zero(ops, type)));
        first.addAll(Regions.filled(ops, Regions.where(cotangents.subList(0, carries), carriesSmooth), carryTypes));
        var savedCarries = outputs.subList(outputs.size() - carries, outputs.size());
        var given = Regions.where(cotangents.subList(carries, carries + results), resultsGiven);
        var pulled = ops.apply(
                new Scan(body, scan.length(), scan.constants(), first.size(), !scan.reverse(), 0),
                Regions.join(inputs.subList(0, scan.constants()), first, savedCarries,
                        inputs.subList(rows, inputs.size()), given));
        int toCarries = constantTypes.size();
        return Regions.join(Regions.spaced(pulled.subList(0, toCarries), constantsWanted),
                Regions.spaced(pulled.subList(toCarries, first.size()), carriesSmooth),
                Regions.spaced(pulled.subList(first.size(), pulled.size()), rowsWanted));
    }

    /** One round backwards. */
    private final class Round implements Region.Program {
        private final int constantSums;
        private final int carried;
        private final int rows;

        Round(int constantSums, int carried, int rows) {
            this.constantSums = constantSums;
            this.carried = carried;
            this.rows = rows;
        }

        @Override
        public <W> List<W> apply(Ops<W> round, List<W> given) {
            int at = scan.constants();
            var sums = given.subList(at, at += constantSums);
            var carryCotangents = given.subList(at, at += carried);
            var carries = given.subList(at, at += scan.carries());
            var rowValues = given.subList(at, at += rows);
            var resultCotangents = given.subList(at, given.size());
            var arriving = Regions.<W>join(Regions.spaced(carryCotangents, carriesSmooth),
                    Regions.spaced(resultCotangents, resultsGiven));
            var asked = Regions.join(constantsWanted, carriesSmooth, rowsWanted);
            var pulled = Regions.pulled(round, scan.body(),
                    Regions.join(given.subList(0, scan.constants()), carries, rowValues), arriving, asked);
            var all = new ArrayList<W>();
            for (int k = 0; k < pulled.size(); k++) {
                all.add(k < constantSums
                        ? round.call(new Binary(BinaryOp.ADD), sums.get(k), pulled.get(k)) : pulled.get(k));
            }
            return all;
        }
    }
}
