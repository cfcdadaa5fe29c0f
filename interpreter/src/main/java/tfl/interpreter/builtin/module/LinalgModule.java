package tfl.interpreter.builtin.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.table.RowsModule;
import tfl.interpreter.builtin.tensor.Broadcast;
import tfl.interpreter.builtin.tensor.Norms;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.tensor.Products;
import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.BinaryOperator;
import tfl.primitive.Cholesky;
import tfl.primitive.Determinant;
import tfl.primitive.Eig;
import tfl.primitive.Eigh;
import tfl.primitive.Primitive;
import tfl.primitive.Qr;
import tfl.primitive.ShapeProblem;
import tfl.primitive.Solve;
import tfl.primitive.Svd;
import tfl.primitive.TriangularSolve;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;

/**
 * {@code linalg}: the array API standard's linear algebra. Matrices are the last two axes, those before are a
 * batch.
 */
public final class LinalgModule extends RowsModule {
    public LinalgModule() {
        super("linalg", "Linear algebra; matrices are the last two axes, the axes before are a batch.",
                LinalgModule::table);
    }

    private static List<Builtin> table() {
        var rows = new Rows("linalg");
        systems(rows);
        factors(rows);
        products(rows);
        norms(rows);
        return rows.list();
    }

    private static void systems(Rows rows) {
        rows.add("solve", "a, b", "The x with a @ x == b, for vectors or matrices b.",
                call -> solved(call, (ops, a, b) -> ops.run(new Solve(), a, b)));
        rows.add("solve_triangular", "a, b, lower=true, transpose=false, unit_diagonal=false",
                "The x with a @ x == b, or a.mT @ x == b, for a triangular a.", call -> {
                    var primitive = new TriangularSolve(call.flag(2), call.flag(3), call.flag(4));
                    return solved(call, (ops, a, b) -> ops.run(primitive, a, b));
                });
        rows.add("inv", "x", "The inverse of a square matrix.", call -> {
            var x = square(call);
            var identity = MatrixFunctions.identity(call.ops(), x.type());
            return call.ops().run(new Solve(), x, identity);
        });
        rows.add("det", "x", "The determinant.", call -> Determinant.of(call.ops(), square(call)));
        rows.add("slogdet", "x", "(sign, logarithm of the magnitude) of the determinant; of a complex one the sign "
                + "is a number of magnitude 1.",
                call -> TupleValue.of(Determinant.signAndLog(call.ops(), square(call)).toArray()));
        rows.add("lstsq", "a, b", "The x that makes a @ x nearest to b, the shortest if there are several.",
                call ->
                Products.matmul(call.ops(), MatrixFunctions.pseudoInverse(call.ops(), matrix(call, 0),
                        none()),
                        call.ops().floats(call.tensor(1))));
        rows.add("pinv", "x, rtol=none",
                "The pseudo-inverse; singular values below rtol times the largest count as zero.",
                call -> MatrixFunctions.pseudoInverse(call.ops(), matrix(call, 0),
                        call.isNone(1) ? none() : call.threshold(1)));
        rows.add("matrix_rank", "x, rtol=none", "How many singular values are not as good as zero.",
                call -> call.ops().cast(Reductions.sum(call.ops(), MatrixFunctions.significant(call.ops(),
                        values(call.ops(), matrix(call, 0)), matrix(call, 0).type().shape(),
                        call.isNone(1) ? none() : call.threshold(1)),
                        new int[] {matrix(call, 0).type().shape().rank() - 2},
                        false, DType.I64), DType.I64));
        rows.add("matrix_power", "x, n", "x @ x @ ... @ x, n times; of the inverse for a negative n.",
                call -> MatrixFunctions.power(call.ops(), square(call), call.integer(1)));
        rows.add("expm", "x", "The exponential of a square matrix.",
                call -> MatrixExponential.of(call.ops(), square(call)));
    }

    private static double none() {
        return Double.NaN;
    }

    private static void factors(Rows rows) {
        rows.add("cholesky", "x, upper=false",
                "The lower triangular l with l @ conj(l.mT) == x, or its conjugate transpose.", call -> {
            var lower = call.ops().run(new Cholesky(), square(call));
            return call.flag(1) ? MatrixFunctions.adjoint(call.ops(), lower) : lower;
        });
        rows.add("qr", "x, mode=\"reduced\"", "(q, r): orthonormal columns times an upper triangle.",
                call -> {
            boolean complete = switch (call.text(1)) {
                case "reduced" -> false;
                case "complete" -> true;
                default -> throw call.wrong(1, "\"reduced\" or \"complete\"");
            };
            return parts(call, new Qr(complete), matrix(call, 0));
        });
        rows.add("svd", "x, full_matrices=true", "(u, s, vh) with x == u @ diag(s) @ vh, s descending.",
                call -> parts(call, new Svd(call.flag(1)), matrix(call, 0)));
        rows.add("svdvals", "x", "The singular values, descending.",
                call -> values(call.ops(), matrix(call, 0)));
        rows.add("eigh", "x", "(eigenvalues, eigenvectors) of a symmetric or Hermitian matrix, ascending.",
                call -> parts(call, new Eigh(), square(call)));
        rows.add("eigvalsh", "x", "The eigenvalues of a symmetric or Hermitian matrix, ascending.",
                call -> call.ops().runAll(new Eigh(), square(call)).getFirst());
        rows.add("eig", "x", "(eigenvalues, eigenvectors) of a square matrix, complex.",
                call -> parts(call, new Eig(), square(call)));
        rows.add("eigvals", "x", "The eigenvalues of a square matrix, complex.",
                call -> call.ops().runAll(new Eig(), square(call)).getFirst());
    }

