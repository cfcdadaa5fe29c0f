package tfl.plan;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tfl.language.source.Location;

/** How records of one class are taken apart and put together. */
record RecordForm(Constructor<?> constructor, Method[] accessors, Part[] parts) {
    private static final Map<Class<?>, RecordForm> KNOWN = new ConcurrentHashMap<>();

    /** How a component is written: plainly where its type says what it is. */
    enum Part {
        INT, LONG, DOUBLE, FLAG, INTS, FLAGS,
        /** Left out: who reads a record back has no source to point into. */
        PLACE,
        /** With a mark. */
        VALUE;

        private static Part of(Class<?> type) {
            return type == int.class ? INT : type == long.class ? LONG : type == double.class ? DOUBLE
                    : type == boolean.class ? FLAG : type == int[].class ? INTS : type == boolean[].class ? FLAGS
                    : type == Location.class ? PLACE : VALUE;
        }
    }

    /** The form of a record class. */
    static RecordForm of(Class<?> type) {
        var known = KNOWN.get(type);
        if (known == null) {
            known = read(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static RecordForm read(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            var accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
            for (var accessor : accessors) {
                accessor.setAccessible(true);
            }
            return new RecordForm(constructor, accessors,
                    Arrays.stream(types).map(Part::of).toArray(Part[]::new));
        } catch (NoSuchMethodException missing) {
            throw new IllegalStateException(missing);
        }
    }

    Object part(Object record, int k) {
        try {
            return accessors[k].invoke(record);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    Object of(Object[] parts) {
        try {
            return constructor.newInstance(parts);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
