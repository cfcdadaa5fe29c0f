package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.foreign.Incoming;

/** A number, a string or a value of another language, with the text and the type that TFL has for it. */
@ExportLibrary(value = InteropLibrary.class, delegateTo = "seen")
final class LanguageView implements TruffleObject {
    final Object seen;

    LanguageView(Object seen) {
        this.seen = seen;
    }

    @ExportMessage
    boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
        return TflLanguage.class;
    }

    @ExportMessage
    @TruffleBoundary
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return ValueText.print(Incoming.value(seen));
    }

    @ExportMessage
    boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMetaObject() {
        return GuestMeta.of(Incoming.value(seen));
    }
}
