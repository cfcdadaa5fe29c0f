package tfl.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Whether types fit a kernel. Backends ask before they compile, so that native code never meets a shape or a dtype that
 * it was not made for. What a routine gives is checked by {@link RoutineTypes}.
 */
public final class KernelTypes {
    private KernelTypes() {}

    /** @throws IllegalArgumentException if inputs or outputs do not fit the kernel */
    public static void check(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
        switch (kernel) {
            case Kernel.Loop(var dtypes, var bodies) -> {
                var shape = same(dtypes, inputs, outputs.isEmpty() ? null : outputs.getFirst().shape());
                expect(types(bodies, new ExpressionTypes(dtypes, List.of(), shape.rank()), shape), outputs);
            }
            case Kernel.Reduce reduce -> reduce(reduce, inputs, outputs);
            case Kernel.Rows rows -> rows(rows, inputs, outputs);
            case Kernel.Iterate iterate -> iterate(iterate, inputs, outputs);
            case Kernel.Scan scan -> {
                require(inputs.size() == 1 && inputs.getFirst().dtype() == scan.input(), "a scan of ", inputs);
                axis(scan.axis(), inputs.getFirst().shape());
                expect(List.of(new TensorType(scan.output(), inputs.getFirst().shape())), outputs);
            }
            case Kernel.Contract(var dtype) -> contract(dtype, inputs, outputs);
            case Kernel.Product product -> product(product, inputs, outputs);
            case Kernel.Gather(var dtype, int indexed) -> {
                require(inputs.size() == 1 + indexed && inputs.getFirst().dtype() == dtype, "a gather of ", inputs);
                expect(List.of(indexed(dtype, inputs.getFirst(), inputs.subList(1, inputs.size()))), outputs);
            }
            case Kernel.Scatter(var dtype, int indexed, var combine) -> {
                require(inputs.size() == 2 + indexed && inputs.getFirst().dtype() == dtype, "a scatter of ", inputs);
                var updates = indexed(dtype, inputs.getFirst(), inputs.subList(2, inputs.size()));
                expect(List.of(updates), inputs.subList(1, 2));
                expect(inputs.subList(0, 1), outputs);
            }
            case Kernel.Assemble assemble -> assemble(assemble, inputs, outputs);
            case Kernel.Copy(var dtype) -> {
                require(inputs.size() == 1 && inputs.getFirst().dtype() == dtype, "a copy of ", inputs);
                expect(inputs, outputs);
            }
            case Kernel.LibraryCall(var routine) -> RoutineTypes.check(routine, inputs, outputs);
        }
    }

    /** @param problem its words, put together only if there is one: most checks find none */
    static void require(boolean condition, Object... problem) {
        if (!condition) {
            var words = Arrays.stream(problem).map(String::valueOf).collect(Collectors.joining());
            throw new IllegalArgumentException("the types do not fit the kernel: " + words);
        }
    }

    static void expect(List<TensorType> expected, List<TensorType> actual) {
        require(expected.equals(actual), "expected ", expected, ", got ", actual);
    }

    private static void axis(int axis, Shape shape) {
        require(axis >= 0 && axis < shape.rank(), "axis ", axis, " of [", shape, "]");
    }

    /** The one shape of all inputs, or {@code none} where there are no inputs. */
    private static Shape same(List<DType> dtypes, List<TensorType> inputs, Shape none) {
        var shape = inputs.isEmpty() ? none : inputs.getFirst().shape();
        require(shape != null && dtypes.size() == inputs.size(), dtypes, " from ", inputs);
        for (int i = 0; i < dtypes.size(); i++) {
            require(inputs.get(i).equals(new TensorType(dtypes.get(i), shape)), dtypes, " from ", inputs);
        }
        return shape;
    }

    private static List<TensorType> types(List<ScalarExpr> bodies, ExpressionTypes dtypes, Shape shape) {
        var types = new ArrayList<TensorType>();
        bodies.forEach(body -> types.add(new TensorType(dtypes.check(body), shape)));
        return types;
    }

