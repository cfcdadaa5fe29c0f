package tfl.stdlib.text;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.TableModule;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** The Java side of the module {@code text}. */
public final class TextModule extends TableModule {
    private static final String MODULE = "text";
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("bytes", "s", """
                The UTF-8 bytes of a str, as u8[n].

                    print(text.bytes("né"))
                    #> [110, 195, 169]
                """, arguments -> {
            var bytes = text(arguments[0]).getBytes(StandardCharsets.UTF_8);
            return Tensor.ofBytes(DType.U8, bytes, bytes.length);
        });
        row("chars", "s", """
                The characters of a str, as a tuple.

                    print(text.chars("né!"))
                    #> ("n", "é", "!")
                """, arguments -> new TupleValue(text(arguments[0]).codePoints().mapToObj(Character::toString)
                .toArray()));
        row("words", "s", """
                The words of a str, as a tuple: runs of letters and digits, with an apostrophe inside.

                    print(text.words("Don't panic, Zoë: 42."))
                    #> ("Don't", "panic", "Zoë", "42")
                """, arguments -> new TupleValue(Pieces.words(text(arguments[0])).results().map(MatchResult::group)
                .toArray()));
        row("_train", "corpus, merges", "The merges of a corpus, as i64[n, 2].", arguments -> {
            var merges = PairTraining.merges(text(arguments[0]), Math.toIntExact((Long) arguments[1]));
            return Tensor.of(merges, merges.length / 2, 2);
        });
        row("_encode", "merges, s", "The tokens of a str, as i64[n].", arguments -> {
            var tokens = PairEncoder.of(numbers(arguments[0])).encode(text(arguments[1]));
            return Tensor.of(tokens, tokens.length);
        });
        row("_decode", "merges, tokens", "The str of tokens.",
                arguments -> PairEncoder.of(numbers(arguments[0])).decode(numbers(arguments[1])));
    }

    /** For {@link java.util.ServiceLoader}. */
    public TextModule() {
        super(MODULE, ROWS);
    }

    /** What a row does. */
    private interface Rule {
        Object run(Object[] arguments);
    }

    private static void row(String name, String parameters, String doc, Rule rule) {
        ROWS.put(name, Builtin.of(MODULE, name, parameters, doc, (context, arguments) -> rule.run(arguments)));
    }

    private static String text(Object argument) {
        if (argument instanceof String string) {
            return string;
        }
        throw TextErrors.wrong("text is a str; read a file with io.load, and join a tuple with \" \".join(t)");
    }

    private static long[] numbers(Object argument) {
        if (argument instanceof Tensor tensor && tensor.dtype().isInteger()) {
            return tensor.toLongs();
        }
        throw TextErrors.wrong("tokens are a tensor of ints, as encode gives it");
    }
}
