package tfl.editor.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The colours last sent for each text, so that only what changed is sent again. */
final class TokenHistory {
    private final Map<String, SemanticTokens> sent = new HashMap<>();
    private int count;

    SemanticTokens full(String uri, List<Integer> data) {
        var tokens = new SemanticTokens(String.valueOf(++count), data);
        sent.put(uri, tokens);
        return tokens;
    }

    void forget(String uri) {
        sent.remove(uri);
    }

    /** One edit that turns what was sent into what is; everything, if the client has something else. */
    Either<SemanticTokens, SemanticTokensDelta> delta(String uri, String known, List<Integer> data) {
        var before = sent.get(uri);
        if (before == null || !before.getResultId().equals(known)) {
            return Either.forLeft(full(uri, data));
        }
        var old = before.getData();
        int shorter = Math.min(old.size(), data.size());
        int head = 0;
        while (head < shorter && old.get(head).equals(data.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && old.get(old.size() - 1 - tail).equals(data.get(data.size() - 1 - tail))) {
            tail++;
        }
        var edits = head == old.size() && head == data.size() ? List.<SemanticTokensEdit>of()
                : List.of(new SemanticTokensEdit(head, old.size() - head - tail,
                        data.subList(head, data.size() - tail)));
        return Either.forRight(new SemanticTokensDelta(edits, full(uri, data).getResultId()));
    }
}