    private static void reduce(Kernel.Reduce kernel, List<TensorType> inputs, List<TensorType> outputs) {
        var shape = same(kernel.inputs(), inputs, null);
        var body = new ExpressionTypes(kernel.inputs(), List.of(), shape.rank()).check(kernel.body());
        for (int i = 0; i < kernel.axes().size(); i++) {
            axis(kernel.axes().get(i), shape);
            require(i == 0 || kernel.axes().get(i - 1) < kernel.axes().get(i), "axes ", kernel.axes());
        }
        var kept = IntStream.range(0, shape.rank()).filter(axis -> !kernel.axes().contains(axis))
                .mapToLong(shape::dim).toArray();
        var folded = kernel.axes().stream().mapToLong(shape::dim).reduce(1, (x, y) -> x * y);
        switch (kernel.fold()) {
            case ARG_MAX, ARG_MIN -> {
                require(folded > 0 || Shape.of(kept).size() == 0, kernel.fold(), " of no elements");
                require(kernel.output() == DType.I64, kernel.fold(), " giving ", kernel.output());
            }
            case SUM, PROD, MAX, MIN, ANY, ALL -> require(body == kernel.accumulator(), body, " accumulated in ",
                    kernel.accumulator());
        }
        expect(List.of(new TensorType(kernel.output(), Shape.of(kept))), outputs);
    }

