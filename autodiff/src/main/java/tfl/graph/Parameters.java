package tfl.graph;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tfl.kernel.KernelPrinter;
import tfl.kernel.ScalarExpr;
import tfl.primitive.ArgExtreme;
import tfl.primitive.Effect;
import tfl.primitive.Full;
import tfl.primitive.Primitive;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.ReduceLogical;
import tfl.primitive.Region;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * The parameters of a primitive for the eye: the components of its record, without those that its name or the types
 * of its results tell already.
 */
final class Parameters {
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final int MANY = 8;

    private Parameters() {}

    /** One word for the primitive: its name, or that of its record where the name is none. */
    static String word(Primitive primitive) {
        return WORD.matcher(primitive.name()).matches() ? primitive.name()
                : primitive.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** What to show behind the operands: {@code axes=[0]}. */
    static List<String> shown(Primitive primitive, List<TensorType> results) {
        if (primitive instanceof Full(var type, long bits)) {
            return List.of(GraphPrinter.text(new Literal(type, bits)));
        }
        var shown = new ArrayList<String>();
        components(primitive).forEach((name, value) -> {
            if (!isRegion(value) && !isTold(primitive, name, value, results)) {
                shown.add(value instanceof Boolean ? name : name + "=" + text(value));
            }
        });
        return shown;
    }

    /** The regions by the names of their components; numbered where a component holds several. */
    static Map<String, Region> regions(Primitive primitive) {
        var regions = new LinkedHashMap<String, Region>();
        components(primitive).forEach((name, value) -> {
            if (value instanceof Region region) {
                regions.put(name, region);
            } else if (isRegion(value)) {
                var several = (List<?>) value;
                for (int k = 0; k < several.size(); k++) {
                    regions.put(name + " " + k, (Region) several.get(k));
                }
            }
        });
        return regions;
    }

    private static boolean isRegion(Object value) {
        return value instanceof Region
                || value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Region;
    }

    private static Map<String, Object> components(Primitive primitive) {
        var components = new LinkedHashMap<String, Object>();
        for (var component : primitive.getClass().getRecordComponents()) {
            components.put(component.getName(), value(primitive, component));
        }
        return components;
    }

    private static Object value(Primitive primitive, RecordComponent component) {
        try {
            return component.getAccessor().invoke(primitive);
        } catch (IllegalAccessException | InvocationTargetException problem) {
            throw new IllegalStateException("a component that cannot be read: " + component, problem);
        }
    }

    private static boolean isTold(Primitive primitive, String name, Object value,
            List<TensorType> results) {
        var result = results.isEmpty() ? null : results.getFirst();
        return switch (value) {
            case null -> true;
            case Effect.Action action -> true;
            case String label -> label.equals(word(primitive));
            case Enum<?> word when !(word instanceof DType) -> primitive.name().contains(lower(word));
            case Boolean flag -> !flag || primitive instanceof ReduceExtreme || primitive instanceof ReduceLogical
                    || primitive instanceof ArgExtreme;
            case TensorType type -> type.equals(result);
            case DType dtype -> result != null && dtype == result.dtype();
            case Shape shape -> result != null && shape.equals(result.shape());
            case List<?> list -> switch (name) {
                case "count" -> result != null && list.equals(Arrays.stream(result.shape().dims()).boxed().toList());
                case "step" -> list.stream().allMatch(each -> each.equals(1L));
                case "interior" -> list.stream().allMatch(each -> each.equals(0L));
                default -> false;
            };
            default -> false;
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case Enum<?> word when !(word instanceof DType) -> lower(word);
            case ScalarExpr body -> "(" + KernelPrinter.print(body) + ")";
            case Primitive inner -> inner(inner);
            case Shape shape -> "[" + shape + "]";
            case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
                Long.toString(number.longValue());
            case List<?> list when list.size() > MANY -> text(list.subList(0, MANY)).replace("]", ", ...]");
            case List<?> list -> list.stream().map(Parameters::text).collect(Collectors.joining(", ", "[", "]"));
            default -> Objects.toString(value);
        };
    }

    private static String inner(Primitive primitive) {
        var parameters = shown(primitive, List.of());
        return word(primitive) + (parameters.isEmpty() ? "" : parameters.stream().collect(
                Collectors.joining(" ", "(", ")")));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
