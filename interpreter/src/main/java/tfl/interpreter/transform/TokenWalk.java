package tfl.interpreter.transform;

import tfl.interpreter.builtin.module.Generator;
import tfl.interpreter.transform.CallSignature.Number;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * Compares the arguments of a call with the tokens of a {@link CallSignature} and gathers their atoms on the way: what
 * a call costs beside the graph itself.
 */
final class TokenWalk {
    private final Object[] tokens;
    private final Object[] atoms;
    private int token;
    private int atom;

    private TokenWalk(Object[] tokens, int atoms) {
        this.tokens = tokens;
        this.atoms = new Object[atoms];
    }

    /** The atoms of a call, or null where its signature is another one. */
    static Object[] atoms(Object[] tokens, int count, TupleValue arguments, RecordValue keywords) {
        var walk = new TokenWalk(tokens, count);
        return walk.fits(arguments) && walk.fits(keywords) && walk.token == tokens.length ? walk.atoms : null;
    }

    private boolean next(Object expected) {
        return token < tokens.length && expected.equals(tokens[token++]);
    }

    private boolean fits(Object value) {
        return switch (value) {
            case TupleValue tuple -> next(tuple.size()) && all(tuple);
            case RecordValue record -> next(record.layout()) && all(record.layout().size(), record);
            case StructValue struct when Generator.isKey(struct) -> next(struct.type()) && open(struct.get(0));
            case StructValue struct -> next(struct.type()) && all(struct.layout().size(), struct);
            case ClosureValue closure -> next(closure.code()) && captured(closure);
            case BoundFunction(Object function, Object first) ->
                    next(CallSignature.METHOD) && fits(function) && fits(first);
            case TensorValue tensor -> atom(tensor, Lifted.isWeak(tensor) && tensor.type().dtype().isFloat()
                    ? Number.FLOAT : tensor.type());
            // Of a static field the tokens have the float itself.
            case Double number -> token < tokens.length && tokens[token] instanceof Double ? atom(number, number)
                    : atom(number, Number.FLOAT);
            case Long number -> token < tokens.length && tokens[token] == Number.INT ? open(number)
                    : atom(number, number);
            case null -> token < tokens.length && tokens[token++] == null;
            default -> next(value);
        };
    }

    private boolean all(TupleValue tuple) {
        for (int k = 0; k < tuple.size(); k++) {
            if (!fits(tuple.get(k))) {
                return false;
            }
        }
        return true;
    }

    private boolean all(int size, FieldsValue fields) {
        for (int k = 0; k < size; k++) {
            if (!fits(fields.get(k))) {
                return false;
            }
        }
        return true;
    }

    private boolean captured(ClosureValue closure) {
        for (int k = 0; k < closure.captures(); k++) {
            if (closure.captured(k) != null && !fits(closure.captured(k))) {
                return false;
            }
        }
        return true;
    }

    private boolean open(Object value) {
        return atom(value, Number.INT);
    }

    private boolean atom(Object value, Object expected) {
        if (atom == atoms.length || !next(expected)) {
            return false;
        }
        atoms[atom++] = value;
        return true;
    }
}
