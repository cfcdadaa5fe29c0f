package tfl.stdlib.summary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/** The arguments of a writer's methods, checked. */
final class Given {
    private Given() {}

    static String text(String what, Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw SummaryErrors.wrong(what + " is a str that is not empty, not " + kind(value), null);
    }

    /** A whole number, also as a tensor of one element. */
    static long step(Object value) {
        return switch (value) {
            case Long step -> step;
            case Tensor tensor when tensor.size() == 1 && !tensor.dtype().isFloat() && !tensor.dtype().isComplex() ->
                tensor.toLongs()[0];
            default -> throw SummaryErrors.wrong("a step is an int, not " + kind(value), null);
        };
    }

    /** One number, also as a tensor of one element. */
    static double number(String what, Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case Tensor tensor when tensor.size() == 1 && !tensor.dtype().isComplex() -> tensor.toDoubles()[0];
            default -> throw SummaryErrors.wrong(what + " is one number, not " + kind(value),
                    value instanceof Tensor ? "w.histogram shows how many numbers spread; mean(x) makes one of them"
                            : null);
        };
    }

    /** Numbers, bools and strings by name. */
    static Map<String, Object> hyperparameters(Object value) {
        if (!(value instanceof RecordValue record)) {
            throw SummaryErrors.wrong("hyperparameters are a record, not " + kind(value),
                    "w.hparams({rate: 1e-3, layers: 4})");
        }
        var values = new LinkedHashMap<String, Object>();
        for (int k = 0; k < record.size(); k++) {
            var name = record.layout().name(k);
            values.put(name, switch (record.get(k)) {
                case String text -> text;
                case Boolean truth -> truth;
                case Tensor tensor -> number("the hyperparameter " + name, tensor);
                case Long number -> number;
                case Double number -> number;
                case Object other -> throw SummaryErrors.wrong("the hyperparameter " + name
                        + " is a number, a bool or a str, not " + kind(other), null);
            });
        }
        return values;
    }

    static List<String> texts(String what, Object value) {
        var texts = new ArrayList<String>();
        if (!(value instanceof TupleValue tuple)) {
            throw SummaryErrors.wrong(what + " are a tuple of str, not " + kind(value), null);
        }
        tuple.elements().forEach(each -> texts.add(text("each of " + what, each)));
        return texts;
    }

    /** A str, a list of them, or a table: a tuple of rows that have one length. */
    record Table(List<byte[]> texts, long[] dims) {
        static Table of(Object value) {
            if (value instanceof String text) {
                return new Table(List.of(text.getBytes(StandardCharsets.UTF_8)), new long[0]);
            }
            if (value instanceof TupleValue rows) {
                var texts = new ArrayList<byte[]>();
                var dims = rows.size() > 0 && rows.get(0) instanceof TupleValue first
                        ? new long[] {rows.size(), first.size()} : new long[] {rows.size()};
                rows.elements().forEach(row -> add(texts, row, dims));
                return new Table(texts, dims);
            }
            throw SummaryErrors.wrong("a text is a str, a tuple of str, or a tuple of rows, not " + kind(value), null);
        }

        private static void add(List<byte[]> texts, Object row, long[] dims) {
            if (row instanceof String text && dims.length == 1) {
                texts.add(text.getBytes(StandardCharsets.UTF_8));
            } else if (row instanceof TupleValue cells && dims.length == 2 && cells.size() == dims[1]) {
                cells.elements().forEach(cell -> add(texts, cell, new long[1]));
            } else {
                throw SummaryErrors.wrong("a table of text has rows of str, all of one length", null);
            }
        }
    }

    private static String kind(Object value) {
        return switch (value) {
            case Tensor tensor -> tensor.type().toString();
            case None none -> "none";
            case String text -> text.isEmpty() ? "an empty str" : "a str";
            case Long number -> "an int";
            case Double number -> "a float";
            case Boolean truth -> "a bool";
            case TupleValue tuple -> "a tuple";
            case RecordValue record -> "a record";
            default -> "such a value";
        };
    }
}
