package tfl.interpreter.translate;

import com.oracle.truffle.api.frame.FrameSlotKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.LiteralNode;
import tfl.interpreter.node.call.FieldNode;
import tfl.interpreter.node.collect.ComprehensionNode;
import tfl.interpreter.node.collect.GatherNode;
import tfl.interpreter.node.collect.IndexNode;
import tfl.interpreter.node.collect.RangeNode;
import tfl.interpreter.node.collect.RecordNode;
import tfl.interpreter.node.collect.SliceNode;
import tfl.interpreter.node.collect.SpreadRecordNode;
import tfl.interpreter.node.collect.TextNode;
import tfl.interpreter.node.collect.TupleNode;
import tfl.interpreter.value.Ellipsis;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.Clause;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.StringPart;
import tfl.language.ast.Subscript;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Expressions to nodes, except control flow, operators and calls. */
final class Expressions {
    final Unit unit;
    final FrameLayout frame;
    final Names names;
    final Patterns patterns;
    final OperatorNodes operators;
    final CallNodes calls;
    final Flow flow;
    final Functions functions;

    Expressions(Unit unit, FrameLayout frame) {
        this.unit = unit;
        this.frame = frame;
        this.names = new Names(unit, frame);
        this.patterns = new Patterns(this);
        this.operators = new OperatorNodes(this);
        this.calls = new CallNodes(this);
        this.flow = new Flow(this);
        this.functions = new Functions(this);
    }

    /** The node of an expression. */
    ExpressionNode node(Expr expr) {
        return translate(expr).at(expr.span());
    }

    /** The node of an expression that may be missing; then null. */
    ExpressionNode orNull(Optional<Expr> expr) {
        return expr.map(this::node).orElse(null);
    }

    ExpressionNode[] nodes(List<? extends Expr> exprs) {
        return exprs.stream().map(this::node).toArray(ExpressionNode[]::new);
    }

    private ExpressionNode translate(Expr expr) {
        return switch (expr) {
            case Expr.Name name -> names.read(unit.resolution().of(name), name.name());
            case Expr.IntLiteral literal -> literal(literal.value(), literal.suffix());
            case Expr.FloatLiteral literal -> literal(literal.value(), literal.suffix());
            case Expr.BoolLiteral literal -> new LiteralNode(literal.value());
            case Expr.NoneLiteral literal -> new LiteralNode(None.NONE);
            case Expr.StringLiteral text -> text(text.parts());
            case Expr.Tuple tuple -> tuple(tuple.elements());
            case Expr.Tensor tensor -> gather(tensor.elements(), true);
            case Expr.Record record -> record(record.entries());
            case Expr.Comprehension comprehension -> comprehension(comprehension);
            case Expr.Lambda lambda -> functions.closure(lambda.function(), "<lambda>", null, lambda.span());
            case Expr.Call call -> calls.call(call);
            case Expr.Pipe pipe -> calls.pipe(pipe);
            case Expr.Index index -> new IndexNode(node(index.target()), subscripts(index.subscripts()));
            case Expr.Field field -> new FieldNode(node(field.target()), field.name().text(),
                    names.function(field));
            case Expr.Unary unary -> operators.unary(unary);
            case Expr.Binary binary -> operators.binary(binary);
            case Expr.Comparison comparison -> operators.comparison(comparison);
            case Expr.And and -> operators.logic(true, and.left(), and.right());
            case Expr.Or or -> operators.logic(false, or.left(), or.right());
            case Expr.Range range -> range(range);
            default -> flow.node(expr);
        };
    }

    private static ExpressionNode literal(Object value, Optional<String> suffix) {
        if (suffix.isEmpty()) {
            return new LiteralNode(value);
        }
        var dtype = DType.of(suffix.get());
        var tensor = value instanceof Long whole ? Tensor.scalar(dtype, (long) whole)
                : Tensor.scalar(dtype, (double) (Double) value);
        tensor.pin();
        return new LiteralNode(tensor);
    }

