package tfl.embedding;

import java.util.List;
import java.util.Set;
import org.graalvm.polyglot.Value;

/**
 * A value of TFL: a number, text, tensor, tuple, record, struct, or something that can be called. It belongs to the
 * {@link Tfl} it came from and can be used until that is closed, on any thread. It never changes.
 *
 * <p>Each reader here gives what its name says or throws a {@link TflError} that tells what the value is instead.
 */
public sealed class TflValue permits Model {
    final Tfl session;
    final Value value;

    TflValue(Tfl session, Value value) {
        this.session = session;
        this.value = value;
    }

    /** A number: an int, a float, or a tensor of one element. */
    public double number() {
        return as(double.class);
    }

    /** A whole number that fits a long. */
    public long integer() {
        return as(long.class);
    }

    /** A text. */
    public String text() {
        return as(String.class);
    }

    /** A bool. */
    public boolean truth() {
        return as(boolean.class);
    }

    /** The numbers of a tensor of any shape and dtype, row-major, as f32, in an array of the caller's own. */
    public float[] floats() {
        return as(float[].class);
    }

    /** The same as f64. */
    public double[] doubles() {
        return as(double[].class);
    }

    /** The whole numbers of an int tensor, row-major. */
    public long[] longs() {
        return as(long[].class);
    }

    /** A tensor as f32 with its shape. */
    public FloatTensor tensor() {
        return as(FloatTensor.class);
    }

    /** The size of each axis of a tensor; empty for a scalar. */
    public int[] shape() {
        return session.guard(() -> Outgoing.shape(value));
    }

    /** What it is: {@code f32[2, 3]}, {@code int}, {@code tuple}, the name of a struct. */
    public String type() {
        return session.guard(() -> session.functions().type().execute(value).asString());
    }

    /**
     * The value as a Java type.
     *
     * <table>
     * <caption>Types</caption>
     * <tr><td>{@code boolean int long float double String}, boxes, enums</td><td>a scalar, or a text</td></tr>
     * <tr><td>{@code float[] double[] int[] long[]}</td><td>a tensor, row-major</td></tr>
     * <tr><td>{@link FloatTensor}</td><td>a tensor with its shape</td></tr>
     * <tr><td>a record</td><td>a TFL record or struct with fields of these names</td></tr>
     * <tr><td>{@code List<T>}, {@code T[]}</td><td>a tuple, or a tensor by its first axis</td></tr>
     * <tr><td>{@code Map<String, T>}</td><td>a TFL record</td></tr>
     * <tr><td>{@code Optional<T>}</td><td>none, or what T takes</td></tr>
     * <tr><td>an interface</td><td>of one method: a function; of more: a module or record with functions of these
     * names</td></tr>
     * <tr><td>{@code Object}</td><td>whichever of these comes nearest</td></tr>
     * </table>
     *
     * @throws TflError of kind {@code type} if the value is something else
     */
    public <T> T as(Class<T> type) {
        return Boxes.of(type).cast(session.guard(() -> Outgoing.of(session, value, type)));
    }

    /**
     * Calls a function, a struct with {@code call}, or a struct type. Arguments may be numbers, bools, texts, arrays of
     * numbers, {@link FloatTensor}, buffers, records, lists, maps, lambdas, null and values of TFL.
     *
     * @throws TflError if the call fails, or this cannot be called
     */
    public TflValue call(Object... arguments) {
        return session.guard(() -> new TflValue(session, invoke(arguments)));
    }

    /** The same for functions from a tensor, or several of one axis each, to a tensor of any shape. */
    public float[] call(float[] first, float[]... more) {
        var all = new Object[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return session.guard(() -> (float[]) Outgoing.of(session, invoke(all), float[].class));
    }

    Value invoke(Object[] arguments) {
        var callee = callee();
        if (!callee.canExecute()) {
            throw Outgoing.wrong(session, callee, "something that can be called");
        }
        return callee.execute(Incoming.all(session, arguments));
    }

    Value callee() {
        return value;
    }

    /** Whether it can be called. */
    public boolean isCallable() {
        return session.guard(() -> callee().canExecute());
    }

    /** The names of a record's or struct's fields, or of a module's public definitions. */
    public Set<String> names() {
        return session.guard(value::getMemberKeys);
    }

    /**
     * A field of a record or struct, or a definition of a module.
     *
     * @throws TflError of kind {@code name} if there is none of that name
     */
    public TflValue get(String name) {
        return session.guard(() -> {
            var member = value.getMember(name);
            if (member == null) {
                throw new TflError("name", "TFL-E0648", "there is no " + name + " in " + Outgoing.shown(value),
                        "it has " + String.join(", ", value.getMemberKeys()));
            }
            return new TflValue(session, member);
        });
    }

    /** The parts of a tuple, or of a tensor by its first axis. */
    public List<TflValue> parts() {
        return session.guard(() -> Outgoing.parts(session, value).stream()
                .map(part -> new TflValue(session, part)).toList());
    }

    /** The value of the polyglot API, for what this type does not offer. */
    public Value polyglot() {
        return value;
    }

    /** As {@code print} would show it. */
    @Override
    public String toString() {
        return session.guard(() -> session.functions().shown().execute(value).asString());
    }
}
