package tfl.editor.feature;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.Position;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Expr;
import tfl.language.lex.Lexer;
import tfl.language.lex.Names;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.source.Source;

/** What can be typed at the cursor. Where it stands decides: in a path, behind a dot, in a call, or anywhere. */
public final class Completions {
    private static final Pattern LETTER = Pattern.compile("\\\\([\\^_]?[A-Za-z0-9]*)$");
    private static final Pattern FROM = Pattern.compile("^\\s*from\\s+(\\S+)\\s+import\\b[^#]*$");
    private static final Pattern MODULE = Pattern.compile("^\\s*(from\\s+|import\\s+([^\"#]*,\\s*)?)([\\w.]*)$");
    private static final Pattern PATH = Pattern.compile("^\\s*(from|import)\\s[^#]*\"([^\"]*)$");
    private static final Pattern ANNOTATED = Pattern.compile("(\\bfn\\s+[\\w]+\\s*\\("
            + "|\\bstruct\\s+\\w+\\s*\\()[^)]*:\\s*\\w*$|\\)\\s*->\\s*\\w*$");

    private final Project project;
    private final Document document;
    private final boolean snippets;

    /** @param snippets whether the editor knows places to be filled in */
    public Completions(Project project, Document document, boolean snippets) {
        this.project = project;
        this.document = document;
        this.snippets = snippets;
    }

    public CompletionList at(Position position) {
        int offset = document.positions().offset(position);
        int start = offset;
        while (start > 0 && Names.isPart(document.text().codePointBefore(start))) {
            start -= Character.charCount(document.text().codePointBefore(start));
        }
        var line = line(offset);
        var candidates = new Candidates(project, document, start, offset);
        var letter = LETTER.matcher(line);
        if (letter.find()) {
            return list(candidates.letters(letter.group(1), offset - letter.group().length()));
        }
        var last = lastToken(offset);
        if (inComment(last, offset)) {
            return list(List.of());
        }
        var path = PATH.matcher(line);
        if (path.find()) {
            return list(candidates.paths(path.group(2)));
        }
        if (inText(last, offset)) {
            return list(List.of());
        }
        var from = FROM.matcher(line);
        if (from.find()) {
            return list(candidates.exports(from.group(1)));
        }
        var module = MODULE.matcher(line);
        if (module.find()) {
            return list(candidates.modules(module.group(3), offset));
        }
        boolean isRange = start > 1 && document.text().startsWith("..", start - 2);
        boolean isMember = start > 0 && document.text().charAt(start - 1) == '.' && !isRange;
        return list(isMember ? members(candidates, offset, start) : names(candidates, offset, start, line));
    }

    private List<CompletionItem> members(Candidates candidates, int offset, int start) {
        if (lastToken(start).kind() == TokenKind.FLOAT) {
            return List.of();
        }
        var mended = Mended.at(project, document, offset);
        var field = Trees.innermost(project.analysis(mended).parsed().module(), start, Expr.Field.class);
        return field.map(each -> candidates.members(mended, each)).orElse(List.of());
    }

    private List<CompletionItem> names(Candidates candidates, int offset, int start, String line) {
        boolean isNumber = start < offset && Character.isDigit(document.text().charAt(start));
        if (isNumber) {
            return List.of();
        }
        if (ANNOTATED.matcher(line).find() && !line.contains("= ")) {
            candidates.annotations();
        }
        var mended = Mended.at(project, document, offset);
        Callee.around(project, mended, start).ifPresent(candidates::keywords);
        candidates.names(mended, start);
        candidates.words(snippets && line.substring(0, line.length() - (offset - start)).isBlank());
        return candidates.items();
    }

    private String line(int offset) {
        int start = document.text().lastIndexOf('\n', offset - 1) + 1;
        return document.text().substring(start, offset);
    }

    private Token lastToken(int offset) {
        var tokens = Lexer.tokens(Source.of("", document.text().substring(0, offset))).list();
        return tokens.size() < 2 ? tokens.getFirst() : tokens.get(tokens.size() - 2);
    }

    private static boolean inComment(Token last, int offset) {
        return last.kind().isComment() && last.end() == offset;
    }

    private static boolean inText(Token last, int offset) {
        return switch (last.kind()) {
            case STRING_BEGIN, STRING_TEXT, INTERPOLATION_FORMAT -> last.end() == offset;
            case STRING_END -> last.start() == last.end() && last.end() == offset;
            default -> false;
        };
    }

    private static CompletionList list(List<CompletionItem> items) {
        return new CompletionList(false, items);
    }
}