    private ExpressionNode text(List<StringPart> parts) {
        var texts = new ArrayList<String>(List.of(""));
        var values = new ArrayList<ExpressionNode>();
        var formats = new ArrayList<String>();
        for (var part : parts) {
            switch (part) {
                case StringPart.Text text -> texts.set(texts.size() - 1, texts.getLast() + text.value());
                case StringPart.Interpolation value -> {
                    values.add(node(value.value()));
                    formats.add(value.format());
                    texts.add("");
                }
            }
        }
        return values.isEmpty() ? new LiteralNode(texts.getFirst()) : new TextNode(texts.toArray(new String[0]),
                values.toArray(new ExpressionNode[0]), formats.toArray(new String[0]));
    }

    private ExpressionNode tuple(List<Element> elements) {
        if (elements.isEmpty()) {
            return new LiteralNode(TupleValue.EMPTY);
        }
        return elements.stream().allMatch(Element.Item.class::isInstance) ? new TupleNode(elementNodes(elements))
                : gather(elements, false);
    }

    private ExpressionNode gather(List<Element> elements, boolean tensor) {
        var spread = new boolean[elements.size()];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = elements.get(i) instanceof Element.Spread;
        }
        return new GatherNode(elementNodes(elements), spread, tensor);
    }

    private ExpressionNode[] elementNodes(List<Element> elements) {
        return elements.stream().map(element -> switch (element) {
            case Element.Item item -> node(item.value());
            case Element.Spread spread -> node(spread.value());
        }).toArray(ExpressionNode[]::new);
    }

    private ExpressionNode record(List<RecordEntry> entries) {
        var fields = new String[entries.size()];
        var values = new ExpressionNode[fields.length];
        boolean plain = true;
        for (int i = 0; i < fields.length; i++) {
            switch (entries.get(i)) {
                case RecordEntry.Field field -> {
                    fields[i] = field.name().text();
                    values[i] = node(field.value());
                }
                case RecordEntry.Spread spread -> {
                    plain = false;
                    values[i] = node(spread.value());
                }
            }
        }
        return plain && Arrays.stream(fields).distinct().count() == fields.length
                ? new RecordNode(RecordLayout.of(fields), values) : new SpreadRecordNode(fields, values);
    }

    ExpressionNode[] subscripts(List<Subscript> subscripts) {
        return subscripts.stream().map(subscript -> switch (subscript) {
            case Subscript.At at -> node(at.value());
            case Subscript.Slice slice -> new SliceNode(orNull(slice.start()), orNull(slice.stop()),
                    orNull(slice.step()))
                    .at(slice.span());
            case Subscript.Ellipsis ellipsis -> new LiteralNode(Ellipsis.ELLIPSIS);
        }).toArray(ExpressionNode[]::new);
    }

    RangeNode range(Expr.Range range) {
        return new RangeNode(node(range.start()), node(range.end()), orNull(range.step()), range.inclusive());
    }

    private ExpressionNode comprehension(Expr.Comprehension comprehension) {
        int slot = frame.own(1, FrameSlotKind.Object);
        var loops = clauses(comprehension.clauses(), 0,
                () -> new ComprehensionNode.Add(node(comprehension.result()), slot, comprehension.span()));
        return new ComprehensionNode(loops, slot, comprehension.kind() == Expr.Comprehension.Kind.TENSOR);
    }

    private ExpressionNode clauses(List<Clause> clauses, int index, Supplier<ExpressionNode> result) {
        if (index == clauses.size()) {
            return result.get();
        }
        return switch (clauses.get(index)) {
            case Clause.For loop -> flow.loop(loop.pattern(), loop.sequence(), () -> clauses(clauses, index + 1,
                    result))
                    .at(loop.span());
            case Clause.If condition -> flow.when(condition.condition(), clauses(clauses, index + 1, result))
                    .at(condition.span());
        };
    }
}
