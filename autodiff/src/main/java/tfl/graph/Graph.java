package tfl.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.language.source.Location;
import tfl.primitive.Ops;
import tfl.primitive.Region;
import tfl.tensor.TensorType;

/**
 * A traced program. Two graphs are equal only if they are the same object: comparing them piece by piece would cost
 * more than anything that asks.
 *
 * @param inputs variables that are given
 * @param outputs what is given back; inputs and literals are allowed
 */
public record Graph(List<Var> inputs, List<Equation> equations, List<Atom> outputs) implements Region {
    public Graph {
        inputs = List.copyOf(inputs);
        equations = List.copyOf(equations);
        outputs = List.copyOf(outputs);
    }

    @Override
    public List<TensorType> inputTypes() {
        return inputs.stream().map(Var::type).toList();
    }

    @Override
    public List<TensorType> outputTypes() {
        return outputs.stream().map(Atom::type).toList();
    }

    @Override
    public int passed(int output) {
        return inputs.indexOf(outputs.get(output));
    }

    @Override
    public <V> List<V> apply(Ops<V> ops, List<V> given) {
        var values = new HashMap<Var, V>();
        for (int k = 0; k < inputs.size(); k++) {
            values.put(inputs.get(k), given.get(k));
        }
        var kept = kept();
        var last = lastUses();
        for (int index = 0; index < equations.size(); index++) {
            var equation = equations.get(index);
            var operands = operands(ops, values, equation.in());
            ops.at(equation.at());
            var results = ops.apply(equation.op(), operands);
            for (int k = 0; k < results.size(); k++) {
                values.put(equation.out().get(k), results.get(k));
            }
            for (var variable : last.get(index)) {
                if (!kept.contains(variable)) {
                    ops.drop(values.remove(variable));
                }
            }
        }
        ops.at(Location.NONE);
        return operands(ops, values, outputs);
    }

    private static <V> List<V> operands(Ops<V> ops, Map<Var, V> values, List<? extends Atom> atoms) {
        var operands = new ArrayList<V>(atoms.size());
        for (var atom : atoms) {
            operands.add(switch (atom) {
                case Var variable -> values.get(variable);
                case Literal literal -> literal.in(ops);
            });
        }
        return operands;
    }

    private Set<Var> kept() {
        var kept = new HashSet<>(inputs);
        outputs.forEach(output -> {
            if (output instanceof Var variable) {
                kept.add(variable);
            }
        });
        return kept;
    }

    /** For each equation the variables that nothing reads after it. */
    List<List<Var>> lastUses() {
        var seen = new HashSet<Var>();
        var last = new ArrayList<List<Var>>();
        for (int index = equations.size() - 1; index >= 0; index--) {
            var here = new ArrayList<Var>();
            for (var atom : equations.get(index).in()) {
                if (atom instanceof Var variable && seen.add(variable)) {
                    here.add(variable);
                }
            }
            for (var variable : equations.get(index).out()) {
                if (seen.add(variable)) {
                    here.add(variable);
                }
            }
            last.add(here);
        }
        return last.reversed();
    }

    @Override
    public boolean isGuarded() {
        return equations.stream().map(Equation::op).anyMatch(op -> op.hasEffect() || op.readsTrustedData()
                || op.regions().stream().anyMatch(Region::isGuarded));
    }

    /** How many equations there are, those of regions included. */
    public long size() {
        return equations.stream().mapToLong(equation -> 1 + equation.op().regions().stream()
                .mapToLong(region -> region instanceof Graph inner ? inner.size() : 0).sum()).sum();
    }

    @Override
    public boolean hasEffect() {
        return equations.stream().anyMatch(equation -> equation.op().hasEffect());
    }

    @Override
    public Region derive(List<TensorType> types, Program program) {
        return GraphBuilder.build(types, program);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
