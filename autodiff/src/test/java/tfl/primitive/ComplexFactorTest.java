package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tfl.primitive.Derivatives.CPU;
import static tfl.primitive.Derivatives.directions;
import static tfl.primitive.Derivatives.inner;
import static tfl.primitive.Derivatives.pulled;
import static tfl.primitive.Derivatives.randoms;
import static tfl.tensor.DType.C64;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.primitive.ForwardOps.Dual;
import tfl.tensor.TensorValue;

/**
 * Derivatives of complex factorisations that are unique up to the phases of their vectors, through what those phases
 * leave as it is.
 */
class ComplexFactorTest {
    /** What is made of a factorisation's results. */
    private interface Use {
        <V> List<V> of(Algebra<V> a, List<V> results);
    }

    private record Row(String name, Case factor, Use use) {
        <V> List<V> apply(Ops<V> ops, List<V> inputs) {
            return use.of(Algebra.of(ops), ops.apply(factor.primitive(), inputs));
        }

        @Override
        public String toString() {
            return name + " of " + factor;
        }
    }

    /** The first result, and the squared magnitudes of another. */
    private static Use magnitudes(int values, int vectors) {
        return new Use() {
            @Override
            public <V> List<V> of(Algebra<V> a, List<V> results) {
                var v = results.get(vectors);
                return List.of(results.get(values), a.real(a.timesConj(v, v)));
            }
        };
    }

    /** The products of U's columns with the rows of Vᴴ, and U's columns with themselves. */
    private static final Use SVD = new Use() {
        @Override
        public <V> List<V> of(Algebra<V> a, List<V> results) {
            var u = results.get(0);
            return List.of(a.matmul(u, results.get(2)), results.get(1), a.real(a.timesConj(u, u)),
                    a.real(a.timesConj(results.get(2), results.get(2))));
        }
    };

    /** {@code V diag(w³) Vᴴ}. */
    private static final Use CUBE = new Use() {
        @Override
        public <V> List<V> of(Algebra<V> a, List<V> results) {
            var w = results.get(0);
            var cubes = a.as(C64, a.mul(w, a.mul(w, w)));
            var v = results.get(1);
            return List.of(a.matmul(a.mul(v, a.broadcast(a.row(cubes), a.shape(v))), a.adjoint(v)));
        }
    };

    static Stream<Row> rows() {
        var square = Case.of(C64, -0.5, 0.5, 4, 4);
        var eigh = Case.row(new Eigh(), 2e-2, spread(square.hermitian(), 4));
        return Stream.of(
                new Row("cube", eigh, CUBE),
                new Row("values and magnitudes", eigh, magnitudes(0, 1)),
                new Row("values and magnitudes", Case.row(new Eigh(), 2e-2,
                        spread(Case.of(C64, -0.5, 0.5, 2, 3, 3).hermitian(), 3)), magnitudes(0, 1)),
                new Row("tall", Case.row(new Svd(false), 2e-2, spread(Case.of(C64, -0.5, 0.5, 5, 3), 3)), SVD),
                new Row("wide", Case.row(new Svd(false), 2e-2, spread(Case.of(C64, -0.5, 0.5, 3, 5), 5)), SVD),
                new Row("full", Case.row(new Svd(true), 2e-2, spread(square, 4)), SVD),
                new Row("batch", Case.row(new Svd(false), 2e-2, spread(Case.of(C64, -0.5, 0.5, 2, 3, 3), 3)), SVD),
                new Row("values and magnitudes", Case.row(new Eig(), 2e-2, spread(square, 4)), magnitudes(0, 1)));
    }

    /** Distinct numbers are added to the diagonal, which keeps values apart. */
    private static Case.Argument spread(Case.Argument matrix, int columns) {
        return new Case.Argument(matrix.type(), matrix.low(), matrix.high(), data -> {
            var out = matrix.shaping().apply(data);
            int rows = (int) matrix.type().shape().dim(matrix.type().shape().rank() - 2);
            for (int k = 0; k < out.length; k++) {
                int row = k / columns % rows;
                out[k] += row == k % columns ? 1.5 * (row + 1) : 0;
            }
            return out;
        }, matrix.turning(), null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void pullbacksMatchFiniteDifferences(Row row) {
        Derivatives.Program program = values -> applied(row, values);
        Derivatives.derivative(row.toString(), program, row.factor().inputs(3), directions(row.factor()), 2e-2);
    }

    private static List<TensorValue> applied(Row row, List<TensorValue> values) {
        return row.apply(CPU, values);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void pushforwardsAreTheTransposeOfPullbacks(Row row) {
        var inputs = row.factor().inputs(3);
        var directions = directions(row.factor());
        var duals = new ArrayList<Dual<TensorValue>>();
        for (int k = 0; k < inputs.size(); k++) {
            duals.add(new Dual<>(inputs.get(k), directions.get(k)));
        }
        var pushed = row.apply(new ForwardOps<>(CPU), duals).stream().map(Dual::tangent).toList();
        var cotangents = randoms(applied(row, List.copyOf(inputs)), 21);
        var pulled = pulled(values -> applied(row, values), List.copyOf(inputs), cotangents);
        double forward = inner(cotangents, pushed);
        assertEquals(forward, inner(pulled, directions), 1e-3 * Math.max(1, Math.abs(forward)), row.toString());
    }
}
