package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.TensorType;

/**
 * A loop's body with tangents beside its values: {@code constants, their tangents, carried, their tangents, rows, their
 * tangents -> carried, their tangents, results, their tangents}.
 *
 * @param constants how many of the inputs are constants
 * @param carriesIn how many of the inputs, after the constants, are carried
 * @param carriesOut how many of the outputs are carried
 * @param moving which inputs have tangents
 * @param asked which outputs are to have tangents
 */
record Pairs(int constants, int carriesIn, int carriesOut, List<Boolean> moving, List<Boolean> asked) {
    int movingConstants() {
        return count(moving.subList(0, constants));
    }

    int movingCarries() {
        return count(moving.subList(constants, constants + carriesIn));
    }

    private static int count(List<Boolean> flags) {
        return (int) flags.stream().filter(flag -> flag).count();
    }

    Region of(Region body) {
        var types = body.inputTypes();
        var groups = List.of(types.subList(0, constants), types.subList(constants, constants + carriesIn),
                types.subList(constants + carriesIn, types.size()));
        var paired = new ArrayList<TensorType>();
        int at = 0;
        for (var group : groups) {
            paired.addAll(group);
            paired.addAll(Regions.where(group, moving.subList(at, at + group.size())));
            at += group.size();
        }
        return body.derive(paired, new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                var primals = new ArrayList<V>();
                var tangents = new ArrayList<V>();
                int next = 0;
                for (var group : groups) {
                    var flags = moving.subList(primals.size(), primals.size() + group.size());
                    primals.addAll(inputs.subList(next, next + group.size()));
                    next += group.size();
                    tangents.addAll(Regions.spaced(inputs.subList(next, next + count(flags)), flags));
                    next += count(flags);
                }
                return joined(Regions.pushed(ops, body, primals, tangents, asked));
            }
        });
    }

    // From all outputs and then all tangents to carried ones and their tangents first.
    private <V> List<V> joined(List<V> pushed) {
        int outputs = asked.size();
        int moved = count(asked.subList(0, carriesOut));
        return Regions.join(pushed.subList(0, carriesOut), pushed.subList(outputs, outputs + moved),
                pushed.subList(carriesOut, outputs), pushed.subList(outputs + moved, pushed.size()));
    }

    /** Outputs of the loop, taken apart. */
    <V> Primitive.Pushed<V> split(List<V> outputs) {
        int moved = count(asked.subList(0, carriesOut));
        int results = asked.size() - carriesOut;
        var plain = Regions.<V>join(outputs.subList(0, carriesOut),
                outputs.subList(carriesOut + moved, carriesOut + moved + results));
        var tangents = Regions.<V>join(outputs.subList(carriesOut, carriesOut + moved),
                outputs.subList(carriesOut + moved + results, outputs.size()));
        return new Primitive.Pushed<>(plain, Regions.spaced(tangents, asked));
    }
}
