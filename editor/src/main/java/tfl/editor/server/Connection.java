package tfl.editor.server;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.launch.LSPLauncher;
import tfl.editor.model.Catalog;
import tfl.editor.model.Library;
import tfl.editor.model.Project;

/** One client and its server, from the first message to the last. */
public final class Connection {
    // Kept here: a logger that nobody holds loses its level.
    private static final Logger PROTOCOL = Logger.getLogger("org.eclipse.lsp4j");

    private Connection() {}

    /**
     * Serves until the client says {@code exit} or is gone.
     *
     * @return 0 if it said {@code shutdown} before, 1 if not
     */
    public static int serve(InputStream in, OutputStream out) {
        PROTOCOL.setLevel(Level.SEVERE);
        try (var catalog = new Catalog(); var worker = new Worker()) {
            var server = new TflServer(new Project(catalog, new Library(Library.userCache())), worker);
            var launcher = LSPLauncher.createServerLauncher(server, in, out);
            server.connect(launcher.getRemoteProxy());
            var listening = launcher.startListening();
            server.onExit(() -> listening.cancel(true));
            try {
                listening.get();
            } catch (CancellationException | ExecutionException gone) {
                return server.exitStatus();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return server.exitStatus();
        }
    }
}
