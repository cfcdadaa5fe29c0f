package tfl.stdlib.data;

import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicReference;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;

/** A place of a walk, as the language keeps it in a stream. Who goes on from it first finds the stages still open. */
final class Spot {
    private final String stream;
    private final Object key;
    private final Place place;
    private final AtomicReference<Stage> open;

    /** @param open the stages that stand there, or null */
    Spot(String stream, Object key, Place place, Stage open) {
        this.stream = stream;
        this.key = key;
        this.place = place;
        this.open = new AtomicReference<>(open);
    }

    /** The spot of a position, for a stream of these steps. */
    static Spot of(String stream, Object position) {
        if (!(position instanceof RecordValue record) || !(record.find("stream") instanceof String from)
                || record.find("at") == null || !(record.find("key") instanceof Long)
                && record.find("key") != None.NONE) {
            throw DataErrors.position("this is no position of a stream");
        }
        if (!from.equals(stream)) {
            throw DataErrors.position("this is a position of " + from + ", and the stream is " + stream);
        }
        Object at = record.find("at");
        return new Spot(stream, record.find("key"), () -> at, null);
    }

    /** The start of a stream. */
    static Spot start(String stream) {
        return new Spot(stream, None.NONE, () -> None.NONE, null);
    }

    Object at() {
        return place.plain();
    }

    /** The key of the walk, or none where it has none yet. */
    Object key() {
        return key;
    }

    /** The stages that stand here, for one who goes on; null for everybody else. */
    Stage take() {
        return open.getAndSet(null);
    }

    /** What {@code s.position()} gives. */
    RecordValue position() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("stream", stream);
        fields.put("key", key);
        fields.put("at", place.plain());
        return RecordValue.of(fields);
    }
}
