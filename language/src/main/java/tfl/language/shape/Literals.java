package tfl.language.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.RecordEntry;
import tfl.language.shape.ShapeFault.Mismatch;

/** Tuples, tensors and records as they are written out. */
final class Literals {
    private final Walker walker;

    Literals(Walker walker) {
        this.walker = walker;
    }

    Value tuple(Expr.Tuple tuple) {
        var elements = new ArrayList<Value>();
        boolean sure = true;
        for (var element : tuple.elements()) {
            switch (element) {
                case Element.Item(Expr value) -> elements.add(walker.of(value));
                case Element.Spread(Expr value, _) -> {
                    if (walker.of(value) instanceof Value.Tuple(var inner)) {
                        elements.addAll(inner);
                    } else {
                        sure = false;
                    }
                }
            }
        }
        return sure ? new Value.Tuple(elements) : new Value.Plain("tuple");
    }

    /** Equal shapes, stacked; numbers have none. */
    Value tensor(Expr.Tensor tensor) {
        List<Dim> shape = null;
        int first = 0;
        String dtype = null;
        boolean sure = !tensor.elements().isEmpty();
        var kinds = new ArrayList<Value>();
        for (int i = 0; i < tensor.elements().size(); i++) {
            if (!(tensor.elements().get(i) instanceof Element.Item(Expr each))) {
                walker.of(((Element.Spread) tensor.elements().get(i)).value());
                sure = false;
                continue;
            }
            var value = walker.of(each);
            kinds.add(value);
            var own = value.isScalar() ? List.<Dim>of() : value instanceof Value.Tensor(_, var dims) ? dims : null;
            if (own == null) {
                continue;
            }
            if (shape != null && PreludeRules.surelyDiffer(shape, own)) {
                throw new Mismatch("TFL-E0352", "[ ] stacks equal shapes: element " + first + " has shape ("
                        + Rules.sizes(shape) + "), element " + i + " has shape (" + Rules.sizes(own) + ")",
                        "a sequence of any values is written with ( )");
            }
            first = shape == null ? i : first;
            shape = shape == null ? own : shape;
        }
        if (!sure || shape == null) {
            return Value.tensor(null, null);
        }
        var dims = new ArrayList<Dim>();
        dims.add(Dim.of(tensor.elements().size()));
        dims.addAll(shape);
        return Value.tensor(elements(kinds), dims);
    }

    private static String elements(List<Value> kinds) {
        if (kinds.stream().allMatch(Value.Int.class::isInstance)) {
            return "i64";
        }
        if (kinds.stream().allMatch(each -> each.equals(Value.FLOAT) || each instanceof Value.Int)) {
            return "f32";
        }
        if (kinds.stream().allMatch(each -> each instanceof Value.Truth || each.equals(Value.BOOL))) {
            return "bool";
        }
        String dtype = kinds.getFirst() instanceof Value.Tensor(String own, _) ? own : null;
        for (var each : kinds) {
            dtype = Rules.promote(dtype, each instanceof Value.Tensor(String own, _) ? own : null);
        }
        return dtype;
    }

    Value record(Expr.Record record) {
        var fields = new LinkedHashMap<String, Value>();
        boolean sure = true;
        for (var entry : record.entries()) {
            switch (entry) {
                case RecordEntry.Field(var name, Expr value, _) -> fields.put(name.text(), walker.of(value));
                case RecordEntry.Spread(Expr value, _) -> {
                    if (walker.of(value) instanceof Value.Record(var inner)) {
                        fields.putAll(inner);
                    } else {
                        sure = false;
                    }
                }
            }
        }
        return sure ? new Value.Record(fields) : new Value.Plain("record");
    }
}
