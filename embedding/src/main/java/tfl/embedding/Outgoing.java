package tfl.embedding;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Values of a program on their way to Java, as the types that Java asks for. */
final class Outgoing {
    private Outgoing() {}

    static Object of(Tfl session, Value value, Type type) {
        return switch (type) {
            case Class<?> plain -> of(session, value, plain);
            case ParameterizedType generic -> generic(session, value, generic);
            case TypeVariable<?> variable -> of(session, value, variable.getBounds()[0]);
            case WildcardType wildcard -> of(session, value, wildcard.getUpperBounds()[0]);
            default -> throw wrong(session, value, type.getTypeName());
        };
    }

    private static Object of(Tfl session, Value value, Class<?> type) {
        var boxed = Boxes.of(type);
        if (boxed == Void.class) {
            return null;
        } else if (boxed == Object.class) {
            return nearest(session, value);
        } else if (boxed == TflValue.class) {
            return new TflValue(session, value);
        } else if (type.isArray()) {
            return array(session, value, type);
        } else if (boxed == FloatTensor.class) {
            return tensor(session, value);
        } else if (boxed == FloatBuffer.class) {
            return tensor(session, value).data();
        } else if (type.isRecord()) {
            return record(session, value, type);
        } else if (boxed == List.class) {
            return list(session, value, Object.class);
        } else if (boxed == Map.class) {
            return map(session, value, Object.class);
        } else if (boxed == Optional.class) {
            return Optional.ofNullable(value.isNull() ? null : nearest(session, value));
        } else if (type.isInterface()) {
            return ServiceProxy.of(session, value, type);
        }
        return scalar(session, value, boxed);
    }

    private static Object generic(Tfl session, Value value, ParameterizedType type) {
        var raw = (Class<?>) type.getRawType();
        var parts = type.getActualTypeArguments();
        if (raw == List.class) {
            return list(session, value, parts[0]);
        } else if (raw == Map.class) {
            return map(session, value, parts[1]);
        } else if (raw == Optional.class) {
            return value.isNull() ? Optional.empty() : Optional.of(of(session, value, parts[0]));
        }
        return of(session, value, raw);
    }

