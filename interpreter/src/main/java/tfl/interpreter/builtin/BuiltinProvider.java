package tfl.interpreter.builtin;

import java.util.Collection;
import java.util.List;

/**
 * The Java side of a library module, found through {@link java.util.ServiceLoader} when the module is imported. The
 * module's TFL source, if there is one, sees the rows as plain names; others see them as members of the
 * module, except
 * names that begin with {@code _}.
 */
public interface BuiltinProvider {
    /** The module's name, such as {@code linalg}. */
    String module();

    /** A {@link Builtin} or a constant value of that name, or null. Makes the row at the first call for it. */
    Object find(String name);

    Collection<String> names();

    /** What the module finds on this machine, for {@code tfl doctor}. */
    default List<Check> checks() {
        return List.of();
    }

    /** What the module is for, in Markdown, where no TFL source says it; or null. */
    default String doc() {
        return null;
    }
}
