package tfl.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.kernel.BinaryOp;
import tfl.optimise.Term.Many;
import tfl.optimise.Term.Number;
import tfl.optimise.Term.Two;
import tfl.primitive.Binary;
import tfl.primitive.Concat;
import tfl.primitive.Insert;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Sums of tensors that are zero outside of windows, as the gradients of slices are: where the windows lie beside each
 * other along one axis, the sum is their concatenation. Each part still has 0 added to it, which turns -0 into 0 as the
 * sum does.
 */
final class WindowRows {
    private WindowRows() {}

    /** A part of a tensor along an axis; null stands for zeros. */
    private record Part(long from, long to, Term value) {}

    static Term of(Term term) {
        if (term instanceof Two(_, Binary(var op), var x, var y) && op == BinaryOp.ADD) {
            int axis = Math.max(axis(x), axis(y));
            if (axis < 0) {
                return null;
            }
            var left = parts(x, axis);
            var right = parts(y, axis);
            return left == null || right == null ? null : joined(left, right, axis, term.type());
        }
        return null;
    }

    // The one axis along which there is something other than zeros only in places; -1 if there is none.
    private static int axis(Term term) {
        return switch (term) {
            case Two(_, Insert(var start, var step), Number base, var part) when base.is(0)
                    && step.stream().allMatch(each -> each == 1) -> only(part.shape(), base.shape());
            case Two(_, Concat(int axis), _, _) when hasZeros(term) -> axis;
            case Many(_, Concat(int axis), _) when hasZeros(term) -> axis;
            default -> -1;
        };
    }

    private static boolean hasZeros(Term concat) {
        return concat.in().stream().anyMatch(WindowRows::isZero);
    }

    private static boolean isZero(Term term) {
        return term instanceof Number number && number.is(0);
    }

    private static int only(Shape part, Shape whole) {
        var axes = IntStream.range(0, whole.rank()).filter(axis -> part.dim(axis) != whole.dim(axis)).toArray();
        return axes.length == 1 && part.size() > 0 ? axes[0] : -1;
    }

    private static List<Part> parts(Term term, int axis) {
        if (isZero(term)) {
            return List.of();
        } else if (axis(term) != axis) {
            return null;
        }
        if (term instanceof Two(_, Insert(var start, _), _, var part)) {
            return List.of(new Part(start.get(axis), start.get(axis) + part.shape().dim(axis), part));
        }
        var parts = new ArrayList<Part>();
        long from = 0;
        for (var part : term.in()) {
            long to = from + part.shape().dim(axis);
            if (!isZero(part)) {
                parts.add(new Part(from, to, part));
            }
            from = to;
        }
        return parts;
    }

    private static Term joined(List<Part> left, List<Part> right, int axis, TensorType type) {
        var all = new ArrayList<>(left);
        all.addAll(right);
        all.sort((a, b) -> Long.compare(a.from(), b.from()));
        var terms = new ArrayList<Term>();
        long from = 0;
        for (var part : all) {
            if (part.from() < from) {
                return null;
            }
            fill(terms, from, part.from(), axis, type);
            terms.add(cleaned(part.value()));
            from = part.to();
        }
        fill(terms, from, type.shape().dim(axis), axis, type);
        return Term.of(new Concat(axis), terms);
    }

    private static void fill(List<Term> terms, long from, long to, int axis, TensorType type) {
        if (to > from) {
            var dims = type.shape().dims();
            dims[axis] = to - from;
            terms.add(Term.number(new TensorType(type.dtype(), Shape.of(dims)), 0));
        }
    }

    private static Term cleaned(Term part) {
        boolean clean = !part.dtype().isDifferentiable() || part instanceof Two(_, Binary(var op), _, Number zero)
                && op == BinaryOp.ADD && zero.is(0);
        return clean ? part : Term.of(new Binary(BinaryOp.ADD), part, Term.number(part.type(), 0));
    }
}
