package tfl.language.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call gives: by position and by keyword. */
record Arguments(List<Value> positional, Map<String, Value> keywords, boolean complete) {
    /** The argument of a parameter; empty if it is not given. */
    Optional<Value> get(int position, String name) {
        return position >= 0 && position < positional.size() ? Optional.of(positional.get(position))
                : Optional.ofNullable(keywords.get(name));
    }

    Value first() {
        return get(0, "x").orElse(Value.UNKNOWN);
    }

    /** With another value before the others. */
    Arguments behind(Value receiver) {
        var all = new ArrayList<Value>();
        all.add(receiver);
        all.addAll(positional);
        return new Arguments(all, keywords, complete);
    }

    /** The whole numbers that an argument holds: one, or a tuple of them. Null if it is not given or not sure. */
    List<Long> numbers(int position, String name) {
        return get(position, name).map(Arguments::numbers).orElse(null);
    }

    static List<Long> numbers(Value value) {
        return switch (value) {
            case Value.Int(Dim dim) when dim.isNumber() -> List.of(dim.offset());
            case Value.Tuple(var elements) -> {
                var found = new ArrayList<Long>();
                for (var each : elements) {
                    if (!(each instanceof Value.Int(Dim dim)) || !dim.isNumber()) {
                        yield null;
                    }
                    found.add(dim.offset());
                }
                yield found;
            }
            default -> null;
        };
    }

    /** Sizes given as a tuple or one int, or spread over the positions from one on. Null if there is no telling. */
    List<Dim> sizes(int position, String name, boolean spread) {
        var given = get(position, name);
        if (given.isEmpty()) {
            return null;
        }
        if (spread && given.get() instanceof Value.Int && positional.size() > position + 1) {
            return sizes(new Value.Tuple(positional.subList(position, positional.size())));
        }
        return sizes(given.get());
    }

    static List<Dim> sizes(Value value) {
        return switch (value) {
            case Value.Int(Dim dim) -> List.of(dim);
            case Value.Tuple(var elements) -> {
                var dims = new ArrayList<Dim>();
                for (var each : elements) {
                    dims.add(each instanceof Value.Int(Dim dim) ? dim : Dim.UNKNOWN);
                }
                yield dims;
            }
            default -> null;
        };
    }
}
