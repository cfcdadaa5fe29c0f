package tfl.embedding;

import java.util.List;
import org.graalvm.polyglot.Value;

/**
 * A loaded {@code .tfl} file: its public functions and values, by name. {@link #call} calls the model itself, which is
 * what the file calls {@code call}, {@code predict} or {@code model}, whichever comes first in this order.
 *
 * <pre>{@code
 * Model model = tfl.load("model.tfl");
 * float[] scores = model.call(pixels);                        // fn predict(x) = ...
 * double accuracy = model.function("accuracy").call(x, y).number();
 * Scorer scorer = model.as(Scorer.class);                     // interface Scorer { float[] predict(float[] x); }
 * }</pre>
 */
public final class Model extends TflValue {
    private static final List<String> NAMES = List.of("call", "predict", "model");
    private final String file;

    Model(Tfl session, Value module, String file) {
        super(session, module);
        this.file = file;
    }

    /**
     * A function of the file.
     *
     * @throws TflError of kind {@code name} if it defines none of that name
     */
    public TflValue function(String name) {
        var function = get(name);
        if (!function.isCallable()) {
            throw new TflError("name", "TFL-E0648", name + " in " + file + " is no function but " + function.type(), "");
        }
        return function;
    }

    @Override
    Value callee() {
        for (var name : NAMES) {
            var member = value.getMember(name);
            if (member != null && member.canExecute()) {
                return member;
            }
        }
        throw new TflError("name", "TFL-E0648", file + " defines no model to call",
                "name a function of it " + String.join(", ", NAMES) + ", or call one of these by name: "
                + String.join(", ", value.getMemberKeys()));
    }
}
