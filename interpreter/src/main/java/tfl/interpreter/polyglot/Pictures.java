package tfl.interpreter.polyglot;

import java.util.Base64;
import java.util.LinkedHashMap;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.text.Display;
import tfl.interpreter.builtin.text.RichText;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.tensor.Tensor;

/**
 * How values that are pictures show themselves. A struct says it with methods: {@code mime()} gives a record from MIME
 * types to text, in base 64 where the type is binary; {@code png()} the bytes of a PNG file. A field {@code svg} with
 * text does as well.
 */
final class Pictures {
    private static final String SVG = "svg";

    private Pictures() {}

    /** A value for a notebook, by MIME type: text always, then what the value brings. */
    static RecordValue bundle(Object value, int columns) {
        var bundle = new LinkedHashMap<String, Object>();
        bundle.put("text/plain", Display.of(value, columns));
        if (value instanceof StructValue struct && struct.type().method("mime") != null
                && new CallContext(null).call(struct.type().method("mime"), struct) instanceof RecordValue own) {
            for (int k = 0; k < own.size(); k++) {
                bundle.put(own.layout().name(k), own.get(k));
            }
        } else if (value instanceof FieldsValue fields && fields.find(SVG) instanceof String text) {
            bundle.put("image/svg+xml", text);
        } else {
            RichText.add(value, bundle);
        }
        return RecordValue.of(bundle);
    }

    /** A PNG file of a value, in base 64; empty for what is no picture. */
    static String png(Object value) {
        if (value instanceof StructValue struct && struct.type().method("png") != null
                && new CallContext(null).call(struct.type().method("png"), struct) instanceof Tensor bytes) {
            return Base64.getEncoder().encodeToString(bytes.toBytes());
        }
        return "";
    }
}
