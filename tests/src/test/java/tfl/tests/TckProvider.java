package tfl.tests;

import static org.graalvm.polyglot.tck.TypeDescriptor.ANY;
import static org.graalvm.polyglot.tck.TypeDescriptor.array;
import static org.graalvm.polyglot.tck.TypeDescriptor.executable;
import static org.graalvm.polyglot.tck.TypeDescriptor.hash;
import static org.graalvm.polyglot.tck.TypeDescriptor.intersection;
import static org.graalvm.polyglot.tck.TypeDescriptor.iterable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.tck.LanguageProvider;
import org.graalvm.polyglot.tck.ResultVerifier;
import org.graalvm.polyglot.tck.Snippet;
import org.graalvm.polyglot.tck.TypeDescriptor;

/** What the compatibility kit of Truffle tries TFL with: every sort of value, and what a program does with values. */
public final class TckProvider implements LanguageProvider {
    private static final TypeDescriptor NUMBER = TypeDescriptor.NUMBER;
    private static final TypeDescriptor OBJECT = TypeDescriptor.OBJECT;
    private static final TypeDescriptor NUMBERS = intersection(OBJECT, array(NUMBER), iterable(NUMBER));

    @Override
    public String getId() {
        return "tfl";
    }

    private static Value eval(Context context, String text) {
        return context.eval("tfl", text);
    }

    @Override
    public Value createIdentityFunction(Context context) {
        return eval(context, "x -> x");
    }

    @Override
    public Snippet createIdentityFunctionSnippet(Context context) {
        return Snippet.newBuilder("identity", createIdentityFunction(context), ANY).parameterTypes(ANY)
                .resultVerifier(run -> {
                    if (run.getException() != null) {
                        throw run.getException();
                    }
                    same(run.getParameters().getFirst(), run.getResult());
                }).build();
    }