    private static Object scalar(Tfl session, Value value, Class<?> type) {
        if (type.isEnum() && value.isString()) {
            for (var constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(value.asString())) {
                    return constant;
                }
            }
        } else if (type == String.class && value.isString()) {
            return value.asString();
        } else if (type == Boolean.class && single(value).isBoolean()) {
            return single(value).asBoolean();
        } else if (single(value).isNumber()) {
            return number(session, single(value), type);
        }
        throw wrong(session, value, article(type));
    }

    private static Object number(Tfl session, Value value, Class<?> type) {
        if (type == Double.class) {
            return value.fitsInDouble() ? value.asDouble() : (double) value.asLong();
        } else if (type == Float.class) {
            return value.fitsInDouble() ? (float) value.asDouble() : (float) value.asLong();
        } else if (type == Long.class && value.fitsInLong()) {
            return value.asLong();
        } else if (type == Integer.class && value.fitsInInt()) {
            return value.asInt();
        } else if (type == Short.class && value.fitsInShort()) {
            return value.asShort();
        } else if (type == Byte.class && value.fitsInByte()) {
            return value.asByte();
        }
        throw wrong(session, value, article(type));
    }

    /** What a tensor of one element holds; the value itself otherwise. */
    private static Value single(Value value) {
        var element = value;
        while (element.hasArrayElements() && isTensor(element) && element.getArraySize() == 1) {
            element = element.getArrayElement(0);
        }
        return element;
    }

    static boolean isTensor(Value value) {
        return value.hasMember("shape") && value.hasMember("dtype");
    }

    static int[] shape(Value value) {
        if (!isTensor(value)) {
            return new int[0];
        }
        var sizes = value.getMember("shape");
        var shape = new int[Math.toIntExact(sizes.getArraySize())];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = sizes.getArrayElement(axis).asInt();
        }
        return shape;
    }

    private static Object array(Tfl session, Value value, Class<?> type) {
        var element = type.componentType();
        if (!isTensor(value) && value.hasArrayElements() || !element.isPrimitive()) {
            return each(session, value, element);
        } else if (element == float.class) {
            return flat(session, value, session.functions().f32(), "toFloatArray", "numbers");
        } else if (element == double.class) {
            return flat(session, value, session.functions().f64(), "toDoubleArray", "numbers");
        } else if (element == long.class) {
            return flat(session, value, session.functions().i64(), "toLongArray", "whole numbers");
        } else if (element == int.class) {
            long[] all = (long[]) flat(session, value, session.functions().i64(), "toLongArray", "whole numbers");
            return Arrays.stream(all).mapToInt(Math::toIntExact).toArray();
        }
        throw wrong(session, value, "an array of " + element.getName());
    }

    private static Object each(Tfl session, Value value, Class<?> element) {
        var parts = list(session, value, element);
        var array = Array.newInstance(element, parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Array.set(array, i, parts.get(i));
        }
        return array;
    }

    private static Object flat(Tfl session, Value value, Value converted, String copy, String what) {
        if (!isTensor(value) && !value.isNumber()) {
            throw wrong(session, value, "a tensor of " + what);
        }
        if (copy.equals("toLongArray") && !value.isNumber() && !isWhole(value)) {
            throw wrong(session, value, "a tensor of " + what);
        }
        return converted.execute(value).invokeMember(copy).asHostObject();
    }

    private static boolean isWhole(Value tensor) {
        var dtype = tensor.getMember("dtype").toString();
        return dtype.startsWith("i") || dtype.startsWith("u") || dtype.equals("bool");
    }

    private static FloatTensor tensor(Tfl session, Value value) {
        var data = (float[]) flat(session, value, session.functions().f32(), "toFloatArray", "numbers");
        return new FloatTensor(shape(value), FloatBuffer.wrap(data).asReadOnlyBuffer());
    }

    static List<Value> parts(Tfl session, Value value) {
        if (!value.hasArrayElements()) {
            throw wrong(session, value, "a tuple, or a tensor with axes");
        }
        var parts = new ArrayList<Value>();
        for (long i = 0; i < value.getArraySize(); i++) {
            parts.add(value.getArrayElement(i));
        }
        return parts;
    }

    private static List<Object> list(Tfl session, Value value, Type element) {
        return parts(session, value).stream().map(part -> of(session, part, element)).toList();
    }

    private static Map<String, Object> map(Tfl session, Value value, Type element) {
        if (!value.hasMembers() || isTensor(value)) {
            throw wrong(session, value, "a record");
        }
        var map = new LinkedHashMap<String, Object>();
        value.getMemberKeys().forEach(name -> map.put(name, of(session, value.getMember(name), element)));
        return map;
    }

    private static Object record(Tfl session, Value value, Class<?> type) {
        var components = type.getRecordComponents();
        var fields = new Object[components.length];
        for (int i = 0; i < fields.length; i++) {
            if (!value.hasMember(components[i].getName())) {
                throw wrong(session, value, type.getSimpleName() + ", a record with the field "
                        + components[i].getName());
            }
            fields[i] = of(session, value.getMember(components[i].getName()), components[i].getGenericType());
        }
        return made(type, components, fields);
    }

    private static Object made(Class<?> type, RecordComponent[] components, Object[] fields) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components)
                    .map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(fields);
        } catch (InvocationTargetException thrown) {
            throw Tfl.unchecked(thrown.getCause());
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw new TflError("type", "TFL-E0647", "Java does not let " + type.getName() + " be made: "
                    + closed.getMessage(), "make it public, in an exported or opened package");
        }
    }

    /** Numbers as Double or Long, texts, bools, tensors, lists, maps; whatever else as a value of TFL. */
    private static Object nearest(Tfl session, Value value) {
        if (value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.asBoolean();
        } else if (value.isString()) {
            return value.asString();
        } else if (value.isNumber()) {
            return value.fitsInLong() && !value.toString().contains(".") ? (Object) value.asLong() : value.asDouble();
        } else if (value.isHostObject()) {
            return value.asHostObject();
        } else if (isTensor(value)) {
            return shape(value).length == 1 ? of(session, value, float[].class) : tensor(session, value);
        } else if (value.canExecute() || value.isMetaObject()) {
            return new TflValue(session, value);
        } else if (value.hasArrayElements()) {
            return list(session, value, Object.class);
        }
        return value.hasMembers() ? map(session, value, Object.class) : new TflValue(session, value);
    }

    private static String article(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Double", "Float" -> "a number";
            case "Long", "Integer", "Short", "Byte" -> "a whole number that fits a Java " + type.getSimpleName();
            case "Boolean" -> "a bool";
            case "String" -> "a text";
            default -> type.isEnum() ? "the name of a " + type.getSimpleName() : "a " + type.getName();
        };
    }

    static TflError wrong(Tfl session, Value value, String wanted) {
        return new TflError("type", "TFL-E0647", "this value is " + session.functions().type().execute(value).asString()
                + ", not " + wanted + ": " + shown(value), "");
    }

    /** A value in few characters. */
    static String shown(Value value) {
        String text;
        try {
            text = value.toString().lines().findFirst().orElse("");
        } catch (PolyglotException unshown) {
            text = "...";
        }
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }
}
