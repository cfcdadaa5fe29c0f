package tfl.embedding;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** Values of Java on their way into a program. */
final class Incoming {
    private Incoming() {}

    static Object[] all(Tfl session, Object[] values) {
        var all = new Object[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = of(session, values[i]);
        }
        return all;
    }

    static Object of(Tfl session, Object value) {
        return switch (value) {
            case null -> null;
            case TflValue own -> own.value;
            case FloatTensor tensor -> tensor(session, tensor);
            case Boolean bool -> bool;
            case Number number -> number;
            case String text -> text;
            case Enum<?> constant -> constant.name();
            case Optional<?> optional -> of(session, optional.orElse(null));
            case Object[] array -> tuple(session, Arrays.asList(array));
            case Collection<?> parts -> tuple(session, parts);
            case Map<?, ?> map -> record(session, map);
            case Record record -> record(session, fields(record));
            case Buffer buffer -> buffer;
            case MemorySegment segment -> segment;
            default -> method(value.getClass()).<Object>map(method -> function(session, value, method)).orElse(value);
        };
    }

    private static Value tensor(Tfl session, FloatTensor tensor) {
        var arguments = new Object[tensor.rank() + 1];
        arguments[0] = whole(tensor);
        int[] shape = tensor.shape();
        for (int i = 0; i < shape.length; i++) {
            arguments[i + 1] = shape[i];
        }
        return session.functions().shaped().execute(arguments);
    }

    private static float[] whole(FloatTensor tensor) {
        var data = tensor.data();
        boolean isArray = data.hasArray() && data.arrayOffset() == 0 && data.array().length == tensor.size();
        return isArray ? data.array() : tensor.floats();
    }

    private static Value tuple(Tfl session, Collection<?> parts) {
        return session.functions().tuple().execute(all(session, parts.toArray()));
    }

    private static Value record(Tfl session, Map<?, ?> fields) {
        var arguments = new ArrayList<Object>();
        arguments.add(tuple(session, fields.keySet().stream().map(String::valueOf).toList()));
        fields.values().forEach(field -> arguments.add(of(session, field)));
        return session.functions().record().execute(arguments.toArray());
    }

    private static Map<String, Object> fields(Record record) {
        var fields = new LinkedHashMap<String, Object>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            fields.put(component.getName(), Reflection.call(record, component.getAccessor()));
        }
        return fields;
    }

    /** The one method that a lambda or another function object is made for. */
    private static Optional<Method> method(Class<?> type) {
        var methods = new ArrayList<Method>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (var implemented : each.getInterfaces()) {
                Reflection.single(implemented).ifPresent(methods::add);
            }
        }
        return methods.size() == 1 ? Optional.of(methods.getFirst()) : Optional.empty();
    }

    private static ProxyExecutable function(Tfl session, Object target, Method method) {
        var parameters = method.getGenericParameterTypes();
        return arguments -> {
            if (arguments.length != parameters.length) {
                throw new IllegalArgumentException("this Java function takes " + parameters.length
                        + " arguments, not " + arguments.length);
            }
            var own = new Object[parameters.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = Outgoing.of(session, arguments[i], parameters[i]);
            }
            return of(session, Reflection.call(target, method, own));
        };
    }

    /** Calls by reflection that throw what the method throws. */
    static final class Reflection {
        private Reflection() {}

        static Object call(Object target, Method method, Object... arguments) {
            try {
                method.setAccessible(true);
                return method.invoke(target, arguments);
            } catch (InvocationTargetException thrown) {
                throw Tfl.unchecked(thrown.getCause());
            } catch (IllegalAccessException | RuntimeException closed) {
                throw new TflError("type", "TFL-E0647", "Java does not let " + method + " be called: "
                        + closed.getMessage(), "make it public, in an exported package");
            }
        }

        /** The only abstract method of an interface, if it has one. */
        static Optional<Method> single(Class<?> type) {
            var found = List.of(type.getMethods()).stream().filter(method -> Modifier.isAbstract(method.getModifiers())
                    && !isOfObject(method)).toList();
            return type.isInterface() && found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        }

        private static boolean isOfObject(Method method) {
            return Arrays.stream(Object.class.getMethods()).anyMatch(known -> known.getName().equals(method.getName())
                    && Arrays.equals(known.getParameterTypes(), method.getParameterTypes()));
        }
    }
}
