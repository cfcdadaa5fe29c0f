package tfl.notebooks.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.PolyglotException;
import tfl.notebooks.cell.CellSession;
import tfl.notebooks.cell.Outcome;
import tfl.notebooks.json.Fields;
import tfl.notebooks.protocol.Message;

/** Runs the cells that clients send. */
final class Execution {
    private final CellSession cells;
    private final Broadcasts broadcasts;
    private final Questions questions;
    private final History history;
    private final Introspection introspection;
    private Integer exit;

    Execution(CellSession cells, Broadcasts broadcasts, Questions questions, History history,
            Introspection introspection) {
        this.cells = cells;
        this.broadcasts = broadcasts;
        this.questions = questions;
        this.history = history;
        this.introspection = introspection;
    }

    /** What a request asks for. */
    private record Cell(Message request, String code, boolean silent, boolean stored) {
        static Cell of(Message request) {
            var fields = request.fields();
            boolean silent = fields.truth("silent", false);
            return new Cell(request, fields.text("code", ""), silent, !silent && fields.truth("store_history", true));
        }

        /** JupyterLab names the cell in the metadata. */
        String id() {
            return Fields.of(request.metadata()).text("cellId", "");
        }
    }

    /** The status that the program ended itself with, or null while it goes on. */
    Integer exit() {
        return exit;
    }

    /** The content of the reply. */
    Map<String, Object> run(Message request) {
        var cell = Cell.of(request);
        forgetDeleted(request);
        questions.begin(request, request.fields().truth("allow_stdin", false));
        int number = cells.count() + (cell.stored() && !cell.code().isBlank() ? 1 : 0);
        broadcasts.cell(number, cell.silent());
        if (!cell.silent()) {
            broadcasts.input(request, cell.code(), number);
        }
        var paging = Paging.of(cell.code());
        var page = paging == null ? null : introspection.page(paging.path(), paging.detail());
        if (page != null && cell.stored()) {
            // It defines nothing, but it is a cell with a number.
            cells.run(cell.id(), "");
        }
        var reply = page != null ? paged(page, number) : cell.code().isBlank() ? done(number) : evaluated(cell);
        if (reply.get("status").equals("ok") && exit == null) {
            reply.put("user_expressions", expressions(request.fields().fields("user_expressions")));
        }
        if (cell.stored() && !cell.code().isBlank()) {
            history.add(number, cell.code(), broadcasts.result());
        }
        return reply;
    }

    /** JupyterLab tells with the next cell that runs which ones were deleted since the last. */
    private void forgetDeleted(Message request) {
        cells.forget(Fields.of(request.metadata()).list("deletedCells").stream().map(String::valueOf).toList());
    }

    private Map<String, Object> evaluated(Cell cell) {
        var outcome = cell.silent() ? cells.runSilently(cell.code())
                : cell.stored() ? cells.run(cell.id(), cell.code()) : cells.runAside(cell.code());
        var reply = done(outcome.count());
        if (outcome.status() == Outcome.Status.EXITED) {
            exit = outcome.exit();
            reply.put("payload", List.of(Map.of("source", "ask_exit", "keepkernel", false)));
        } else if (!outcome.isDone()) {
            reply.put("status", "error");
            reply.putAll(Broadcasts.error(outcome.failure()));
        }
        return reply;
    }

    private static Map<String, Object> done(int count) {
        var reply = new LinkedHashMap<String, Object>();
        reply.put("status", "ok");
        reply.put("execution_count", count);
        reply.put("payload", List.of());
        reply.put("user_expressions", Map.of());
        return reply;
    }

    private static Map<String, Object> paged(Map<String, Object> page, int count) {
        var reply = done(count);
        reply.put("payload", List.of(Map.of("source", "page", "data", page, "start", 0)));
        return reply;
    }

    private Map<String, Object> expressions(Fields wanted) {
        var results = new LinkedHashMap<String, Object>();
        wanted.map().forEach((name, expression) -> results.put(name, expression(String.valueOf(expression))));
        return results;
    }

    private Map<String, Object> expression(String expression) {
        try {
            return Map.of("status", "ok", "data", MimeBundle.of(cells.evaluate(expression)), "metadata", Map.of());
        } catch (PolyglotException error) {
            var result = new LinkedHashMap<String, Object>(Map.of("status", "error"));
            result.putAll(Broadcasts.error(cells.failure(error)));
            return result;
        }
    }

    /** The content of the reply to a request that another's error keeps from running. */
    Map<String, Object> aborted() {
        return Map.of("status", "aborted", "execution_count", cells.count());
    }

    /** What an {@code execute_reply} says beside its content. */
    static Map<String, Object> metadata(Instant started, String status) {
        return Map.of("started", started.truncatedTo(ChronoUnit.MICROS).toString(), "status", status);
    }
}
