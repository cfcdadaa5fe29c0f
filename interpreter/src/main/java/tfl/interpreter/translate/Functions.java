package tfl.interpreter.translate;

import com.oracle.truffle.api.RootCallTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.define.ArgumentsNode;
import tfl.interpreter.node.define.ConstructNode;
import tfl.interpreter.node.define.EntryNode;
import tfl.interpreter.node.define.FunctionRootNode;
import tfl.interpreter.node.define.MakeClosureNode;
import tfl.interpreter.node.define.MakeStructNode;
import tfl.interpreter.node.define.ParameterNode;
import tfl.interpreter.node.define.WholeNode;
import tfl.interpreter.node.match.AnnotationNode;
import tfl.interpreter.node.match.BindPattern;
import tfl.interpreter.node.variable.WriteSlotNode;
import tfl.interpreter.value.FunctionCode;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.Signature;
import tfl.language.ast.Annotation;
import tfl.language.ast.Parameter;
import tfl.language.ast.Statement;
import tfl.language.resolve.Scope;
import tfl.language.source.Span;

/** Functions and structs to nodes; a function's own nodes are made when it is first called. */
final class Functions {
    private final Expressions expressions;
    private final Unit unit;

    Functions(Expressions expressions) {
        this.expressions = expressions;
        this.unit = expressions.unit;
    }

    /** Makes a closure of a function. */
    MakeClosureNode closure(tfl.language.ast.Function function, String name, String doc, Span span) {
        return closure(function, null, name, doc, span);
    }

    /** Makes a closure of a function, or of a method; {@code owner} is its struct. */
    MakeClosureNode closure(tfl.language.ast.Function function, String owner, String name, String doc, Span span) {
        var scope = unit.resolution().scope(function);
        var code = new FunctionCode(name, signature(function.parameters()), doc, span,
                unit.liveNames(function), () -> target(function, scope, owner, name),
                () -> arguments(function, scope, name));
        return new MakeClosureNode(code, captures(scope));
    }

    private static int[] captures(Scope scope) {
        return scope.captures().stream().mapToInt(Scope.Capture::outer).toArray();
    }

    private RootCallTarget target(tfl.language.ast.Function function, Scope scope, String owner, String name) {
        var frame = new FrameLayout(unit, scope, Hazard.isIn(function.body()));
        var inner = new Expressions(unit, frame);
        var entry = entry(inner, function);
        var body = inner.flow.step(function.body()).as(ExpressionNode.Role.BODY);
        var result = function.result().map(inner.patterns::annotation).orElse(null);
        return root(inner, owner, name, function.span(), entry, body, result);
    }

    private RootCallTarget arguments(tfl.language.ast.Function function, Scope scope, String name) {
        var inner = new Expressions(unit, new FrameLayout(unit, scope, false));
        return root(inner, null, name, function.span(), new ArgumentsNode(entry(inner, function)),
                function.span(), null);
    }

    private static EntryNode entry(Expressions inner, tfl.language.ast.Function function) {
        return entry(inner, function.parameters().stream().map(each -> parameter(inner, each))
                .toArray(ParameterNode[]::new));
    }

    private RootCallTarget root(Expressions inner, String owner, String name, Span span, EntryNode entry,
            ExpressionNode body, AnnotationNode result) {
        var whole = inner.flow.replayable(new WholeNode(entry, body).at(span).as(ExpressionNode.Role.WHOLE), 0);
        return root(inner, owner, name, span, whole, body.span(), result);
    }

    private RootCallTarget root(Expressions inner, String owner, String name, Span span, ExpressionNode whole,
            Span body, AnnotationNode result) {
        return new FunctionRootNode(unit.session().language(), inner.frame.build(), owner, name, unit.source(), span,
                whole, body, result, inner.frame.variables()).getCallTarget();
    }

    private static EntryNode entry(Expressions inner, ParameterNode[] parameters) {
        var scope = inner.frame.scope();
        var self = scope.self().isPresent() ? inner.frame.write(scope.self().getAsInt()) : null;
        var captured = scope.captures().stream().map(each ->
                inner.frame.write(each.inner())).toArray(WriteSlotNode[]::new);
        return new EntryNode(self, captured, parameters);
    }

