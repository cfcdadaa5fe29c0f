package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tfl.backend.NativeFunction;
import tfl.backend.NativeLibraries;
import tfl.backend.NativeLibrary;

/**
 * The functions of oneDNN's C interface (version 3) that we call, one a row: symbol and signature as {@link
 * NativeFunction} reads them. Those that make an object take the place for its pointer first.
 */
enum OneDnn {
    ENGINE_CREATE("dnnl_engine_create", "ipil"),
    STREAM_CREATE("dnnl_stream_create", "ippi"),
    STREAM_DESTROY("dnnl_stream_destroy", "ip"),
    ATTRIBUTES_CREATE("dnnl_primitive_attr_create", "ip"),
    SCRATCHPAD_MODE("dnnl_primitive_attr_set_scratchpad_mode", "ipi"),
    STRIDED("dnnl_memory_desc_create_with_strides", "ipipip"),
    TAGGED("dnnl_memory_desc_create_with_tag", "ipipii"),
    DESCRIPTOR_DESTROY("dnnl_memory_desc_destroy", "ip"),
    FORWARD("dnnl_convolution_forward_primitive_desc_create", "ippiippppppppp"),
    BACKWARD_DATA("dnnl_convolution_backward_data_primitive_desc_create", "ippippppppppp"),
    BACKWARD_WEIGHTS("dnnl_convolution_backward_weights_primitive_desc_create", "ippipppppppppp"),
    REORDER("dnnl_reorder_primitive_desc_create", "ipppppp"),
    PRIMITIVE_CREATE("dnnl_primitive_create", "ipp"),
    PRIMITIVE_DESTROY("dnnl_primitive_destroy", "ip"),
    PRIMITIVE_DESCRIPTOR_DESTROY("dnnl_primitive_desc_destroy", "ip"),
    EXECUTE("dnnl_primitive_execute", "ippip"),
    MEMORY_CREATE("dnnl_memory_create", "ipppp"),
    MEMORY_DESTROY("dnnl_memory_destroy", "ip"),
    SGEMM("dnnl_sgemm", "ibblllfplplfpl");

    /** Status codes of {@code dnnl_types.h}. */
    private static final int SUCCESS = 0;
    private static final int OUT_OF_MEMORY = 1;
    private static final int UNIMPLEMENTED = 3;

    private final String symbol;
    private final String signature;
    private volatile NativeFunction function;

    OneDnn(String symbol, String signature) {
        this.symbol = symbol;
        this.signature = signature;
    }

    /** oneDNN has no way to do what was asked. */
    static final class Unsupported extends RuntimeException {
        Unsupported(String what) {
            super(what);
        }
    }

    /**
     * Calls the function and checks its status.
     *
     * @throws Unsupported if oneDNN says that it does not do this
     */
    void call(Object... arguments) {
        var bound = function;
        if (bound == null) {
            function = bound = new NativeFunction(Library.SYMBOLS, symbol, signature);
        }
        int status = (int) bound.call(arguments);
        if (status == UNIMPLEMENTED || status == OUT_OF_MEMORY) {
            throw new Unsupported(symbol);
        }
        if (status != SUCCESS) {
            throw new IllegalStateException(symbol + " failed with status " + status
                    + ": this is a bug in TFL");
        }
    }

    /** Calls a function that makes an object: {@code call(place, arguments...)}. */
    MemorySegment create(Object... arguments) {
        try (var arena = Arena.ofConfined()) {
            var place = arena.allocate(ValueLayout.ADDRESS);
            var all = new Object[arguments.length + 1];
            all[0] = place;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            call(all);
            return place.get(ValueLayout.ADDRESS, 0);
        }
    }

    /** The layout, a descriptor that lives as long as the primitive's, of one of a primitive's arguments. */
    static MemorySegment layout(MemorySegment primitiveDescriptor, int query) {
        return (MemorySegment) Library.QUERY.call(primitiveDescriptor, query, 0);
    }

    static boolean equal(MemorySegment layout, MemorySegment other) {
        return (int) Library.EQUAL.call(layout, other) != 0;
    }

    static long bytes(MemorySegment layout) {
        return (long) Library.SIZE.call(layout);
    }

    /**
     * From now on oneDNN uses no further threads when the current one calls it: we share out the work
     * ourselves.
     */
    static void stayOnThisThread() {
        Library.THREADS.call(1);
    }

    static MemorySegment engine() {
        return Library.ENGINE;
    }

    /** A new stream; whoever asked destroys it. */
    static MemorySegment stream() {
        return STREAM_CREATE.create(Library.ENGINE, Library.IN_ORDER);
    }

    static MemorySegment attributes() {
        return Library.ATTRIBUTES;
    }

    /** As its version function says. */
    static String version() {
        var version = ((MemorySegment) new NativeFunction(Library.SYMBOLS, "dnnl_version", "p").call())
                .reinterpret(12);
        return String.join(".",
                Arrays.stream(version.toArray(ValueLayout.JAVA_INT)).mapToObj(Integer::toString).toList());
    }

    /** Loaded at the first call. */
    private static final class Library {
        private static final int CPU = 1;
        private static final int IN_ORDER = 1;
        private static final int SCRATCHPAD_FROM_USER = 1;

        static final SymbolLookup SYMBOLS = load();
        static final NativeFunction THREADS = new NativeFunction(SYMBOLS, "omp_set_num_threads", "vi");
        static final NativeFunction QUERY = new NativeFunction(SYMBOLS, "dnnl_primitive_desc_query_md",
                "ppii");
        static final NativeFunction EQUAL = new NativeFunction(SYMBOLS, "dnnl_memory_desc_equal", "ipp");
        static final NativeFunction SIZE = new NativeFunction(SYMBOLS, "dnnl_memory_desc_get_size", "lp");
        static final MemorySegment ENGINE = ENGINE_CREATE.create(CPU, 0L);
        static final MemorySegment ATTRIBUTES = attributes();

        private static SymbolLookup load() {
            NativeLibraries.open(NativeLibrary.OPENCL);
            return NativeLibraries.open(NativeLibrary.ONEDNN);
        }

        private static MemorySegment attributes() {
            var attributes = ATTRIBUTES_CREATE.create();
            SCRATCHPAD_MODE.call(attributes, SCRATCHPAD_FROM_USER);
            return attributes;
        }
    }
}
