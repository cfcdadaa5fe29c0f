package tfl.embedding;

/** A session used more time or memory than it may, and was closed: none of its calls goes on. Others are untouched. */
public final class LimitExceeded extends TflError {
    private static final long serialVersionUID = 1L;

    LimitExceeded(Facts facts, Throwable cause) {
        super(facts, cause);
    }
}