    /** Java's arrays come back as tensors: arrays still, of the same elements. */
    private static void same(Value given, Value result) {
        var before = TypeDescriptor.forValue(given);
        var after = TypeDescriptor.forValue(result);
        boolean copied = given.isHostObject() && !result.isHostObject() && result.hasArrayElements();
        long size = given.hasArrayElements() ? given.getArraySize() : given.hasBufferElements() ? given.getBufferSize()
                : -1;
        check(copied ? result.getArraySize() == size : after.isAssignable(before), before + " became " + after);
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError(complaint);
        }
    }

    @Override
    public Collection<? extends Snippet> createValueConstructors(Context context) {
        var values = new ArrayList<Snippet>();
        value(values, context, "1", NUMBER);
        value(values, context, "2.5", NUMBER);
        value(values, context, "true", TypeDescriptor.BOOLEAN);
        value(values, context, "\"text\"", TypeDescriptor.STRING);
        value(values, context, "none", TypeDescriptor.NULL);
        value(values, context, "[1, 2]", NUMBERS);
        value(values, context, "[1.5, 2]", NUMBERS);
        value(values, context, "[[1.0, 2], [3, 4]].T", intersection(OBJECT, array(NUMBERS), iterable(NUMBERS)));
        value(values, context, "[true, false]", intersection(OBJECT, array(TypeDescriptor.BOOLEAN),
                iterable(TypeDescriptor.BOOLEAN)));
        value(values, context, "asarray((1.0, 2.0), c64)", intersection(OBJECT, array(OBJECT), iterable(OBJECT)));
        value(values, context, "zeros((0, 2))", intersection(OBJECT, TypeDescriptor.ARRAY, TypeDescriptor.ITERABLE));
        value(values, context, "sum([1.0, 2])", intersection(OBJECT, NUMBER));
        value(values, context, "any([true])", intersection(OBJECT, TypeDescriptor.BOOLEAN));
        value(values, context, "(1, \"a\")", intersection(TypeDescriptor.ARRAY, TypeDescriptor.ITERABLE));
        value(values, context, "0..4", intersection(array(NUMBER), iterable(NUMBER)));
        value(values, context, "{a: 1, b: \"x\"}", intersection(OBJECT, hash(TypeDescriptor.STRING, ANY)));
        value(values, context, "x -> x", executable(ANY, ANY));
        value(values, context, "sum", TypeDescriptor.EXECUTABLE_ANY);
        value(values, context, "f32", TypeDescriptor.STRING);
        value(values, context, "linalg", OBJECT);
        value(values, context, "struct Point(x, y) { fn norm(self) = self.x }\nPoint(1, 2)", OBJECT);
        value(values, context, "struct Maker(x) {}\nMaker", intersection(OBJECT, TypeDescriptor.META_OBJECT,
                TypeDescriptor.EXECUTABLE_ANY, TypeDescriptor.INSTANTIABLE_ANY));
        value(values, context, "struct Adder(x) { fn call(self, y) = self.x }\nAdder(1)",
                intersection(OBJECT, TypeDescriptor.EXECUTABLE_ANY));
        value(values, context, "import data\ndata.range(3)", TypeDescriptor.ITERABLE);
        return values;
    }

    private void value(List<Snippet> values, Context context, String text, TypeDescriptor type) {
        int last = text.lastIndexOf('\n');
        String definitions = last < 0 ? "" : text.substring(0, last + 1);
        values.add(Snippet.newBuilder(text, eval(context, definitions + "() -> " + text.substring(last + 1)), type)
                .build());
    }

    @Override
    public Collection<? extends Snippet> createExpressions(Context context) {
        var snippets = new ArrayList<Snippet>();
        // Each operator meets every value on either side; two of them every pair of values.
        for (var operator : List.of("-", "*", "/", "//", "%", "**", "@", "&", "<<", "<", "!=", "in", "and")) {
            boolean always = "-*".contains(operator);
            one(snippets, context, "x " + operator + " 2", x -> always && x.fitsInInt());
            one(snippets, context, "[1.0, 2] " + operator + " x", x -> always && x.fitsInInt());
            one(snippets, context, "\"a\" " + operator + " x", x -> false);
        }
        two(snippets, context, "+", (a, b) -> a.fitsInInt() && b.fitsInInt());
        two(snippets, context, "==", (a, b) -> isNoTensor(a) && isNoTensor(b));
        one(snippets, context, "-x", x -> x.fitsInInt());
        one(snippets, context, "not x", Value::isBoolean);
        one(snippets, context, "~x", x -> x.fitsInInt() && !(x.hasMembers() && x.fitsInDouble()));
        one(snippets, context, "\"{x}\"", x -> true);
        one(snippets, context, "(x, {a: x})", x -> true);
        one(snippets, context, "typeof(x)", x -> true);
        one(snippets, context, "x[0]", x -> x.hasArrayElements() && x.getArraySize() > 0);
        one(snippets, context, "len(x)", Value::hasArrayElements);
        one(snippets, context, "[x, x]", x -> x.fitsInInt() || x.isBoolean());
        one(snippets, context, "asarray(x)", x -> x.fitsInInt() || x.isBoolean());
        return snippets;
    }

    /** Whether {@code ==} compares it as a whole, which it does with all but tensors. */
    private static boolean isNoTensor(Value x) {
        return !x.hasArrayElements() && !x.hasBufferElements() && !(x.hasMembers() && x.hasMember("dtype"));
    }

    private interface Succeeds {
        boolean with(Value x);
    }

    private interface BothSucceed {
        boolean with(Value a, Value b);
    }

    private void one(List<Snippet> snippets, Context context, String text, Succeeds rule) {
        snippets.add(Snippet.newBuilder(text, eval(context, "x -> " + text), ANY).parameterTypes(ANY)
                .resultVerifier(run -> told(run, rule.with(run.getParameters().getFirst()))).build());
    }

    private void two(List<Snippet> snippets, Context context, String operator, BothSucceed rule) {
        snippets.add(Snippet.newBuilder(operator, eval(context, "(a, b) -> a " + operator + " b"), ANY)
                .parameterTypes(ANY, ANY).resultVerifier(run -> told(run, rule.with(run.getParameters().get(0),
                        run.getParameters().get(1)))).build());
    }

    /** What has to succeed does; what fails is an error of the user's with a code, not a bug of ours. */
    private static void told(ResultVerifier.SnippetRun run, boolean succeeds) {
        var error = run.getException();
        if (error == null) {
            return;
        }
        check(!succeeds, "it failed: " + error);
        check(error.isGuestException() && error.getGuestObject() != null, "no error of the language: " + error);
        String code = error.getGuestObject().getMember("code").asString();
        check(code.startsWith("TFL-E") && !code.equals("TFL-E0299"), code + " " + error.getMessage());
        check(error.getGuestObject().getMember("line").asInt() > 0, "no place: " + error.getMessage());
    }

    @Override
    public Collection<? extends Snippet> createStatements(Context context) {
        var snippets = new ArrayList<Snippet>();
        one(snippets, context, "{ if x { 1 } else { 2 } }", Value::isBoolean);
        one(snippets, context, "{ y = none; for each in x { y = each }; y }", x -> x.hasArrayElements());
        one(snippets, context, "{ n = 0; while n < 3 { n += 1 }; x }", x -> true);
        one(snippets, context, "{ try { error(\"no\") } catch e { x } }", x -> true);
        one(snippets, context, "match x { 1 -> 1, (a, b) -> a, {a} -> a, s: str -> s, _ -> none }", x -> true);
        one(snippets, context, "{ (a, b) = x; a }", x -> x.hasArrayElements() && x.getArraySize() == 2);
        one(snippets, context, "{ x.a = 1; x }", x -> x.hasMembers() && x.hasMember("a"));
        one(snippets, context, "{ x[0] = 1; x }", x -> false);
        one(snippets, context, "{ print(x); x }", x -> true);
        return snippets;
    }

    @Override
    public Collection<? extends Snippet> createScripts(Context context) {
        var script = Source.newBuilder("tfl", """
                fn mean_of(xs) = sum(xs) / len(xs)
                x = [1.0, 2, 3]
                {mean: mean_of(x), twice: 2 * x}""", "script.tfl").buildLiteral();
        return List.of(Snippet.newBuilder("script", context.parse(script), OBJECT).resultVerifier(run -> {
            if (run.getException() != null) {
                throw run.getException();
            }
            check(run.getResult().getMember("mean").asDouble() == 2, "the mean is 2");
            check(run.getResult().getMember("twice").getArrayElement(2).asDouble() == 6, "twice 3 is 6");
        }).build());
    }

    @Override
    public Collection<? extends Source> createInvalidSyntaxScripts(Context context) {
        return List.of(Source.newBuilder("tfl", "x = (1, 2", "open.tfl").buildLiteral(),
                Source.newBuilder("tfl", "fn f(x) = x +* 2", "operators.tfl").buildLiteral(),
                Source.newBuilder("tfl", "y = unknown_name", "names.tfl").buildLiteral());
    }
}
