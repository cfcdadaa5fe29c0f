package tfl.editor.feature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.symbol.Symbol;

/**
 * The call around an offset.
 *
 * @param symbol what is called
 * @param signature as it is written at its definition, such as {@code f(x, rate=0.1)}
 * @param parameters the texts of its parameters, in order
 * @param argument how many arguments stand before the cursor's
 * @param keyword the keyword of the cursor's argument, or an empty string
 * @param given keywords that stand in the call already
 * @param skipped how many parameters are given before the bracket: one by {@code x.f(...)}
 */
record Callee(Symbol symbol, Describe described, String signature, List<String> parameters, int argument,
        String keyword, List<String> given, int skipped) {

    static Optional<Callee> around(Project project, Document mended, int offset) {
        var tokens = Lexer.tokens(mended.source()).list();
        int open = opening(tokens, offset);
        if (open < 1 || tokens.get(open - 1).kind() != TokenKind.NAME) {
            return Optional.empty();
        }
        var name = tokens.get(open - 1);
        return project.analysis(mended).symbols().at(name.start()).flatMap(found ->
                Describe.of(project, mended, found.symbol()).map(described ->
                        of(mended, tokens, open, offset, found.symbol(), described)));
    }

    private static Callee of(Document document, List<Token> tokens, int open, int offset, Symbol symbol,
            Describe described) {
        var head = described.head().replaceFirst("^(fn|struct) ", "");
        int bracket = head.indexOf('(');
        var parameters = bracket < 0 ? new ArrayList<String>() : split(head, bracket);
        boolean isMethod = symbol.kind() == Symbol.Kind.METHOD;
        boolean isUniform = open >= 2 && tokens.get(open - 2).kind() == TokenKind.DOT
                && symbol.kind() != Symbol.Kind.MEMBER;
        int argument = 0;
        int depth = 0;
        String keyword = "";
        var given = new ArrayList<String>();
        for (int i = open + 1; i < tokens.size(); i++) {
            var token = tokens.get(i);
            depth += switch (token.kind()) {
                case LEFT_PAREN, LEFT_BRACKET, LEFT_BRACE, INTERPOLATION_BEGIN -> 1;
                case RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE, INTERPOLATION_END -> -1;
                default -> 0;
            };
            if (depth < 0) {
                break;
            }
            boolean before = token.end() <= offset;
            if (depth == 0 && token.kind() == TokenKind.COMMA && before) {
                argument++;
                keyword = "";
            }
            boolean isKeyword = depth == 0 && token.kind() == TokenKind.NAME && i + 1 < tokens.size()
                    && tokens.get(i + 1).kind() == TokenKind.ASSIGN;
            if (isKeyword) {
                var text = document.text().substring(token.start(), token.end());
                given.add(text);
                keyword = tokens.get(i + 1).end() <= offset ? text : keyword;
            }
        }
        return new Callee(symbol, described, head, parameters, argument, keyword, given,
                isUniform || isMethod ? 1 : 0);
    }

    /** The index of the innermost round bracket that is open at the offset, or -1. */
    private static int opening(List<Token> tokens, int offset) {
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < tokens.size() && tokens.get(i).end() <= offset; i++) {
            switch (tokens.get(i).kind()) {
                case LEFT_PAREN, LEFT_BRACKET, LEFT_BRACE, INTERPOLATION_BEGIN -> open.push(i);
                case RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE, INTERPOLATION_END -> open.poll();
                default -> { }
            }
        }
        // A tuple or a list inside the call is part of an argument.
        for (int each : open) {
            boolean calls = tokens.get(each).kind() == TokenKind.LEFT_PAREN && each > 0
                    && tokens.get(each - 1).kind() == TokenKind.NAME
                    && tokens.get(each - 1).end() == tokens.get(each).start();
            if (calls) {
                return each;
            }
            if (tokens.get(each).kind() == TokenKind.LEFT_BRACE) {
                return -1;
            }
        }
        return -1;
    }

    /** The texts between the commas of the bracket at an index. */
    private static List<String> split(String head, int bracket) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = bracket + 1;
        for (int i = bracket; i < head.length(); i++) {
            depth += switch (head.charAt(i)) {
                case '(', '[', '{' -> 1;
                case ')', ']', '}' -> -1;
                default -> 0;
            };
            boolean ends = depth == 0 || depth == 1 && head.charAt(i) == ',';
            if (ends) {
                var part = head.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            }
            if (depth == 0) {
                break;
            }
        }
        return parts;
    }

    /** The name of a parameter, without its star, annotation and default. */
    static String name(String parameter) {
        return parameter.replaceFirst("^(static\\s+|\\*+)", "").replaceFirst("(?s)[:=\\s].*", "");
    }

    static boolean gathers(String parameter) {
        return parameter.startsWith("*") && !parameter.startsWith("**");
    }

    /** Which parameter the cursor's argument is for; -1 if there is none. */
    int active() {
        if (!keyword.isEmpty()) {
            for (int i = 0; i < parameters.size(); i++) {
                if (name(parameters.get(i)).equals(keyword)) {
                    return i;
                }
            }
        }
        int index = argument + skipped;
        for (int i = 0; i < Math.min(index + 1, parameters.size()); i++) {
            if (gathers(parameters.get(i))) {
                return i;
            }
        }
        return index < parameters.size() ? index : -1;
    }
}
