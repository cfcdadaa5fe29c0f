package tfl.interpreter.measure;

import tfl.interpreter.TflContext;

/**
 * How to measure.
 *
 * @param graph whether functions are made graphs first
 * @param once whether to call them for their results only
 * @param patience how many seconds to wait for an idle machine; with 0 a disturbed measurement is not repeated either
 */
public record Protocol(boolean graph, boolean once, double patience) {
    /** That of a {@code measure} outside of a benchmark. */
    static final Protocol PLAIN = new Protocol(false, false, 0);

    /** What a session is measuring, if it runs a benchmark. */
    static final class Current {
        private Protocol protocol = PLAIN;
        private Measurement taken;

        static Current of(TflContext session) {
            return session.state(Current.class, Current::new);
        }

        Protocol protocol() {
            return protocol;
        }

        boolean isBenchmark() {
            return protocol != PLAIN;
        }

        Measurement taken() {
            return taken;
        }

        void take(Measurement measurement) {
            taken = measurement;
        }

        void begin(Protocol next) {
            protocol = next;
            taken = null;
        }
    }
}
