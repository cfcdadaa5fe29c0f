package tfl.stdlib.io;

import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** The fields of records, as files hold them. */
final class Fields {
    private Fields() {}

    /**
     * A record's tensors by name; numbers become tensors of rank 0.
     *
     * @param holder what holds them, such as {@code an .npz file}
     */
    static Map<String, Tensor> of(Object value, String holder) {
        if (!(value instanceof RecordValue record)) {
            throw new UnsupportedValue(holder + " holds a record of tensors, such as {w: w, b: b}");
        }
        var fields = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < record.layout().size(); i++) {
            fields.put(record.layout().name(i), tensor(record.layout().name(i), record.get(i), holder));
        }
        return fields;
    }

    private static Tensor tensor(String name, Object value, String holder) {
        return switch (value) {
            case Tensor tensor -> tensor;
            case Double number -> Tensor.scalar(DType.F64, number);
            case Long number -> Tensor.scalar(DType.I64, number);
            case Boolean truth -> Tensor.scalar(DType.BOOL, truth ? 1L : 0L);
            case FieldsValue inner -> throw new UnsupportedValue("the field " + name + " is a record; " + holder
                    + " holds tensors by name, so give its fields names such as " + name + "."
                    + (inner.layout().size() == 0 ? "x" : inner.layout().name(0)));
            default -> throw new UnsupportedValue("the field " + name + " is no tensor, and " + holder
                    + " holds nothing else");
        };
    }

    /** A record of texts, or none. */
    static Map<String, String> texts(Object value) {
        if (value == None.NONE) {
            return Map.of();
        }
        if (!(value instanceof RecordValue record)) {
            throw notTexts("metadata is a record of str, such as {author: \"Ada\"}");
        }
        var texts = new LinkedHashMap<String, String>();
        for (int i = 0; i < record.layout().size(); i++) {
            if (!(record.get(i) instanceof String text)) {
                throw notTexts("metadata is a record of str, and its field " + record.layout().name(i) + " is none");
            }
            texts.put(record.layout().name(i), text);
        }
        return texts;
    }

    private static TflException notTexts(String message) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0570", message, "make a str with \"{value}\"");
    }
}
