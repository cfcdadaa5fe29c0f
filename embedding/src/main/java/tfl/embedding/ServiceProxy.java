package tfl.embedding;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.graalvm.polyglot.Value;

/** Interfaces of Java over functions of TFL: each method calls the function of its name. */
final class ServiceProxy {
    private ServiceProxy() {}

    static Object of(Tfl session, Value value, Class<?> type) {
        var single = Incoming.Reflection.single(type);
        boolean isFunction = single.isPresent() && value.canExecute() && !value.hasMember(single.get().getName());
        if (!isFunction) {
            checkAll(session, value, type);
        }
        InvocationHandler handler = (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                ? ofObject(proxy, type, value, method, arguments)
                : method.isDefault() ? byDefault(proxy, type, method, arguments)
                : call(session, isFunction ? value : value.getMember(method.getName()), method, arguments);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static void checkAll(Tfl session, Value value, Class<?> type) {
        for (var method : type.getMethods()) {
            boolean isWanted = !method.isDefault() && !Modifier.isStatic(method.getModifiers());
            if (isWanted && !value.canInvokeMember(method.getName())) {
                throw Outgoing.wrong(session, value, type.getSimpleName() + ", which has a function "
                        + method.getName());
            }
        }
    }

    /** An interface may be private to its package, so the method is asked for with that package's rights. */
    private static Object byDefault(Object proxy, Class<?> type, Method method, Object[] arguments) throws Throwable {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).unreflectSpecial(method, type).bindTo(proxy)
                .invokeWithArguments(arguments == null ? new Object[0] : arguments);
    }

    private static Object call(Tfl session, Value function, Method method, Object[] arguments) {
        return session.guard(() -> {
            var result = function.execute(Incoming.all(session, arguments == null ? new Object[0] : arguments));
            return Outgoing.of(session, result, method.getGenericReturnType());
        });
    }

    private static Object ofObject(Object proxy, Class<?> type, Value value, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName() + " of " + Outgoing.shown(value);
        };
    }
}