    private static void products(Rows rows) {
        rows.add("matmul", "x, y", "x @ y.",
                call -> Operators.binary(BinaryOperator.MATMUL, call.tensor(0), call.tensor(1)));
        rows.add("outer", "x, y", "The products of all pairs of elements of two vectors.", call -> {
            var x = call.tensor(0);
            var y = call.tensor(1);
            if (x.type().shape().rank() != 1 || y.type().shape().rank() != 1) {
                throw call.wrong(x.type().shape().rank() != 1 ? 0 : 1, "a vector");
            }
            return call.ops().multiply(call.ops().expand(x, 1), y);
        });
        rows.add("cross", "x, y, axis=-1", "The cross product of vectors of three elements.",
                call -> MatrixFunctions.cross(call));
        rows.add("diagonal", "x, offset=0", "The diagonal of matrices.",
                call -> MatrixFunctions.diagonal(call.ops(), call.tensor(0), call.integer(1)));
        rows.add("diag", "x, offset=0", "A matrix with x as its diagonal, or the diagonal of a matrix.",
                call -> {
            var x = call.tensor(0);
            return x.type().shape().rank() == 1 ? MatrixFunctions.onDiagonal(call.ops(), x, call.integer(1))
                    : MatrixFunctions.diagonal(call.ops(), x, call.integer(1));
        });
        rows.add("trace", "x, offset=0", "The sum of the diagonal.", call -> {
            var diagonal = MatrixFunctions.diagonal(call.ops(), call.tensor(0), call.integer(1));
            return Reductions.sum(call.ops(), diagonal, new int[] {diagonal.type().shape().rank() - 1}, false,
                    null);
        });
        rows.add("matrix_transpose", "x", "The last two axes exchanged.",
                call -> MatrixFunctions.transposed(call.ops(), call.tensor(0)));
    }

    private static void norms(Rows rows) {
        rows.add("vector_norm", "x, axis=none, keepdims=false, ord=2", "The length of vectors.",
                call -> Norms.vector(
                call.ops(), call.ops().floats(call.tensor(0)),
                call.axes(1, call.tensor(0).type().shape().rank()),
                call.number(3), call.flag(2)));
        rows.add("matrix_norm", "x, keepdims=false, ord=\"fro\"",
                "The size of matrices: \"fro\", \"nuc\", 1, -1, 2, -2, inf or -inf.",
                call -> MatrixFunctions.norm(call, matrix(call, 0)));
    }

    /** One way of solving, of matrices of one dtype. */
    private interface Solver {
        TensorValue solve(Tensors ops, TensorValue a, TensorValue b);
    }

    private static Object solved(Call call, Solver solver) {
        var ops = call.ops();
        var a = square(call);
        var b = ops.floats(call.tensor(1));
        var dtype = Promotion.of(a.type().dtype(), b.type().dtype());
        boolean vector = b.type().shape().rank() == 1;
        var right = vector ? ops.expand(b, 1) : b;
        long n = a.type().shape().dim(a.type().shape().rank() - 1);
        long rows = right.type().shape().dim(right.type().shape().rank() - 2);
        if (n != rows) {
            throw new ShapeProblem("TFL-E0308", "{0} has " + n + " rows, {1} has " + rows, null, "a", "b");
        }
        var batch = Broadcast.of(head(a.type().shape()), head(right.type().shape()));
        var x = solver.solve(ops, ops.as(a, dtype, with(batch, n, n)),
                ops.as(right, dtype, with(batch, n,
                right.type().shape().dim(right.type().shape().rank() - 1))));
        return vector ? ops.squeeze(x, x.type().shape().rank() - 1) : x;
    }

    private static Shape head(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
    }

    private static Shape with(Shape batch, long rows, long columns) {
        var dims = Arrays.copyOf(batch.dims(), batch.rank() + 2);
        dims[batch.rank()] = rows;
        dims[batch.rank() + 1] = columns;
        return Shape.of(dims);
    }

    static TensorValue matrix(Call call, int index) {
        var x = call.ops().floats(call.tensor(index));
        if (x.type().shape().rank() < 2) {
            throw call.wrong(index, "a matrix");
        }
        return x;
    }

    private static TensorValue square(Call call) {
        var x = matrix(call, 0);
        var shape = x.type().shape();
        if (shape.dim(shape.rank() - 1) != shape.dim(shape.rank() - 2)) {
            throw call.wrong(0, "a square matrix");
        }
        return x;
    }

    private static Object parts(Call call, Primitive primitive, TensorValue x) {
        return TupleValue.of(new ArrayList<>(call.ops().runAll(primitive, x)).toArray());
    }

    static TensorValue values(Tensors ops, TensorValue x) {
        return ops.runAll(new Svd(false), x).get(1);
    }
}
