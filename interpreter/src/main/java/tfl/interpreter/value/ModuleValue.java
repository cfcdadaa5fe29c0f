package tfl.interpreter.value;

import java.util.Collection;

/** An imported module. */
public interface ModuleValue {
    String name();

    /** The member's value now, or null; private names are there too. */
    Object find(String member);

    /** The names that others may use. */
    Collection<String> members();

    /** The documentation, or null. */
    String doc();
}
