package tfl.interpreter.node.jump;

import com.oracle.truffle.api.instrumentation.InstrumentableNode.WrapperNode;
import com.oracle.truffle.api.nodes.Node;
import java.util.function.Supplier;
import tfl.interpreter.node.Ending;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.trace.Body;
import tfl.interpreter.trace.Choice;
import tfl.interpreter.trace.Outcome;
import tfl.interpreter.trace.Position;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.value.None;

/** How nodes end, as values: between the exceptions that nodes throw and {@link Outcome}. */
public final class Outcomes {
    private Outcomes() {}

    /** A node as a body. */
    public static Body of(ExpressionNode node, boolean valued) {
        return frame -> caught(() -> {
            if (node != null && valued) {
                return node.executeGeneric(frame);
            } else if (node != null) {
                node.run(frame);
            }
            return None.NONE;
        });
    }

    /** Runs something that ends as nodes do. */
    public static Outcome caught(Supplier<Object> work) {
        try {
            return Outcome.normal(work.get());
        } catch (Jump jump) {
            return jump == Jump.BREAK ? Outcome.BREAK : Outcome.CONTINUE;
        } catch (ReturnException jump) {
            return Outcome.returning(jump.result());
        } catch (Raised raised) {
            return Outcome.RAISES;
        } catch (OpenRound open) {
            return open.outcome();
        }
    }

    /** Ends as the outcome says. */
    public static Object deliver(Outcome outcome) {
        return switch (outcome.kind()) {
            case NORMAL -> outcome.value();
            case BREAK -> throw Jump.BREAK;
            case CONTINUE -> throw Jump.CONTINUE;
            case RETURN -> throw new ReturnException(outcome.value());
            case RAISES -> throw Raised.RAISED;
            case OPEN -> throw new OpenRound(outcome);
            case MIXED -> throw new IllegalStateException("an outcome of two kinds");
        };
    }

    /** The place of a node that chooses. */
    public static Choice.Site site(ExpressionNode node) {
        return new Choice.Site(node, node.span(), position(node));
    }

    private static Position position(Node node) {
        Node child = node;
        Node parent = node.getParent();
        while (isTail(parent, child)) {
            child = parent;
            parent = parent.getParent();
        }
        return parent instanceof Round ? Position.ROUND
                : parent instanceof TflRootNode root && root.isBody(child) ? Position.FUNCTION
                : Position.WITHIN;
    }

    /** Whether the value of a node is that of another one around it, and nothing is done in between. */
    public static boolean endsIn(Node node, Node around) {
        Node child = node;
        while (child != around) {
            var parent = child.getParent();
            if (!isTail(parent, child)) {
                return false;
            }
            child = parent;
        }
        return true;
    }

    private static boolean isTail(Node parent, Node child) {
        return parent instanceof WrapperNode || parent instanceof Ending ending && ending.endsWith(child);
    }
}