    private static void rows(Kernel.Rows kernel, List<TensorType> inputs, List<TensorType> outputs) {
        boolean whole = kernel.totals().isEmpty() && !outputs.isEmpty();
        var shape = same(kernel.inputs(), inputs, whole ? outputs.getFirst().shape() : null);
        require(shape.rank() > 0, "rows of a scalar");
        boolean empty = shape.dim(shape.rank() - 1) == 0;
        require(!empty || kernel.totals().isEmpty(), "totals of empty rows");
        var stages = new ArrayList<DType>();
        var dtypes = new ExpressionTypes(kernel.inputs(), stages, shape.rank());
        for (var stage : kernel.stages()) {
            stages.add(dtypes.check(stage.body()));
        }
        var expected = types(kernel.bodies(), dtypes, shape);
        expected.addAll(types(kernel.totals(), dtypes, Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 1))));
        expect(expected, outputs);
    }

    private static void contract(DType dtype, List<TensorType> inputs, List<TensorType> outputs) {
        require(inputs.size() == 2, "a product of ", inputs);
        var a = inputs.getFirst().shape();
        var b = inputs.getLast().shape();
        int rank = a.rank();
        require(rank >= 2 && b.rank() == rank && a.dim(rank - 1) == b.dim(rank - 2)
                && inputs.stream().allMatch(type -> type.dtype() == dtype), "a product of ", inputs);
        var dims = a.dims();
        dims[rank - 1] = b.dim(rank - 1);
        for (int axis = 0; axis < rank - 2; axis++) {
            require(a.dim(axis) == b.dim(axis), "a product of ", inputs);
        }
        expect(List.of(new TensorType(dtype, Shape.of(dims))), outputs);
    }

    private static void iterate(Kernel.Iterate kernel, List<TensorType> inputs, List<TensorType> outputs) {
        int states = kernel.states();
        require(kernel.rounds() >= 0 && kernel.sequences() >= 0 && states > 0 && states <= kernel.bodies().size()
                && states + kernel.sequences() <= inputs.size() && kernel.inputs().size() == inputs.size(),
                kernel.rounds(), " rounds of ", inputs);
        var shape = inputs.getFirst().shape();
        for (int k = 0; k < inputs.size(); k++) {
            var row = new TensorType(kernel.inputs().get(k), shape);
            require(inputs.get(k).equals(kernel.isSequence(k) ? kernel.rows(row) : row), inputs, " for ", row);
        }
        var bodies = types(kernel.bodies(), new ExpressionTypes(kernel.inputs(), List.of(), shape.rank()), shape);
        expect(bodies.subList(0, states), inputs.subList(0, states));
        expect(Stream.concat(bodies.stream().limit(states), bodies.stream().skip(states).map(kernel::rows)).toList(),
                outputs);
    }

    private static void product(Kernel.Product kernel, List<TensorType> inputs, List<TensorType> outputs) {
        require(inputs.size() == kernel.inputs() && !kernel.steps().isEmpty(), "a product of ", inputs);
        var values = new ArrayList<>(inputs);
        var passing = new ArrayList<>(Collections.nCopies(inputs.size(), true));
        var rows = rows(values, kernel.steps().getFirst().rows().getFirst());
        for (var step : kernel.steps()) {
            var known = step.operands().stream().allMatch(value -> value >= 0 && value < values.size());
            require(known && step.rows().stream().allMatch(value -> passing.get(value)
                    && rows(values, value).equals(rows)), step, " of ", values);
            var results = step.results(values);
            switch (step) {
                case PanelStep.Multiply(int left, int right) -> {
                    require(right < inputs.size(), step, " of ", inputs);
                    contract(values.get(left).dtype(), List.of(values.get(left), values.get(right)), results);
                }
                case PanelStep.Apply(var each, var reads) -> check(each, reads.stream().map(values::get).toList(),
                        results);
                case PanelStep.Accumulate(int left, int right) ->
                    contract(values.get(left).dtype(), List.of(turned(values.get(left)), values.get(right)), results);
            }
            for (var result : results) {
                values.add(result);
                passing.add(!(step instanceof PanelStep.Accumulate) && result.shape().rank() > rows.size());
            }
        }
        require(kernel.results().stream().allMatch(value -> value >= inputs.size() && value < values.size())
                && Set.copyOf(kernel.results()).size() == kernel.results().size(), kernel.results(), " of ", values);
        expect(kernel.results().stream().map(values::get).toList(), outputs);
    }

    /** All axes but the last. */
    private static List<Long> rows(List<TensorType> values, int value) {
        var dims = values.get(value).shape().dims();
        require(dims.length >= 2, "rows of ", values.get(value));
        return Arrays.stream(dims).limit(dims.length - 1).boxed().toList();
    }

    private static TensorType turned(TensorType type) {
        var dims = type.shape().dims();
        int last = dims.length - 1;
        long rows = dims[last - 1];
        dims[last - 1] = dims[last];
        dims[last] = rows;
        return new TensorType(type.dtype(), Shape.of(dims));
    }

    /** The type of the elements that index tensors choose from a source. */
    private static TensorType indexed(DType dtype, TensorType source, List<TensorType> indices) {
        require(!indices.isEmpty() && indices.size() <= source.shape().rank(), indices, " into ", source);
        var shape = indices.getFirst().shape();
        for (var index : indices) {
            require(index.equals(new TensorType(DType.I64, shape)), indices, " into ", source);
        }
        var rest = IntStream.range(indices.size(), source.shape().rank()).mapToLong(source.shape()::dim);
        var lead = IntStream.range(0, shape.rank()).mapToLong(shape::dim);
        return new TensorType(dtype, Shape.of(LongStream.concat(lead, rest).toArray()));
    }

    private static void assemble(Kernel.Assemble kernel, List<TensorType> inputs, List<TensorType> outputs) {
        require(outputs.size() == 1 && outputs.getFirst().dtype() == kernel.dtype(), "assembled ", outputs);
        int first = kernel.fill() == null ? 1 : 0;
        require(inputs.size() == kernel.windows().size() + first, kernel.windows(), " for ", inputs);
        if (first == 1) {
            expect(outputs, inputs.subList(0, 1));
        } else {
            require(kernel.fill().dtype() == kernel.dtype(), "filled with ", kernel.fill());
        }
        for (int i = first; i < inputs.size(); i++) {
            window(kernel.windows().get(i - first), inputs.get(i), outputs.getFirst());
        }
    }

    private static void window(Kernel.Window window, TensorType input, TensorType output) {
        int rank = output.shape().rank();
        require(input.dtype() == output.dtype() && input.shape().rank() == rank && window.start().size() == rank
                && window.step().size() == rank, input, " at ", window, " of ", output);
        for (int axis = 0; axis < rank && input.shape().size() > 0; axis++) {
            long start = window.start().get(axis);
            long step = window.step().get(axis);
            long last = Math.addExact(start, Math.multiplyExact(step, input.shape().dim(axis) - 1));
            require(step != 0 && Math.min(start, last) >= 0 && Math.max(start, last) < output.shape().dim(axis),
                    input, " at ", window, " of ", output);
        }
    }
}
