package tfl.repl;

import java.util.ArrayList;
import java.util.List;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.lex.Lexer;
import tfl.language.lex.TokenKind;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/** Inputs as a script that gives the same. A script knows no {@code ans}, so where one is used it is assigned. */
final class SavedScript {
    private static final String LAST = "ans";

    /** An input that ran, and whether {@code ans} became its value. */
    record Input(String text, boolean gaveValue) {}

    private SavedScript() {}

    static String of(List<Input> inputs) {
        var texts = new ArrayList<>(inputs.stream().map(Input::text).toList());
        int giver = -1;
        for (int i = 0; i < inputs.size(); i++) {
            if (giver >= 0 && usesLast(inputs.get(i).text())) {
                texts.set(giver, naming(inputs.get(giver).text()));
            }
            giver = inputs.get(i).gaveValue() ? i : giver;
        }
        return texts.isEmpty() ? "" : String.join("\n", texts) + "\n";
    }

    private static boolean usesLast(String text) {
        var tokens = Lexer.tokens(Source.of("<input>", text));
        return tokens.list().stream().anyMatch(each -> each.kind() == TokenKind.NAME && tokens.text(each).equals(LAST));
    }

    /** The input, with its last value bound to {@code ans}. */
    private static String naming(String text) {
        var parsed = Parser.parse(Source.of("<input>", text));
        var statements = parsed.module().statements();
        return statements.isEmpty() ? text : switch (statements.getLast()) {
            case Statement.Expression last -> text.substring(0, last.span().start()) + LAST + " = "
                    + text.substring(last.span().start());
            case Statement.Assign assign when assign.target() instanceof Pattern.Bind bind ->
                text + "\n" + LAST + " = " + bind.name();
            case Statement.Update update -> text + "\n" + LAST + " = " + update.path().root().text();
            default -> text;
        };
    }
}
