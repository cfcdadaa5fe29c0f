package tfl.editor.feature;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.model.Analysis;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Children;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.shape.Value;
import tfl.language.source.Span;

/** The inferred shapes of names, and as hints behind the names that an assignment binds. */
public final class Shapes {
    private Shapes() {}

    /** What is sure of the value of the name that stands exactly there. */
    static Value at(Analysis analysis, Span span) {
        return at(analysis, analysis.parsed().module(), span);
    }

    private static Value at(Analysis analysis, Node node, Span span) {
        for (var child : Children.of(node)) {
            if (child.span().start() <= span.start() && span.end() <= child.span().end()) {
                var found = at(analysis, child, span);
                if (!(found instanceof Value.Unknown)) {
                    return found;
                }
            }
        }
        return node.span().equals(span) ? analysis.shapes().of(node) : Value.UNKNOWN;
    }

    public static List<InlayHint> hints(Project project, Document document, Range range) {
        var hints = new ArrayList<InlayHint>();
        var analysis = project.analysis(document);
        visit(analysis, document, analysis.parsed().module(), document.positions().start(range),
                document.positions().end(range), hints);
        return hints;
    }

    private static void visit(Analysis analysis, Document document, Node node, int from, int to,
            List<InlayHint> hints) {
        if (node instanceof Statement.Assign assign) {
            binders(assign.target(), bind -> {
                boolean inRange = bind.span().end() >= from && bind.span().start() <= to;
                if (inRange && analysis.shapes().of(bind) instanceof Value.Tensor tensor && tensor.shape() != null) {
                    var hint = new InlayHint(document.positions().position(bind.span().end()),
                            Either.forLeft(": " + tensor));
                    hint.setKind(InlayHintKind.Type);
                    hints.add(hint);
                }
            });
        }
        for (var child : Children.of(node)) {
            if (child.span().end() >= from && child.span().start() <= to) {
                visit(analysis, document, child, from, to, hints);
            }
        }
    }

    private interface Taker {
        void take(Pattern.Bind bind);
    }

    private static void binders(Pattern pattern, Taker taker) {
        switch (pattern) {
            case Pattern.Bind bind -> taker.take(bind);
            case Pattern.Tuple tuple -> tuple.elements().forEach(each -> binders(each, taker));
            case Pattern.Fields fields -> fields.fields().forEach(each -> binders(each.pattern(), taker));
            default -> { }
        }
    }
}
