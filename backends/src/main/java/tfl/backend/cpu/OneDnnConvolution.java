package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import tfl.kernel.Routine;

/**
 * A convolution of f32 for a number of images, made ready by oneDNN for one thread: its operands are first
 * brought into the layouts that oneDNN chose, its result is brought back. Several threads may run it at once.
 */
final class OneDnnConvolution {
    private static final Cleaner CLEANER = Cleaner.create();
    /** Values of enumerations in {@code dnnl_types.h}. */
    private static final int F32 = 3;
    private static final int ANY_LAYOUT = 1;
    private static final int FORWARD_TRAINING = 64;
    private static final int DIRECT = 1;
    private static final int SCRATCHPAD_LAYOUT = 136;
    private static final int SCRATCHPAD = 80;
    /** A dilation of 1 is 0 there. */
    private static final int COUNTED_FROM_ZERO = -1;

    /** An argument of a primitive: where its layout is asked for, and the number under which it is passed. */
    private enum Role {
        SOURCE(129, 1), WEIGHTS(131, 33), RESULT(133, 17),
        SOURCE_GRADIENT(130, 129), WEIGHTS_GRADIENT(132, 161), RESULT_GRADIENT(134, 145);

        private final int query;
        private final int argument;

        Role(int query, int argument) {
            this.query = query;
            this.argument = argument;
        }
    }

    /**
     * One operand: its row-major layout, the one that oneDNN wants, and the reorder between (null if they are
     * equal).
     */
    private record Operand(Role role, MemorySegment plain, MemorySegment chosen, MemorySegment reorder) {
        long room() {
            return reorder == null ? 0 : OneDnn.bytes(chosen) + 63 & -64L;
        }
    }

    private final List<MemorySegment> primitives = new ArrayList<>();
    private final List<MemorySegment> primitiveDescriptors = new ArrayList<>();
    private final List<MemorySegment> descriptors = new ArrayList<>();
    private final MemorySegment convolution;
    private final MemorySegment scratchpad;
    private final Operand first;
    private final Operand second;
    private final Operand result;

    /**
     * Chooses and compiles; takes some milliseconds.
     *
     * @throws OneDnn.Unsupported if oneDNN has no such convolution
     */
    OneDnnConvolution(Routine.Convolution c, ConvolutionShape shape, long images) {
        OneDnn.stayOnThisThread();
        var lists = List.of(primitives, primitiveDescriptors, descriptors);
        CLEANER.register(this, () -> destroy(lists.get(0), lists.get(1), lists.get(2)));
        var roles = roles(c.pass());
        int axes = c.stride().size();
        try (var arena = Arena.ofConfined()) {
            var descriptor = describe(c, shape, images, roles, arena);
            primitiveDescriptors.add(descriptor);
            convolution = create(descriptor);
            scratchpad = OneDnn.layout(descriptor, SCRATCHPAD_LAYOUT);
            first = operand(descriptor, roles.get(0), dims(roles.get(0), shape, images, axes), false, arena);
            second = operand(descriptor, roles.get(1), dims(roles.get(1), shape, images, axes), false, arena);
            result = operand(descriptor, roles.get(2), dims(roles.get(2), shape, images, axes), true, arena);
        }
    }

    private static void destroy(List<MemorySegment> primitives, List<MemorySegment> primitiveDescriptors,
            List<MemorySegment> descriptors) {
        primitives.forEach(OneDnn.PRIMITIVE_DESTROY::call);
        primitiveDescriptors.forEach(OneDnn.PRIMITIVE_DESCRIPTOR_DESTROY::call);
        descriptors.forEach(OneDnn.DESCRIPTOR_DESTROY::call);
    }

