package tfl.editor.feature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.SemanticTokensLegend;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.resolve.Annotations;
import tfl.language.symbol.Occurrence;
import tfl.language.symbol.Symbol;

/** Semantic tokens: what the lexer knows of a word, and what the symbols know of a name. */
public final class Colours {
    private static final List<String> TYPES = List.of("namespace", "type", "struct", "parameter", "variable",
            "property", "function", "method", "keyword", "comment", "string", "number", "operator", "decorator");
    private static final List<String> MODIFIERS = List.of("declaration", "modification", "documentation",
            "defaultLibrary");
    public static final SemanticTokensLegend LEGEND = new SemanticTokensLegend(TYPES, MODIFIERS);
    private static final int DECLARATION = 1;
    private static final int MODIFICATION = 2;
    private static final int DOCUMENTATION = 4;
    private static final int LIBRARY = 8;

    private record Mark(int start, int end, String type, int modifiers) {}

    private final Document document;
    private final Map<Integer, Occurrence> names = new HashMap<>();

    private Colours(Project project, Document document) {
        this.document = document;
        project.analysis(document).symbols().occurrences().forEach(each -> names.put(each.span().start(), each));
    }

    /** Five numbers a token, as the protocol packs them. */
    public static List<Integer> of(Project project, Document document, int from, int to) {
        return new Colours(project, document).packed(from, to);
    }

    private List<Integer> packed(int from, int to) {
        var marks = new ArrayList<Mark>();
        for (var token : Lexer.tokens(document.source()).list()) {
            if (token.end() > from && token.start() < to) {
                mark(token).ifPresent(marks::add);
            }
        }
        marks.sort(Comparator.comparingInt(Mark::start));
        var data = new ArrayList<Integer>();
        int line = 0;
        int column = 0;
        for (var mark : marks) {
            for (var part : lines(mark)) {
                var at = document.positions().position(part.start);
                data.addAll(List.of(at.getLine() - line, at.getLine() == line ? at.getCharacter() - column
                        : at.getCharacter(), part.end - part.start, TYPES.indexOf(part.type), part.modifiers));
                line = at.getLine();
                column = at.getCharacter();
            }
        }
        return data;
    }

    /** No token goes over the end of a line. */
    private List<Mark> lines(Mark mark) {
        var parts = new ArrayList<Mark>();
        int start = mark.start;
        for (int i = mark.start; i <= mark.end; i++) {
            boolean ends = i == mark.end || "\r\n".indexOf(document.text().charAt(i)) >= 0;
            if (ends) {
                if (i > start) {
                    parts.add(new Mark(start, i, mark.type, mark.modifiers));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private Optional<Mark> mark(Token token) {
        var type = switch (token.kind()) {
            case COMMENT, DOC_COMMENT -> "comment";
            case STRING_BEGIN, STRING_TEXT, STRING_END, INTERPOLATION_FORMAT -> "string";
            case INT, FLOAT -> "number";
            case NAME -> {
                var found = names.get(token.start());
                yield found == null ? word(token) : type(found.symbol());
            }
            default -> switch (token.kind().group()) {
                case KEYWORD, CONSTANT, WORD_OPERATOR -> "keyword";
                case OPERATOR -> "operator";
                default -> null;
            };
        };
        return Optional.ofNullable(type)
                .map(each -> new Mark(token.start(), token.end(), each, modifiers(token)));
    }

    /** Words that are keywords in their place only, dtypes in annotations, and names of fields. */
    private String word(Token token) {
        var text = document.text().substring(token.start(), token.end());
        int before = token.start() - 1;
        boolean behindDot = before >= 0 && document.text().charAt(before) == '.';
        if (behindDot) {
            return "property";
        }
        return switch (text) {
            case "test", "bench", "from", "as", "by", "java", "static" -> "keyword";
            default -> Annotations.DTYPES.contains(text)
                    || Annotations.KINDS.contains(text) ? "type" : "property";
        };
    }

    private static String type(Symbol symbol) {
        return switch (symbol.kind()) {
            case VARIABLE -> "variable";
            case PARAMETER, DIMENSION -> "parameter";
            case FUNCTION -> "function";
            case STRUCT -> "struct";
            case FIELD -> "property";
            case METHOD -> "method";
            case MODULE -> "namespace";
            case IMPORTED, MEMBER -> Character.isUpperCase(symbol.name().codePointAt(0)) ? "struct" : "function";
            case PRELUDE -> Annotations.DTYPES.contains(symbol.name()) ? "type" : "function";
        };
    }

    private int modifiers(Token token) {
        return switch (token.kind()) {
            case DOC_COMMENT -> DOCUMENTATION;
            case NAME -> {
                var found = names.get(token.start());
                if (found == null) {
                    yield 0;
                }
                yield (found.symbol().kind() == Symbol.Kind.PRELUDE ? LIBRARY : 0) | switch (found.role()) {
                    case DEFINE -> DECLARATION;
                    case WRITE -> MODIFICATION;
                    case READ -> 0;
                };
            }
            default -> 0;
        };
    }
}
