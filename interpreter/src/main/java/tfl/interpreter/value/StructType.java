package tfl.interpreter.value;

import java.util.Map;
import java.util.Set;

/** A struct's definition; calling it constructs a {@link StructValue}. */
public final class StructType {
    private final String name;
    private final RecordLayout layout;
    private final Set<String> staticFields;
    private final String doc;
    private FunctionValue constructor;
    private Map<String, FunctionValue> methods = Map.of();

    /** A type whose constructor and methods follow by {@link #complete}. */
    public StructType(String name, RecordLayout layout, Set<String> staticFields, String doc) {
        this.name = name;
        this.layout = layout;
        this.staticFields = Set.copyOf(staticFields);
        this.doc = doc;
    }

    /** Adds what refers back to the type; once, before any program sees it. */
    public void complete(FunctionValue newConstructor, Map<String, FunctionValue> newMethods) {
        constructor = newConstructor;
        methods = newMethods;
    }

    public String name() {
        return name;
    }

    public RecordLayout layout() {
        return layout;
    }

    /** Whether the field is kept out of differentiation. */
    public boolean isStatic(String field) {
        return staticFields.contains(field);
    }

    /** The documentation, or null. */
    public String doc() {
        return doc;
    }

    /** The function that makes a value from the fields. */
    public FunctionValue constructor() {
        return constructor;
    }

    /** The method of that name, whose first parameter is the struct; or null. */
    public FunctionValue method(String method) {
        return methods.get(method);
    }

    public Set<String> methodNames() {
        return methods.keySet();
    }
}
