package tfl.language.ast;

import java.util.List;
import java.util.Optional;
import tfl.language.source.Span;

/** Everything with a value, control flow included. */
public sealed interface Expr extends Node {
    // Leaves

    /** The value of a variable, a definition or a name of the prelude. */
    record Name(String name, Span span) implements Expr {}

    /** {@code 1_000}, {@code 0xff}, {@code 3i32}: the suffix is a dtype. */
    record IntLiteral(long value, Optional<String> suffix, Span span) implements Expr {}

    /** {@code 1.5}, {@code 1e-3}, {@code 1f64}: the suffix is a dtype. */
    record FloatLiteral(double value, Optional<String> suffix, Span span) implements Expr {}

    record BoolLiteral(boolean value, Span span) implements Expr {}

    record NoneLiteral(Span span) implements Expr {}

    /** A string of any of the three forms; without interpolation it has one part, or none if it is empty. */
    record StringLiteral(List<StringPart> parts, Span span) implements Expr {
        public StringLiteral {
            parts = List.copyOf(parts);
        }
    }

    // Collections and functions

    /** {@code (a, *b)}. A parenthesised expression is no node. */
    record Tuple(List<Element> elements, Span span) implements Expr {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** {@code [a, b]}: stacks equal shapes. */
    record Tensor(List<Element> elements, Span span) implements Expr {
        public Tensor {
            elements = List.copyOf(elements);
        }
    }

    /** {@code {...r, w: x}}. */
    record Record(List<RecordEntry> entries, Span span) implements Expr {
        public Record {
            entries = List.copyOf(entries);
        }
    }

    /**
     * {@code (f(x) for x in xs if p(x))}, or the same in {@code [ ]} for a tensor. The first clause is a for.
     */
    record Comprehension(Kind kind, Expr result, List<Clause> clauses, Span span) implements Expr {
        /** What the results are gathered in. */
        public enum Kind { TUPLE, TENSOR }

        public Comprehension {
            clauses = List.copyOf(clauses);
        }
    }

    /** {@code (x, y) -> body}. */
    record Lambda(Function function, Span span) implements Expr {}

    // Access and operators

    record Call(Expr callee, List<Argument> arguments, Span span) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Index(Expr target, List<Subscript> subscripts, Span span) implements Expr {
        public Index {
            subscripts = List.copyOf(subscripts);
        }
    }

    record Field(Expr target, Identifier name, Span span) implements Expr {}

    record Unary(UnaryOperator operator, Expr operand, Span span) implements Expr {}

    record Binary(BinaryOperator operator, Expr left, Expr right, Span span) implements Expr {}

    /** {@code first < a <= b}: each operand is evaluated once, and no more after a link that fails. */
    record Comparison(Expr first, List<Link> links, Span span) implements Expr {
        /** An operator and its right operand. */
        public record Link(ComparisonOperator operator, Expr right) {}

        public Comparison {
            links = List.copyOf(links);
        }
    }

    record And(Expr left, Expr right, Span span) implements Expr {}

    record Or(Expr left, Expr right, Span span) implements Expr {}

    /** {@code a..b by c}; {@code ..=} includes the end. */
    record Range(Expr start, Expr end, boolean inclusive, Optional<Expr> step, Span span) implements Expr {}

    /**
     * {@code value |> target}: a call target gets the value as first argument, another one is called with it.
     */
    record Pipe(Expr value, Expr target, Span span) implements Expr {}

    // Control flow

    /**
     * Statements in order; the value is that of the last one if it is an expression, else {@code none}. No
     * scope.
     */
    record Block(List<Statement> statements, Span span) implements Expr {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /**
     * Without an else branch the value is {@code none} if the condition is false. {@code else if} is an If as
     * else branch.
     */
    record If(Expr condition, Block thenBranch, Optional<Expr> elseBranch, Span span) implements Expr {}

    record While(Expr condition, Block body, Span span) implements Expr {}

    record For(Pattern pattern, Expr sequence, Block body, Span span) implements Expr {}

    record Break(Span span) implements Expr {}

    record Continue(Span span) implements Expr {}

    record Return(Optional<Expr> value, Span span) implements Expr {}

    record Match(Expr subject, List<Arm> arms, Span span) implements Expr {
        /** {@code pattern if guard -> body}. */
        public record Arm(Pattern pattern, Optional<Expr> guard, Expr body, Span span) implements Node {}

        public Match {
            arms = List.copyOf(arms);
        }
    }

    /** At least one of catch and finally is there; {@code error} is the name the caught error is bound to. */
    record Try(Block body, Optional<Catch> handler, Optional<Block> cleanup, Span span) implements Expr {
        /** {@code catch error { .. }}. */
        public record Catch(Optional<Identifier> error, Block body, Span span) implements Node {}
    }

    record Assert(Expr condition, Optional<Expr> message, Span span) implements Expr {}
}
