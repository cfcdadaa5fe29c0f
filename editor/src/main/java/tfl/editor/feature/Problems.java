package tfl.editor.feature;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.check.Checker;
import tfl.language.source.Located;

/** What is wrong with a text, as {@code tfl check} says it. */
public final class Problems {
    static final String SOURCE = "tfl";
    private static final Pattern MEANT = Pattern.compile("^did you mean `([^`]+)`\\?$");
    private static final String UNREACHABLE = "TFL-E0175";

    private Problems() {}

    public static List<Diagnostic> of(Project project, Document document) {
        if (project.library().holds(document.uri())) {
            return List.of(); // what the library gets from Java is known only when it runs
        }
        var analysis = project.analysis(document);
        var found = new ArrayList<>(Checker.check(analysis.parsed(),
                analysis.resolution(), analysis.shapes()));
        if (analysis.parsed().isValid()) {
            found.addAll(new Imports(project, document).problems());
        }
        found.sort(Comparator.comparingInt(each -> each.span().start()));
        return found.stream().map(each -> diagnostic(document, each)).toList();
    }

    private static Diagnostic diagnostic(Document document, Located located) {
        var problem = located.problem();
        var text = new StringBuilder(problem.message());
        if (!problem.label().isEmpty()) {
            text.append("\n").append(problem.label());
        }
        problem.help().ifPresent(help -> text.append("\nhelp: ").append(help));
        var diagnostic = new Diagnostic(document.positions().range(located.span()), text.toString(),
                located.isError() ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, SOURCE, problem.code());
        if (problem.code().equals(UNREACHABLE)) {
            diagnostic.setTags(List.of(DiagnosticTag.Unnecessary));
        }
        problem.help().map(MEANT::matcher).filter(match -> match.find()).ifPresent(match -> {
            var data = new JsonObject();
            data.addProperty("meant", match.group(1));
            diagnostic.setData(data);
        });
        return diagnostic;
    }

    /** The code of a diagnostic that came back from the client. */
    static String code(Diagnostic diagnostic) {
        Either<String, Integer> code = diagnostic.getCode();
        return code == null ? "" : code.isLeft() ? code.getLeft() : String.valueOf(code.getRight());
    }
}
