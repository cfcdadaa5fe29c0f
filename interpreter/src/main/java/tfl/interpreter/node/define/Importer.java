package tfl.interpreter.node.define;

import tfl.language.ast.Statement.ImportedModule;

/** Finds what an import names; each module runs once. */
public interface Importer {
    /**
     * The module, or the Java class.
     *
     * @throws tfl.interpreter.TflException without a place, if there is none or it fails
     */
    Object load(ImportedModule module);

    /** Told that a name is about to be bound to a member of a module. */
    default void taken(ImportedModule module, String local, String member) {}
}
