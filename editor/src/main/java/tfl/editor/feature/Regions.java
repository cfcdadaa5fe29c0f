package tfl.editor.feature;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SelectionRange;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.ast.Statement;
import tfl.language.parse.Comment;
import tfl.language.source.Span;

/** What can be folded, and what a growing selection takes in. */
public final class Regions {
    private final Document document;
    private final List<FoldingRange> folds = new ArrayList<>();

    private Regions(Document document) {
        this.document = document;
    }

    public static List<FoldingRange> folding(Project project, Document document) {
        var parsed = project.analysis(document).parsed();
        var regions = new Regions(document);
        regions.visit(parsed.module());
        regions.imports(parsed.module().statements());
        regions.comments(parsed.comments());
        return regions.folds;
    }

    private void visit(Node node) {
        switch (node) {
            case Expr.Block _, Expr.Record _, Expr.Tensor _, Expr.Tuple _, Expr.Comprehension _, Expr.Match _,
                    Statement.StructDefinition _ -> fold(node.span(), null);
            case Expr.Call call -> fold(call.span().source().span(call.callee().span().end(), call.span().end()), null);
            case Expr.StringLiteral text -> fold(text.span(), null);
            default -> { }
        }
        Children.of(node).forEach(this::visit);
    }

    private void imports(List<Statement> statements) {
        Statement first = null;
        Statement last = null;
        for (var each : statements) {
            if (!(each instanceof Statement.Import) && !(each instanceof Statement.FromImport)) {
                break;
            }
            first = first == null ? each : first;
            last = each;
        }
        if (first != last) {
            fold(first.span().to(last.span()), FoldingRangeKind.Imports);
        }
    }

    /** Comment lines below each other fold as one. */
    private void comments(List<Comment> comments) {
        Comment first = null;
        Comment last = null;
        for (var each : comments) {
            if (!each.ownLine()) {
                continue;
            }
            if (last == null || each.span().line() != last.span().line() + 1) {
                comment(first, last);
                first = each;
            }
            last = each;
        }
        comment(first, last);
    }

    private void comment(Comment first, Comment last) {
        if (first != last) {
            fold(first.span().to(last.span()), FoldingRangeKind.Comment);
        }
    }

    private void fold(Span span, String kind) {
        var range = document.positions().range(span);
        int start = range.getStart().getLine();
        // The line of the closing bracket stays in view.
        int end = range.getEnd().getLine() - (kind == null ? 1 : 0);
        if (end > start && folds.stream().noneMatch(each -> each.getStartLine() == start)) {
            var fold = new FoldingRange(start, end);
            fold.setKind(kind);
            folds.add(fold);
        }
    }

    public static List<SelectionRange> selections(Project project, Document document, List<Position> positions) {
        var module = project.analysis(document).parsed().module();
        return positions.stream().map(position -> {
            int offset = document.positions().offset(position);
            var around = new SelectionRange(document.positions().range(module.span()), null);
            return inner(document, module, offset, around);
        }).toList();
    }

    private static SelectionRange inner(Document document, Node node, int offset, SelectionRange around) {
        for (var child : Children.of(node)) {
            var span = child.span();
            if (span.start() <= offset && offset <= span.end()) {
                var range = document.positions().range(span);
                return inner(document, child, offset,
                        range.equals(around.getRange()) ? around : new SelectionRange(range, around));
            }
        }
        return around;
    }
}
