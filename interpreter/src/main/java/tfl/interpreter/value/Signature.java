package tfl.interpreter.value;

import java.util.List;

/**
 * The parameters of a function. Behind {@code *rest} (or a lone {@code *}) parameters are given by keyword
 * only.
 */
public final class Signature {
    /** How a parameter is given. */
    public enum Kind { PLAIN, KEYWORD_ONLY, REST, OPTIONS }

    /**
     * One parameter.
     *
     * @param name what a keyword names; null if it is taken apart by a pattern and so has none
     * @param required whether there is no default
     * @param defaultValue the value of a builtin's absent argument; null if it is required or computed by the
     * callee
     * @param text as help shows it, such as {@code axis=none}
     */
    public record Parameter(String name, Kind kind, boolean required, Object defaultValue, String text) {}

    private final List<Parameter> parameters;
    private final int positional;
    private final int rest;
    private final int options;

    public Signature(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        int plain = 0;
        int restIndex = -1;
        int optionsIndex = -1;
        for (int i = 0; i < parameters.size(); i++) {
            switch (parameters.get(i).kind()) {
                case PLAIN -> plain++;
                case REST -> restIndex = i;
                case OPTIONS -> optionsIndex = i;
                case KEYWORD_ONLY -> { }
            }
        }
        this.positional = plain;
        this.rest = restIndex;
        this.options = optionsIndex;
    }

    /** Reads {@code x, axis=none, *, keepdims=false}; see {@link SignatureParser}. */
    public static Signature parse(String text) {
        return new SignatureParser(text).parse();
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public int size() {
        return parameters.size();
    }

    public Parameter parameter(int index) {
        return parameters.get(index);
    }

    /** How many parameters positional arguments fill, first ones first. */
    public int positional() {
        return positional;
    }

    /** Where the parameter is that takes further positional arguments as a tuple, or -1. */
    public int rest() {
        return rest;
    }

    /** Where the parameter is that takes unknown keywords as a record, or -1. */
    public int options() {
        return options;
    }

    /** Where the parameter of that keyword is, or -1. */
    public int indexOf(String keyword) {
        for (int i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            if (i != rest && i != options && keyword.equals(parameter.name())) {
                return i;
            }
        }
        return -1;
    }

    /** As help shows it: {@code (x, axis=none)}. */
    @Override
    public String toString() {
        var text = new StringBuilder("(");
        boolean keywords = rest >= 0;
        for (int i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            text.append(i == 0 ? "" : ", ");
            if (parameter.kind() == Kind.KEYWORD_ONLY && !keywords) {
                text.append("*, ");
                keywords = true;
            }
            text.append(parameter.text());
        }
        return text.append(')').toString();
    }
}
