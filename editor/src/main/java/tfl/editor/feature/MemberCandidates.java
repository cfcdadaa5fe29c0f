package tfl.editor.feature;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItemKind;
import tfl.editor.model.Analysis;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.ast.Parameter;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.Statement;
import tfl.language.shape.Value;

/** What stands behind a dot of a value: fields and methods, where the text shows whose. */
final class MemberCandidates {
    /** One of them. */
    record Member(String name, CompletionItemKind kind, String detail, JsonObject data) {}

    private final Analysis analysis;

    MemberCandidates(Analysis analysis) {
        this.analysis = analysis;
    }

    List<Member> of(Expr.Field field) {
        var members = new ArrayList<Member>();
        switch (analysis.shapes().of(field.target())) {
            case Value.Struct struct -> add(struct.definition(), members);
            case Value.Record record -> record.fields().forEach((name, value) -> members.add(
                    new Member(name, CompletionItemKind.Field, value.toString(), null)));
            case Value.Tensor _, Value.Int _, Value.Plain _ -> {
                return List.of();
            }
            default -> { }
        }
        if (members.isEmpty() && field.target() instanceof Expr.Name name) {
            struct(name).ifPresent(struct -> add(struct, members));
        }
        if (members.isEmpty()) {
            var names = new LinkedHashSet<String>();
            fields(analysis.parsed().module(), names);
            names.remove(Mended.NAME);
            names.forEach(each ->
                    members.add(new Member(each, CompletionItemKind.Field, "a field of this text", null)));
        }
        return members;
    }

    /** The struct whose method names its own value so. */
    private Optional<Statement.StructDefinition> struct(Expr.Name name) {
        return Trees.innermost(analysis.parsed().module(), name.span().start(), Statement.StructDefinition.class)
                .filter(struct -> struct.methods().stream()
                        .filter(each -> each.span().start() <= name.span().start()
                                && name.span().end() <= each.span().end())
                        .anyMatch(each -> each.function().parameters().stream().findFirst()
                                .flatMap(Parameter::name).filter(name.name()::equals).isPresent()));
    }

    private void add(Statement.StructDefinition struct, List<Member> members) {
        struct.fields().forEach(each -> members.add(new Member(each.name().text(), CompletionItemKind.Field,
                Describe.oneLine(each.span().text()), null)));
        struct.methods().forEach(each ->
                members.add(new Member(each.name().text(), CompletionItemKind.Method, "", null)));
    }

    /** Every field that the text names; one of them is likely meant. */
    private static void fields(Node node, LinkedHashSet<String> names) {
        switch (node) {
            case RecordEntry.Field field -> names.add(field.name().text());
            case Statement.StructField field -> names.add(field.name().text());
            case Statement.StructDefinition struct -> struct.methods().forEach(each -> names.add(each.name().text()));
            default -> { }
        }
        Children.of(node).forEach(each -> fields(each, names));
    }
}
