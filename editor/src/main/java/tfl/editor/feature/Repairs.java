package tfl.editor.feature;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.model.Document;
import tfl.editor.model.Project;

/** What can be done about a diagnostic with one key: take the suggestion, import the module. */
public final class Repairs {
    private static final String UNKNOWN_NAME = "TFL-E0150";

    private Repairs() {}

    public static List<Either<Command, CodeAction>> of(Project project, Document document, List<Diagnostic> given) {
        var actions = new ArrayList<Either<Command, CodeAction>>();
        for (var diagnostic : given) {
            if (!Problems.SOURCE.equals(diagnostic.getSource())) {
                continue;
            }
            if (diagnostic.getData() instanceof JsonObject data && data.has("meant")) {
                String meant = data.get("meant").getAsString();
                actions.add(action(document, "Change to `" + meant + "`", diagnostic,
                        new TextEdit(diagnostic.getRange(), meant), true));
            }
            if (Problems.code(diagnostic).equals(UNKNOWN_NAME)) {
                var positions = document.positions();
                var name = document.text().substring(positions.start(diagnostic.getRange()),
                        positions.end(diagnostic.getRange()));
                if (project.catalog().moduleNames().contains(name)) {
                    actions.add(action(document, "Import module `" + name + "`", diagnostic,
                            new TextEdit(importPlace(project, document), "import " + name + "\n"), true));
                }
            }
        }
        return actions;
    }

    /** Above the first statement; below the module's own documentation. */
    static Range importPlace(Project project, Document document) {
        var statements = project.analysis(document).parsed().module().statements();
        int line = statements.isEmpty() ? 0
                : document.positions().position(statements.getFirst().span().start()).getLine();
        // Documentation of the first definition stays with it.
        while (line > 0 && document.source().lineText(line).startsWith("##")) {
            line--;
        }
        return new Range(new Position(line, 0), new Position(line, 0));
    }

    private static Either<Command, CodeAction> action(Document document, String title, Diagnostic diagnostic,
            TextEdit edit, boolean preferred) {
        var action = new CodeAction(title);
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic));
        action.setIsPreferred(preferred);
        action.setEdit(new WorkspaceEdit(Map.of(document.uri(), List.of(edit))));
        return Either.forRight(action);
    }
}
