package tfl.language.ast;

import java.util.Optional;
import tfl.language.source.Span;

/**
 * One parameter. A plain one takes a pattern; {@code *rest} takes the remaining positional arguments as a
 * tuple, {@code **options} the remaining keyword arguments as a record; both have a {@link Pattern.Bind}.
 * Plain parameters behind {@code *rest} are given by keyword only.
 */
public record Parameter(Kind kind, Pattern pattern, Optional<Annotation> annotation,
        Optional<Expr> defaultValue, Span span)
        implements Node {
    /** What a parameter takes. */
    public enum Kind { PLAIN, REST, OPTIONS }

    /** The keyword under which it is given, if its pattern is a plain name. */
    public Optional<String> name() {
        return pattern instanceof Pattern.Bind bind ? Optional.of(bind.name()) : Optional.empty();
    }
}
