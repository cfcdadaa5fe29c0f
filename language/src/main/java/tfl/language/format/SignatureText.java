package tfl.language.format;

import java.util.ArrayList;
import java.util.List;
import tfl.language.ast.Statement;
import tfl.language.lex.Lexer;
import tfl.language.source.Source;

/** The heads of definitions on one line, as help shows them: {@code fn f(x, rate=0.1) -> f32[n]}. */
public final class SignatureText {
    private final StatementDocs statements;

    /** For the definitions of one source. */
    public SignatureText(Source source) {
        this.statements = new StatementDocs(new Trivia(Lexer.tokens(source)));
    }

    public String of(Statement.FunctionDefinition definition) {
        var parameters = definition.function().parameters().stream().map(statements.patterns()::parameter)
                .toList();
        var parts = new ArrayList<Doc>(List.of(Doc.text("fn " + definition.name()), bracketed(parameters)));
        definition.function().result()
                .ifPresent(result ->
                parts.addAll(List.of(Doc.text(" -> "), statements.patterns().annotation(result))));
        return oneLine(Doc.concat(parts));
    }

    public String of(Statement.StructDefinition struct) {
        var fields = struct.fields().stream().map(statements.patterns()::field).toList();
        return oneLine(Doc.concat(Doc.text("struct " + struct.name()), bracketed(fields)));
    }

    private static Doc bracketed(List<Doc> entries) {
        return Doc.concat(Doc.text("("), Lists.join(entries, Doc.text(", ")), Doc.text(")"));
    }

    private static String oneLine(Doc doc) {
        return Layout.write(doc, Integer.MAX_VALUE / 2).replaceAll("\\s+", " ");
    }
}
