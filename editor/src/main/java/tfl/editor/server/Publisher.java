package tfl.editor.server;

import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import tfl.editor.feature.Problems;
import tfl.editor.model.Document;
import tfl.editor.model.Project;

/** Sends what is wrong with the open texts, a moment after the last key. */
final class Publisher {
    private static final long PAUSE_MILLISECONDS = 150;
    private static final int MOST = 500;
    private final Project project;
    private final Worker worker;
    private LanguageClient client;

    Publisher(Project project, Worker worker) {
        this.project = project;
        this.worker = worker;
    }

    void connect(LanguageClient given) {
        client = given;
    }

    /** A text changed: it, and the open texts, which may import it. */
    void changed(String uri) {
        worker.later(uri, PAUSE_MILLISECONDS, this::all);
    }

    /** Now, for a text that was opened. */
    void now(Document document) {
        worker.run(() -> publish(document));
    }

    void all() {
        project.open().forEach(this::publish);
    }

    void clear(String uri) {
        client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
    }

    private void publish(Document document) {
        boolean current = project.document(document.uri()).filter(each -> each == document).isPresent();
        if (current) {
            List<Diagnostic> found = Problems.of(project, document).stream().limit(MOST).toList();
            client.publishDiagnostics(new PublishDiagnosticsParams(document.uri(), found, document.version()));
        }
    }
}
