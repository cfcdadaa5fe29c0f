package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.builtin.module.FftModule;
import tfl.interpreter.builtin.module.LinalgModule;
import tfl.interpreter.builtin.module.RandomFunctions;
import tfl.interpreter.builtin.module.RngModule;
import tfl.interpreter.builtin.module.TreeModule;
import tfl.interpreter.builtin.table.RowsModule;
import tfl.interpreter.value.None;
import tfl.tensor.DType;

/**
 * The names that every program sees. A group's rows are made when the first name of the group is looked up,
 * so that a program pays for what it uses; the names themselves stand here.
 */
public final class Prelude implements PreludeProvider {
    private static final List<Group> GROUPS = List.of(
            new Group("creation", CreationFunctions::rows,
                    "asarray frombuffer arange linspace zeros ones empty full zeros_like ones_like "
                            + "empty_like full_like eye tril triu meshgrid"),
            new Group("data types", DataTypeFunctions::rows,
                    "astype can_cast finfo iinfo isdtype result_type"),
            new Group("elementwise", ElementwiseFunctions::rows,
                    "exp expm1 log log1p log2 log10 sqrt rsqrt reciprocal erf lgamma "
                            + "digamma sigmoid square relu gelu silu elu softplus log_sigmoid sin cos "
                            + "tan asin acos atan sinh cosh tanh asinh acosh atanh floor ceil trunc "
                            + "round abs sign negative positive clip real imag conj angle isnan isinf "
                            + "isfinite signbit logical_not bitwise_invert bitwise_count"),
            new Group("pairwise", PairwiseFunctions::rows,
                    "add subtract multiply divide floor_divide remainder pow bitwise_and "
                            + "bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift equal "
                            + "not_equal less less_equal greater greater_equal logical_and logical_or "
                            + "logical_xor maximum minimum atan2 hypot copysign nextafter logaddexp "
                            + "complex where lerp"),
            new Group("manipulation", ManipulationFunctions::rows,
                    "reshape flatten squeeze expand_dims broadcast_to broadcast_arrays "
                            + "permute_dims transpose matrix_transpose moveaxis swapaxes flip roll "
                            + "concat stack unstack tile repeat pad"),
            new Group("statistics", StatisticalFunctions::rows,
                    "sum prod mean var std max min all any count_nonzero cumulative_sum "
                            + "cumulative_prod cumsum cumprod diff"),
            new Group("searching", SearchingFunctions::rows,
                    "argmax argmin nonzero searchsorted take take_along_axis scatter "
                            + "scatter_add segment_sum one_hot"),
            new Group("sorting and sets", SortingFunctions::rows,
                    "sort argsort topk unique_values unique_counts unique_inverse "
                            + "unique_all"),
            new Group("description", DescriptiveFunctions::rows,
                    "quantile median histogram norm matmul tensordot vecdot to"),
            new Group("neural networks", NeuralFunctions::rows,
                    "softmax log_softmax standardize logsumexp conv conv_transpose max_pool avg_pool "
                            + "resize einsum stop_gradient"),
            new Group("random draws", RandomFunctions::rows,
                    "seed rand randn uniform randint bernoulli permutation choice "
                            + "truncated_normal gamma categorical"),
            new Group("strings", TextFunctions::rows,
                    "split join lines chars find count ord chr upper lower title strip "
                            + "strip_left strip_right replace starts_with ends_with contains is_digit "
                            + "is_alpha is_space"),
            new Group("sequences", SequenceFunctions::rows,
                    "tuple range map filter reduce zip enumerate sorted reversed keys "
                            + "values items record"),
            new Group("core", CoreFunctions::rows,
                    "print show str repr format help dir int float bool len typeof error "
                            + "time clock close signature"));

    private static final Map<String, Object> CONSTANTS = constants();
    private static final Map<String, RowsModule> MODULES = modules();
    private static final Map<String, Group> BY_NAME = byName();

    /** Rows that are made together. */
    private static final class Group {
        private final String title;
        private final Supplier<List<Builtin>> source;
        private final List<String> names;
        private Map<String, Builtin> rows;

        Group(String title, Supplier<List<Builtin>> source, String names) {
            this.title = title;
            this.source = source;
            this.names = List.of(names.split(" "));
        }

        synchronized Map<String, Builtin> rows() {
            if (rows == null) {
                var made = new HashMap<String, Builtin>();
                source.get().forEach(row -> made.put(row.name(), row));
                rows = made;
            }
            return rows;
        }
    }

    /** The modules that are there without an import. */
    private static Map<String, RowsModule> modules() {
        var modules = new HashMap<String, RowsModule>();
        for (var module : List.of(new TreeModule(), new RngModule(), new LinalgModule(), new FftModule())) {
            modules.put(module.name(), module);
        }
        return modules;
    }

    private static Map<String, Object> constants() {
        var constants = new HashMap<String,
                Object>(Map.of("pi", Math.PI, "e", Math.E, "inf", Double.POSITIVE_INFINITY,
                "nan", Double.NaN, "newaxis", None.NONE));
        for (var dtype : DType.values()) {
            if (dtype != DType.BOOL) {
                constants.put(dtype.label(), dtype);
            }
        }
        return constants;
    }

    private static Map<String, Group> byName() {
        var groups = new HashMap<String, Group>();
        for (var group : GROUPS) {
            group.names.forEach(name -> groups.put(name, group));
        }
        return groups;
    }

    @Override
    public Object find(String name) {
        var group = BY_NAME.get(name);
        return group != null ? group.rows().get(name) : CONSTANTS.getOrDefault(name, MODULES.get(name));
    }

    @Override
    public Collection<String> names() {
        var names = new ArrayList<>(BY_NAME.keySet());
        names.addAll(CONSTANTS.keySet());
        names.addAll(MODULES.keySet());
        return names;
    }

    /** The titles of the groups, in the order of the reference. */
    public static List<String> groups() {
        return GROUPS.stream().map(group -> group.title).toList();
    }

    /** The rows of a group, in the order of its table. */
    public static List<Builtin> rows(String title) {
        return GROUPS.stream().filter(group -> group.title.equals(title)).findFirst().orElseThrow()
                .source.get();
    }

    /** The names that the index has for a group: those of its rows, if the index is right. */
    static List<String> indexed(String title) {
        return GROUPS.stream().filter(group -> group.title.equals(title)).findFirst().orElseThrow().names;
    }
}
