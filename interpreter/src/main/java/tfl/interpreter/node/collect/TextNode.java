package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.Formatting;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.value.Holding;

/** A string with {@code {values:formats}} in it. */
public final class TextNode extends ExpressionNode {
    private final String[] texts;
    private final String[] formats;
    @Children private final ExpressionNode[] values;

    /** @param texts what stands before each value, and after the last */
    public TextNode(String[] texts, ExpressionNode[] values, String[] formats) {
        this.texts = texts;
        this.values = values;
        this.formats = formats;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var parts = new Object[values.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = values[i].executeGeneric(frame);
        }
        return join(parts);
    }

    @TruffleBoundary
    private Object join(Object[] parts) {
        for (var part : parts) {
            if (Effects.isUnknown(part)) {
                Holding.pin(part);
                return new DeferredText(texts, parts, formats);
            }
        }
        var text = new StringBuilder(texts[0]);
        for (int i = 0; i < parts.length; i++) {
            try {
                text.append(formats[i].isEmpty() ? ValueText.print(parts[i]) : Formatting.format(parts[i],
                        formats[i]));
            } catch (RuntimeException error) {
                throw values[i].located(error);
            }
            text.append(texts[i + 1]);
            Holding.discard(parts[i]);
        }
        return text.toString();
    }
}
