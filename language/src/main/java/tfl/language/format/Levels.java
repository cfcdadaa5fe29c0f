package tfl.language.format;

import tfl.language.ast.BinaryOperator;
import tfl.language.ast.Expr;
import tfl.language.ast.UnaryOperator;

/**
 * How tightly each expression binds: an operand with a lower level than its operator wants stands in
 * brackets.
 */
final class Levels {
    static final int PIPE = 1;
    static final int OR = 2;
    static final int AND = 3;
    static final int NOT = 4;
    static final int COMPARISON = 5;
    static final int RANGE = 6;
    static final int ARITHMETIC = 7;
    static final int UNARY = 19;
    static final int POWER = 20;
    static final int POSTFIX = 21;
    private static final int PRIMARY = 22;

    private Levels() {}

    static int of(Expr expr) {
        return switch (expr) {
            case Expr.Lambda _, Expr.Block _, Expr.If _, Expr.While _, Expr.For _, Expr.Return _,
                    Expr.Match _, Expr.Try _,
                    Expr.Assert _ -> 0;
            case Expr.Pipe _ -> PIPE;
            case Expr.Or _ -> OR;
            case Expr.And _ -> AND;
            case Expr.Unary unary -> unary.operator() == UnaryOperator.NOT ? NOT : UNARY;
            case Expr.Comparison _ -> COMPARISON;
            case Expr.Range _ -> RANGE;
            case Expr.Binary binary -> of(binary.operator());
            case Expr.IntLiteral literal -> literal.value() < 0 ? UNARY : PRIMARY;
            case Expr.Call _, Expr.Index _, Expr.Field _ -> POSTFIX;
            case Expr.Name _, Expr.FloatLiteral _, Expr.BoolLiteral _, Expr.NoneLiteral _,
                    Expr.StringLiteral _, Expr.Tuple _,
                    Expr.Tensor _, Expr.Record _, Expr.Comprehension _, Expr.Break _,
                            Expr.Continue _ -> PRIMARY;
        };
    }

    static int of(BinaryOperator operator) {
        return operator == BinaryOperator.POWER ? POWER : ARITHMETIC + operator.level();
    }
}
