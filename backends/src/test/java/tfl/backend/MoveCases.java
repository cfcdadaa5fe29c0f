package tfl.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Combine;
import tfl.kernel.Kernel.Window;
import tfl.kernel.ScalarExpr.Constant;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Copies, gathers, scatters, windows and matrix products. */
final class MoveCases {
    private static final String[] LAYOUTS = {"dense", "transposed", "backwards", "stepped", "broadcast"};

    private MoveCases() {}

    static Stream<Case> all() {
        return Stream.of(copies(), gathers(), scatters(), windows(), products()).flatMap(stream -> stream);
    }

    private static Stream<Case> copies() {
        var cases = new ArrayList<Case>();
        for (var layout : LAYOUTS) {
            for (var dtype : DType.values()) {
                cases.add(copy(layout, Values.laid(layout, dtype, 1, 5, 3, 4)));
            }
            cases.add(copy(layout, Values.laid(layout, DType.F32, 1, 301, 203)));
            cases.add(copy(layout, Values.laid(layout, DType.U8, 1, 70, 30, 20)));
            cases.add(copy(layout, Values.laid(layout, DType.F64, 1, 4, 0)));
        }
        cases.add(copy("scalar", Values.random(DType.I16, 1)));
        cases.add(copy("permuted", Values.random(DType.F32, 1, 4, 5, 6, 7).permute(2, 0, 3, 1)));
        return cases.stream();
    }

    private static Case copy(String name, Tensor input) {
        return Case.exact("copy " + name + " " + input.type(), new Kernel.Copy(input.dtype()), List.of(input),
                input.type());
    }

    private static Stream<Case> gathers() {
        var cases = new ArrayList<Case>();
        for (var layout : LAYOUTS) {
            for (var dtype : List.of(DType.F32, DType.I64, DType.BOOL, DType.C64, DType.F16)) {
                var source = Values.laid(layout, dtype, 2, 6, 5, 4);
                cases.add(gather(layout, source, Values.indices(1, 6, 7)));
                cases.add(gather(layout, source, Values.indices(1, 6, 2, 3), Values.indices(2, 5, 2, 3)));
                cases.add(gather(layout, source, Values.indices(1, 6, 8), Values.indices(2, 5, 8), Values.indices(3,
                        4, 8)));
            }
        }
        cases.add(gather("by a scalar", Values.random(DType.F32, 2, 6, 5), Values.indices(1, 6)));
        cases.add(gather("nothing", Values.random(DType.F32, 2, 6, 5), Values.indices(1, 6, 0)));
        cases.add(gather("large", Values.random(DType.F32, 2, 900, 64), Values.indices(1, 900, 5000)));
        cases.add(gather("broadcast index", Values.random(DType.F32, 2, 9, 6),
                Values.indices(1, 9, 4, 1).broadcastTo(Shape.of(4, 5)), Values.indices(1, 6,
                        5).broadcastTo(Shape.of(4, 5))));
        return cases.stream();
    }

