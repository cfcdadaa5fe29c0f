package tfl.language.shape;

import java.util.HashSet;
import java.util.Set;
import tfl.language.ast.Annotation;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;

/** What a piece of code may do to the variables of its function. */
final class Assigned {
    private final Set<String> names = new HashSet<>();
    private boolean jumps;
    private boolean leaves;

    private Assigned(Node node) {
        visit(node);
    }

    static Assigned in(Node node) {
        return new Assigned(node);
    }

    /** The names that it may bind. */
    Set<String> names() {
        return names;
    }

    /** Whether it may end a round of a loop early. */
    boolean jumps() {
        return jumps;
    }

    /** Whether it may leave the function, a loop, or the program. */
    boolean leaves() {
        return leaves;
    }

    private void visit(Node node) {
        switch (node) {
            case Function _ -> {
                return;
            }
            case Pattern.Bind bind -> names.add(bind.name());
            case Pattern.Rest rest -> rest.name().map(Identifier::text).ifPresent(names::add);
            case Pattern.Fields fields -> fields.rest().map(Identifier::text).ifPresent(names::add);
            case Annotation.Dim.Named dim -> names.add(dim.name());
            case Path path -> names.add(path.root().text());
            case Expr.Try.Catch handler -> handler.error().map(Identifier::text).ifPresent(names::add);
            case Statement.FunctionDefinition definition -> names.add(definition.name().text());
            case Statement.StructDefinition struct -> names.add(struct.name().text());
            case Expr.Break _, Expr.Continue _ -> {
                jumps = true;
                leaves = true;
            }
            case Expr.Return _, Expr.Assert _ -> leaves = true;
            case Expr.Name name -> leaves |= name.name().equals("error") || name.name().equals("exit");
            default -> { }
        }
        Children.of(node).forEach(this::visit);
    }
}
