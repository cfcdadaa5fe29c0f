package tfl.language.source;

/** A problem and its place. */
public record Located(Problem problem, Span span) {
    public boolean isError() {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
