package tfl.language.parse;

import java.util.List;
import tfl.language.ast.Module;
import tfl.language.source.Located;

/**
 * What came of a text. Statements with errors are left out of the module, so it may be run only if there are
 * no problems.
 *
 * @param problems all syntax errors, in the order of the text
 * @param comments all comments, in the order of the text
 * @param completeness whether the text ended too early
 */
public record Parsed(Module module, List<Located> problems, List<Comment> comments,
        Completeness completeness) {
    public Parsed {
        problems = List.copyOf(problems);
        comments = List.copyOf(comments);
    }

    public boolean isValid() {
        return problems.isEmpty();
    }
}