    private static List<Role> roles(Routine.Pass pass) {
        return switch (pass) {
            case FORWARD -> List.of(Role.SOURCE, Role.WEIGHTS, Role.RESULT);
            case INPUT -> List.of(Role.RESULT_GRADIENT, Role.WEIGHTS, Role.SOURCE_GRADIENT);
            case WEIGHT -> List.of(Role.SOURCE, Role.RESULT_GRADIENT, Role.WEIGHTS_GRADIENT);
        };
    }

    private MemorySegment describe(Routine.Convolution c, ConvolutionShape shape, long images,
            List<Role> roles, Arena arena) {
        int axes = c.stride().size();
        var layouts = roles.stream().map(role -> any(dims(role, shape, images, axes), arena)).toList();
        var forward = describeForward(c, shape, images, arena);
        var none = MemorySegment.NULL;
        return switch (c.pass()) {
            case FORWARD -> forward;
            case INPUT -> {
                primitiveDescriptors.add(forward);
                yield OneDnn.BACKWARD_DATA.create(OneDnn.engine(), DIRECT, layouts.get(2), layouts.get(1),
                        layouts.get(0), numbers(c.stride(), 0, arena),
                        numbers(c.dilation(), COUNTED_FROM_ZERO, arena), numbers(c.padLow(), 0, arena),
                        numbers(c.padHigh(), 0, arena), forward, OneDnn.attributes());
            }
            case WEIGHT -> {
                primitiveDescriptors.add(forward);
                yield OneDnn.BACKWARD_WEIGHTS.create(OneDnn.engine(), DIRECT, layouts.get(0), layouts.get(2),
                        none, layouts.get(1), numbers(c.stride(), 0, arena),
                        numbers(c.dilation(), COUNTED_FROM_ZERO, arena), numbers(c.padLow(), 0, arena),
                        numbers(c.padHigh(), 0, arena), forward, OneDnn.attributes());
            }
        };
    }

    /** Backward passes want to see the forward one, too. */
    private MemorySegment describeForward(Routine.Convolution c, ConvolutionShape shape, long images,
            Arena arena) {
        int axes = c.stride().size();
        return OneDnn.FORWARD.create(OneDnn.engine(), FORWARD_TRAINING, DIRECT,
                any(dims(Role.SOURCE, shape, images, axes), arena),
                any(dims(Role.WEIGHTS, shape, images, axes), arena), MemorySegment.NULL,
                any(dims(Role.RESULT, shape, images, axes), arena), numbers(c.stride(), 0, arena),
                numbers(c.dilation(), COUNTED_FROM_ZERO, arena), numbers(c.padLow(), 0, arena),
                numbers(c.padHigh(), 0, arena), OneDnn.attributes());
    }

    private static long[] dims(Role role, ConvolutionShape shape, long images, int axes) {
        return switch (role) {
            case SOURCE, SOURCE_GRADIENT ->
                    join(shape.input(), axes, images, shape.groups() * shape.channelsIn());
            case RESULT, RESULT_GRADIENT ->
                    join(shape.output(), axes, images, shape.groups() * shape.channelsOut());
            case WEIGHTS, WEIGHTS_GRADIENT -> shape.groups() == 1
                    ? join(shape.window(), axes, shape.channelsOut(), shape.channelsIn())
                    : join(shape.window(), axes, shape.groups(), shape.channelsOut(), shape.channelsIn());
        };
    }

    /** Of the three spatial axes of a shape, those that the routine has. */
    private static long[] join(long[] spatial, int axes, long... lead) {
        return LongStream.concat(LongStream.of(lead), LongStream.of(spatial).skip(3 - axes)).toArray();
    }

