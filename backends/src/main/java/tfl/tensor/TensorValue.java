package tfl.tensor;

/**
 * A tensor, or something that stands for one while a program is differentiated or traced.
 *
 * <p>Lifetime: a value starts with no holder. Variables and containers that keep it {@link #retain} it and {@link
 * #release} it when they let go; the last release frees its memory. A value without a holder is a temporary: who
 * consumed it calls {@link #discard}. A value that escapes to where nobody counts is {@link #pin}ned and left to the
 * collector. Forgetting a call only delays the release; releasing too early is a bug that a later read reports.
 */
public interface TensorValue {
    /** Element type and shape. */
    TensorType type();

    /** One more holder. */
    void retain();

    /** One holder less; frees the value's memory at the last. */
    void release();

    /** One holder less, and nothing freed: the last holder hands the value on as a temporary. */
    void unretain();

    /** Frees the value's memory if nobody holds it. */
    void discard();

    /** Whether there is exactly one holder and no other value shares the memory: that holder may overwrite it. */
    boolean isExclusive();

    /** From now on holders are not counted and the collector frees the memory. */
    void pin();
}
