package tfl.interpreter.builtin.prelude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.interpreter.builtin.Builtin;

class PreludeTest {
    /** The functions of the array API standard 2024.12, main namespace. */
    private static final List<String> STANDARD = List.of((
            "arange asarray empty empty_like eye full full_like linspace meshgrid ones ones_like "
            + "tril triu zeros zeros_like astype can_cast finfo iinfo isdtype result_type abs acos "
            + "acosh add asin asinh atan atan2 atanh bitwise_and bitwise_left_shift bitwise_invert "
            + "bitwise_or bitwise_right_shift bitwise_xor ceil clip conj copysign cos cosh divide "
            + "equal exp expm1 floor floor_divide greater greater_equal hypot imag isfinite isinf "
            + "isnan less less_equal log log1p log2 log10 logaddexp logical_and logical_not "
            + "logical_or logical_xor maximum minimum multiply negative nextafter not_equal positive "
            + "pow real reciprocal remainder round sign signbit sin sinh square sqrt subtract tan "
            + "tanh trunc take take_along_axis matmul matrix_transpose tensordot vecdot "
            + "broadcast_arrays broadcast_to concat expand_dims flip moveaxis permute_dims repeat "
            + "reshape roll squeeze stack tile unstack argmax argmin count_nonzero nonzero "
            + "searchsorted where unique_all unique_counts unique_inverse unique_values argsort sort "
            + "cumulative_prod cumulative_sum max mean min prod std sum var all any diff e inf nan "
            + "newaxis pi").split(" "));

    @Test
    void theArrayStandardIsThere() {
        var prelude = new Prelude();
        for (var name : STANDARD) {
            assertNotNull(prelude.find(name), name);
        }
    }

    @Test
    void theIndexNamesTheRows() {
        for (var group : Prelude.groups()) {
            assertEquals(Prelude.rows(group).stream().map(Builtin::name).toList().stream().sorted().toList(),
                    Prelude.indexed(group).stream().sorted().toList(), group);
        }
    }

    @Test
    void noNameIsThereTwice() {
        var names = new ArrayList<>(new Prelude().names());
        assertEquals(new HashSet<>(names).size(), names.size());
    }

    @Test
    void everyRowIsDocumented() {
        for (var group : Prelude.groups()) {
            for (var row : Prelude.rows(group)) {
                assertFalse(row.doc().isBlank(), row.name());
            }
        }
    }

    @Test
    void theReferenceIsUpToDate() throws IOException {
        var folder = root().resolve("docs/reference");
        for (var page : Reference.pages().entrySet()) {
            var file = folder.resolve(page.getKey());
            if (Boolean.getBoolean("tfl.bless")) {
                Files.createDirectories(folder);
                Files.writeString(file, page.getValue());
            }
            assertEquals(page.getValue(), Files.readString(file),
                    file + " is old; run with -Dtfl.bless=true");
        }
    }

    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