    private static MemorySegment numbers(List<Long> values, long shift, Arena arena) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG,
                values.stream().mapToLong(value -> value + shift).toArray());
    }

    private MemorySegment any(long[] dims, Arena arena) {
        var layout = OneDnn.TAGGED.create(dims.length, arena.allocateFrom(ValueLayout.JAVA_LONG, dims), F32,
                ANY_LAYOUT);
        descriptors.add(layout);
        return layout;
    }

    private Operand operand(MemorySegment primitive, Role role, long[] dims, boolean back, Arena arena) {
        var strides = new long[dims.length];
        Arrays.setAll(strides, axis -> LongStream.of(dims).skip(axis + 1).reduce(1, (a, b) -> a * b));
        var plain = OneDnn.STRIDED.create(dims.length, arena.allocateFrom(ValueLayout.JAVA_LONG, dims), F32,
                arena.allocateFrom(ValueLayout.JAVA_LONG, strides));
        descriptors.add(plain);
        var chosen = OneDnn.layout(primitive, role.query);
        if (OneDnn.equal(plain, chosen)) {
            return new Operand(role, plain, chosen, null);
        }
        var reorder = OneDnn.REORDER.create(back ? chosen : plain, OneDnn.engine(), back ? plain : chosen,
                OneDnn.engine(), MemorySegment.NULL);
        primitiveDescriptors.add(reorder);
        return new Operand(role, plain, chosen, create(reorder));
    }

    private MemorySegment create(MemorySegment descriptor) {
        var primitive = OneDnn.PRIMITIVE_CREATE.create(descriptor);
        primitives.add(primitive);
        return primitive;
    }

    /**
     * Runs on row-major operands at these addresses, as large as the shapes say, and writes the row-major
     * result.
     */
    void run(long a, long b, long to) {
        OneDnn.stayOnThisThread();
        long pad = OneDnn.bytes(scratchpad);
        try (var work = Scratch.bytes(first.room() + second.room() + result.room() + pad);
                var call = new Call(work.address() + first.room() + second.room() + result.room())) {
            long roomA = work.address();
            long roomB = roomA + first.room();
            long roomTo = roomB + second.room();
            call.reorder(first, first.plain, a, first.chosen, roomA);
            call.reorder(second, second.plain, b, second.chosen, roomB);
            call.execute(convolution, new int[] {first.role.argument, second.role.argument,
                    result.role.argument, SCRATCHPAD}, call.memory(first.chosen, first.reorder == null ? a
                    : roomA), call.memory(second.chosen, second.reorder == null ? b : roomB),
                    call.memory(result.chosen, result.reorder == null ? to : roomTo),
                    call.memory(scratchpad, call.pad));
            call.reorder(result, result.chosen, roomTo, result.plain, to);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** The memory objects of one run. */
    private static final class Call implements AutoCloseable {
        private final List<MemorySegment> memories = new ArrayList<>();
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment stream = OneDnn.stream();
        private final long pad;

        Call(long pad) {
            this.pad = pad;
        }

        MemorySegment memory(MemorySegment layout, long address) {
            var memory = OneDnn.MEMORY_CREATE.create(layout, OneDnn.engine(),
                    MemorySegment.ofAddress(address));
            memories.add(memory);
            return memory;
        }

        void reorder(Operand operand, MemorySegment from, long source, MemorySegment to, long target) {
            if (operand.reorder != null) {
                execute(operand.reorder, new int[] {Role.SOURCE.argument, Role.RESULT.argument},
                        memory(from, source), memory(to, target));
            }
        }

        /** {@code dnnl_exec_arg_t} is an int, padding, a pointer. */
        void execute(MemorySegment primitive, int[] numbers, MemorySegment... arguments) {
            var list = arena.allocate(16L * numbers.length, 8);
            for (int i = 0; i < numbers.length; i++) {
                list.set(ValueLayout.JAVA_INT, 16L * i, numbers[i]);
                list.set(ValueLayout.ADDRESS, 16L * i + 8, arguments[i]);
            }
            OneDnn.EXECUTE.call(primitive, stream, numbers.length, list);
        }

        @Override
        public void close() {
            memories.forEach(OneDnn.MEMORY_DESTROY::call);
            OneDnn.STREAM_DESTROY.call(stream);
            arena.close();
        }
    }
}