    private static ParameterNode parameter(Expressions inner, Parameter parameter) {
        boolean plain = parameter.kind() == Parameter.Kind.PLAIN;
        return new ParameterNode(parameter.name().orElse("this argument"), inner.patterns.node(parameter.pattern()),
                plain ? parameter.annotation().map(inner.patterns::annotation).orElse(null) : null,
                inner.orNull(parameter.defaultValue()));
    }

    private static Signature signature(List<Parameter> parameters) {
        var list = new ArrayList<Signature.Parameter>();
        boolean keywordOnly = false;
        for (var parameter : parameters) {
            var kind = switch (parameter.kind()) {
                case REST -> Signature.Kind.REST;
                case OPTIONS -> Signature.Kind.OPTIONS;
                case PLAIN -> keywordOnly ? Signature.Kind.KEYWORD_ONLY : Signature.Kind.PLAIN;
            };
            keywordOnly |= kind == Signature.Kind.REST;
            boolean required = parameter.kind() == Parameter.Kind.PLAIN && parameter.defaultValue().isEmpty();
            list.add(new Signature.Parameter(parameter.name().orElse(null), kind, required, null,
                    parameter.span().text()));
        }
        return new Signature(list);
    }

    /** Makes a struct type. */
    ExpressionNode struct(Statement.StructDefinition struct, Function<Statement.FunctionDefinition,
            ExpressionNode> method) {
        var scope = unit.resolution().scope(struct);
        var fields = struct.fields();
        var names = fields.stream().map(each -> each.name().text()).toList();
        String name = struct.name().text();
        var parameters = fields.stream().map(each -> new Signature.Parameter(each.name().text(),
                Signature.Kind.PLAIN,
                each.defaultValue().isEmpty(), null, each.span().text())).toList();
        var code = new FunctionCode(name, new Signature(parameters), struct.doc().orElse(null), struct.span(),
                unit.liveNames(struct), () -> constructor(struct, scope), () -> fields(struct, scope));
        var methods = struct.methods();
        return new MakeStructNode(name, RecordLayout.of(names),
                fields.stream().filter(Statement.StructField::isStatic)
                .map(each -> each.name().text()).collect(Collectors.toSet()), struct.doc().orElse(null),
                expressions.names.write(unit.resolution().of(struct.name())), new MakeClosureNode(code,
                        captures(scope)),
                methods.stream().map(each -> each.name().text()).toArray(String[]::new),
                methods.stream().map(method).toArray(ExpressionNode[]::new));
    }

    private RootCallTarget constructor(Statement.StructDefinition struct, Scope scope) {
        var inner = new Expressions(unit, new FrameLayout(unit, scope, false));
        var body = new ConstructNode(struct.fields().size(), scope.captures().size())
                .at(struct.name().span()).as(ExpressionNode.Role.BODY);
        return root(inner, null, struct.name().text(), struct.span(), entry(inner, struct), body, null);
    }

    private RootCallTarget fields(Statement.StructDefinition struct, Scope scope) {
        var inner = new Expressions(unit, new FrameLayout(unit, scope, false));
        return root(inner, null, struct.name().text(), struct.span(), new ArgumentsNode(entry(inner, struct)),
                struct.span(), null);
    }

    private static EntryNode entry(Expressions inner, Statement.StructDefinition struct) {
        var parameters = new ParameterNode[struct.fields().size()];
        for (int i = 0; i < parameters.length; i++) {
            var field = struct.fields().get(i);
            parameters[i] = new ParameterNode(field.name().text(), new BindPattern(inner.frame.write(i),
                    field.span()),
                    annotation(inner, field.annotation()), inner.orNull(field.defaultValue()));
        }
        return entry(inner, parameters);
    }

    private static AnnotationNode annotation(Expressions inner, Optional<Annotation> annotation) {
        return annotation.map(inner.patterns::annotation).orElse(null);
    }
}
