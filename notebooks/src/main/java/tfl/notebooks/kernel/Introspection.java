package tfl.notebooks.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.parse.Completeness;
import tfl.language.source.Source;
import tfl.notebooks.json.Fields;
import tfl.session.Brackets;
import tfl.session.Completer;
import tfl.session.Completion;
import tfl.session.Inspection;
import tfl.session.Inspector;
import tfl.session.Session;

/** Answers what a client asks while its user types: completion, documentation, and whether the input is whole. */
final class Introspection {
    private static final String INDENT = "  ";
    private static final Pattern COMMANDS = Pattern.compile("\\A(\\s*[%:][^\\n]*(\\n|\\z))+");
    private final Completer completer;
    private final Inspector inspector;

    Introspection(Session session) {
        this.completer = new Completer(session);
        this.inspector = new Inspector(session);
    }

    /** Cursors of the protocol count code points. */
    private static int offset(String text, Fields request) {
        long all = text.codePointCount(0, text.length());
        long at = Math.clamp(request.number("cursor_pos", all), 0, all);
        return text.offsetByCodePoints(0, (int) at);
    }

    Map<String, Object> complete(Fields request) {
        var code = request.text("code", "");
        var found = completer.at(code, offset(code, request));
        int start = code.codePointCount(0, found.start());
        int end = code.codePointCount(0, found.end());
        var types = found.candidates().stream().map(each -> typed(each, start, end)).toList();
        return Map.of("status", "ok", "matches", found.candidates().stream().map(Completion.Candidate::text).toList(),
                "cursor_start", start, "cursor_end", end, "metadata", Map.of("_jupyter_types_experimental", types));
    }

    private static Map<String, Object> typed(Completion.Candidate candidate, int start, int end) {
        return Map.of("start", start, "end", end, "text", candidate.text(), "type", type(candidate.kind()),
                "signature", candidate.doc());
    }

    /** The sort of thing, in the words that JupyterLab has icons for. */
    private static String type(String kind) {
        return switch (kind) {
            case "fn" -> "function";
            case "struct" -> "class";
            case "module", "keyword" -> kind;
            case "argument" -> "param";
            case "field", "column" -> "property";
            case "file", "folder" -> "path";
            case "letter" -> "text";
            default -> "instance";
        };
    }

    Map<String, Object> inspect(Fields request) {
        var code = request.text("code", "");
        var found = inspector.at(code, offset(code, request));
        return Map.of("status", "ok", "found", found != null, "data",
                found == null ? Map.of() : bundle(found, request.number("detail_level", 0) > 0), "metadata", Map.of());
    }

    /** A page about a name, or null if it is not known. */
    Map<String, Object> page(String path, boolean detail) {
        var found = inspector.of(path);
        return found == null ? null : bundle(found, detail);
    }

    private static Map<String, Object> bundle(Inspection found, boolean detail) {
        var bundle = new LinkedHashMap<String, Object>();
        bundle.put("text/plain", found.text(detail));
        var head = found.signature().isEmpty() ? found.name() + ": " + found.kind() : found.signature();
        var markdown = new StringBuilder("```tfl\n").append(head)
                .append(found.value().isEmpty() ? "" : " = " + found.value()).append("\n```\n");
        if (!found.doc().isBlank()) {
            markdown.append('\n').append(found.doc().stripTrailing()).append('\n');
        }
        if (detail && !found.source().isBlank()) {
            markdown.append("\n```tfl\n").append(found.source().stripTrailing()).append("\n```\n");
        }
        bundle.put("text/markdown", markdown.toString());
        return bundle;
    }

    static Map<String, Object> isComplete(Fields request) {
        var code = request.text("code", "");
        return switch (completeness(code)) {
            case COMPLETE -> Map.of("status", "complete");
            case INVALID -> Map.of("status", "invalid");
            case INCOMPLETE -> Map.of("status", "incomplete", "indent", indent(code));
        };
    }

    /** Lines at the top that begin with a percent sign or a colon are for the notebook, and whole. */
    private static Completeness completeness(String code) {
        var program = COMMANDS.matcher(code).replaceFirst("");
        return program.isBlank() || Paging.of(code) != null ? Completeness.COMPLETE : Completeness.of(program);
    }

    /** A step for each line that opens a bracket which is still open. */
    private static String indent(String code) {
        var open = new ArrayList<Integer>();
        for (Token token : Lexer.tokens(Source.of("<input>", code)).list()) {
            if (Brackets.isOpening(token.kind())) {
                open.add(line(code, token.start()));
            } else if (Brackets.isClosing(token.kind()) && !open.isEmpty()) {
                open.removeLast();
            }
        }
        return INDENT.repeat((int) open.stream().distinct().count());
    }

    private static int line(String code, int offset) {
        return (int) code.substring(0, offset).chars().filter(letter -> letter == '\n').count();
    }

    /** What {@code names} of a list of objects look like to a client that lists variables. */
    static List<Map<String, Object>> variables(Session session) {
        var rows = session.service("vars");
        var found = new ArrayList<Map<String, Object>>();
        for (long i = 0; i < rows.getArraySize(); i++) {
            var fields = new LinkedHashMap<String, Object>();
            var row = rows.getArrayElement(i);
            for (var name : row.getMemberKeys()) {
                fields.put(name, row.getMember(name).isNull() ? null : row.getMember(name).toString());
            }
            found.add(fields);
        }
        return found;
    }
}
