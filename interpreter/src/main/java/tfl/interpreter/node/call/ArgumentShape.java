package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;

/** How a call site gives its arguments: some by position, then some by keyword, in the array's order. */
public record ArgumentShape(int positional, List<String> keywords) {
    public ArgumentShape {
        keywords = List.copyOf(keywords);
    }

    /** The same with one more positional argument in front. */
    ArgumentShape withReceiver() {
        return new ArgumentShape(positional + 1, keywords);
    }

    int size() {
        return positional + keywords.size();
    }

    Object[] positionals(Object[] arguments) {
        return Arrays.copyOf(arguments, positional);
    }

    @TruffleBoundary
    RecordValue keywords(Object[] arguments) {
        return keywords.isEmpty() ? RecordValue.EMPTY
                : new RecordValue(RecordLayout.of(keywords), Arrays.copyOfRange(arguments, positional,
                        arguments.length));
    }
}