    private static long[] joined(Shape lead, Shape shape, int from) {
        var dims = new long[lead.rank() + shape.rank() - from];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i < lead.rank() ? lead.dim(i) : shape.dim(i - lead.rank() + from);
        }
        return dims;
    }

    private static Case gather(String name, Tensor source, Tensor... indices) {
        var inputs = new ArrayList<>(List.of(source));
        inputs.addAll(List.of(indices));
        var shape = Shape.of(joined(indices[0].shape(), source.shape(), indices.length));
        return Case.exact("gather " + name + " " + source.type() + " at " + indices.length + " x " + indices[0].type(),
                new Kernel.Gather(source.dtype(), indices.length), inputs, new TensorType(source.dtype(), shape));
    }

    private static Stream<Case> scatters() {
        var cases = new ArrayList<Case>();
        for (var combine : Combine.values()) {
            for (var dtype : List.of(DType.F32, DType.I32, DType.U8, DType.F64)) {
                var base = Values.laid("transposed", dtype, 2, 6, 5, 4);
                cases.add(scatter(combine, base, Values.laid("backwards", dtype, 3, 9, 5, 4), Values.indices(1, 6, 9)));
                cases.add(scatter(combine, base, Values.random(dtype, 3, 50, 4), Values.indices(1, 6, 50),
                        Values.indices(2, 5, 50)));
                cases.add(scatter(combine, base, Values.random(dtype, 3, 1, 5, 4).broadcastTo(Shape.of(9, 5, 4)),
                        Values.indices(1, 6, 9)));
            }
        }
        cases.add(scatter(Combine.ADD, Values.random(DType.F32, 2, 10), Values.random(DType.F32, 3, 70_000),
                Values.indices(1, 10, 70_000)));
        cases.add(scatter(Combine.SET, Values.random(DType.F32, 2, 10), Values.random(DType.F32, 3, 0),
                Values.indices(1, 10, 0)));
        return cases.stream();
    }

    private static Case scatter(Combine combine, Tensor base, Tensor updates, Tensor... indices) {
        var inputs = new ArrayList<>(List.of(base, updates));
        inputs.addAll(List.of(indices));
        boolean rounded = base.dtype().isFloat() && (combine == Combine.ADD || combine == Combine.MUL);
        return new Case("scatter " + combine + " " + updates.type() + " into " + base.type(),
                new Kernel.Scatter(base.dtype(), indices.length, combine), inputs, List.of(base.type()), rounded ? 16
                        : 0,
                !rounded ? 0 : updates.size() > 1000 ? 1e-2 : base.dtype() == DType.F64 ? 1e-13 : 1e-5);
    }

    private static Stream<Case> windows() {
        var cases = new ArrayList<Case>();
        for (var dtype : List.of(DType.F32, DType.I64, DType.BOOL, DType.C64, DType.BF16)) {
            var zero = new Constant(0, dtype);
            var part = Values.laid("transposed", dtype, 4, 3, 2);
            var out = new TensorType(dtype, Shape.of(7, 6));
            cases.add(window("padding", zero, List.of(part), out, new Window(List.of(2L, 1L), List.of(1L, 1L))));
            cases.add(window("dilated, backwards", zero, List.of(part), out, new Window(List.of(6L, 0L), List.of(-2L,
                    3L))));
            cases.add(window("joined", zero, List.of(Values.random(dtype, 1, 4, 6), Values.random(dtype, 2, 3, 6)), out,
                    new Window(List.of(0L, 0L), List.of(1L, 1L)), new Window(List.of(4L, 0L), List.of(1L, 1L))));
            cases.add(window("assigned", null, List.of(Values.laid("backwards", dtype, 5, 7, 6), part, part), out,
                    new Window(List.of(0L, 0L), List.of(1L, 1L)), new Window(List.of(1L, 1L), List.of(1L, 1L))));
            cases.add(window("copied", null, List.of(Values.laid("stepped", dtype, 5, 7, 6)), out));
            cases.add(window("filled", zero, List.of(), out));
            cases.add(window("empty part", zero, List.of(Values.random(dtype, 5, 0, 2)), out,
                    new Window(List.of(7L, 0L), List.of(1L, 1L))));
        }
        for (var dtype : List.of(DType.F32, DType.BF16)) {
            var zero = new Constant(0, dtype);
            var out = new TensorType(dtype, Shape.of(300, 200));
            var left = new Window(List.of(0L, 0L), List.of(1L, 1L));
            var wide = Values.random(dtype, 1, 300, 110);
            var row = Values.random(dtype, 2, 1, 90).broadcastTo(Shape.of(300, 90));
            var cut = Values.random(dtype, 3, 310, 100).slice(0, 5, 1, 300).slice(1, 4, 1, 90);
            cases.add(window("rows", zero, List.of(wide, row), out, left, new Window(List.of(0L, 110L), List.of(1L,
                    1L))));
            cases.add(window("rows and a gap", zero, List.of(wide, cut), out, left, new Window(List.of(0L, 105L),
                    List.of(1L, 1L))));
            cases.add(window("rows over rows", zero, List.of(wide, cut), out, left, new Window(List.of(0L, 60L),
                    List.of(1L, 1L))));
            cases.add(window("rows assigned", null, List.of(Values.random(dtype, 4, 300, 200), cut), out,
                    new Window(List.of(0L, 60L), List.of(1L, 1L))));
            cases.add(window("rows backwards", zero, List.of(wide, cut), out, left, new Window(List.of(299L, 110L),
                    List.of(-1L, 1L))));
            var turned = Values.random(dtype, 3, 90, 300).permute(1, 0);
            cases.add(window("transposed rows", zero, List.of(wide, turned), out, left, new Window(List.of(0L, 110L),
                    List.of(1L, 1L))));
        }
        cases.add(window("scalar", null, List.of(Values.random(DType.F32, 1), Values.random(DType.F32, 2)),
                new TensorType(DType.F32, Shape.SCALAR), new Window(List.of(), List.of())));
        cases.add(window("filled with one", new Constant(Double.doubleToRawLongBits(1.5), DType.F16), List.of(),
                new TensorType(DType.F16, Shape.of(5))));
        return cases.stream();
    }

    private static Case window(String name, Constant fill, List<Tensor> inputs, TensorType output, Window... windows) {
        return Case.exact("assemble " + name + " " + output, new Kernel.Assemble(output.dtype(), fill,
                List.of(windows)),
                inputs, output);
    }

    private static Stream<Case> products() {
        var cases = new ArrayList<Case>();
        for (var dtype : DType.values()) {
            cases.add(product("dense", Values.random(dtype, 1, 5, 7), Values.random(dtype, 2, 7, 3)));
            cases.add(product("batched", Values.random(dtype, 1, 2, 3, 4, 5), Values.random(dtype, 2, 2, 3, 5, 6)));
        }
        for (var dtype : List.of(DType.F32, DType.F64, DType.C64)) {
            for (var layout : LAYOUTS) {
                cases.add(product(layout, Values.laid(layout, dtype, 1, 3, 17, 19), Values.random(dtype, 2, 3, 19,
                        23)));
                cases.add(product(layout, Values.random(dtype, 1, 3, 17, 19), Values.laid(layout, dtype, 2, 3, 19,
                        23)));
            }
            cases.add(product("both transposed", Values.laid("transposed", dtype, 1, 40, 30),
                    Values.laid("transposed", dtype, 2, 30, 50)));
        }
        long[][] sizes = {{1, 1, 1}, {0, 3, 2}, {3, 0, 2}, {3, 2, 0}, {1, 100, 1}, {100, 1, 100}, {1, 64, 300}, {130,
                70, 90}};
        for (var size : sizes) {
            cases.add(product("size", Values.random(DType.F32, 1, size[0], size[1]), Values.random(DType.F32, 2,
                    size[1], size[2])));
        }
        return cases.stream();
    }

    private static Case product(String name, Tensor a, Tensor b) {
        var dims = a.shape().dims();
        dims[dims.length - 1] = b.dim(b.rank() - 1);
        double step = a.dtype() == DType.F64 ? 1e-15 : 1e-6;
        boolean exact = !a.dtype().isDifferentiable();
        boolean narrow = a.dtype() == DType.F16 || a.dtype() == DType.BF16;
        return new Case("product " + name + " " + a.type() + " " + b.type(), new Kernel.Contract(a.dtype()),
                List.of(a, b),
                List.of(new TensorType(a.dtype(), Shape.of(dims))), exact ? 0 : narrow ? 1 : 4,
                exact ? 0 : 16 * step * Math.sqrt(a.dim(a.rank() - 1)));
    }
}
