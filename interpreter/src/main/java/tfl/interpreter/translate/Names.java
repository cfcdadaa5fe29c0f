package tfl.interpreter.translate;

import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.LiteralNode;
import tfl.interpreter.node.variable.ReadCellNode;
import tfl.interpreter.node.variable.ReadSlotNodeGen;
import tfl.interpreter.node.variable.ReadVariableNode;
import tfl.interpreter.node.variable.WriteModuleNode;
import tfl.interpreter.node.variable.WriteNode;
import tfl.language.ast.Expr;
import tfl.language.resolve.Reference;

/** Names to the places they stand for. */
final class Names {
    private final Unit unit;
    private final FrameLayout frame;

    Names(Unit unit, FrameLayout frame) {
        this.unit = unit;
        this.frame = frame;
    }

    ExpressionNode read(Reference reference, String name) {
        return switch (reference) {
            case Reference.Local(int slot) -> ReadSlotNodeGen.create(slot, name);
            case Reference.Definition definition -> new ReadCellNode(unit.module().definition(definition.name()));
            case Reference.Cell cell -> new ReadVariableNode(unit.module(), unit.module().variable(cell.name()));
            case Reference.Global global -> new LiteralNode(unit.global(global.name()));
        };
    }

    WriteNode write(Reference reference) {
        return switch (reference) {
            case Reference.Local(int slot) -> frame.write(slot);
            case Reference.Definition definition -> new WriteModuleNode(unit.module().definition(
                    definition.name()));
            case Reference.Cell cell -> new WriteModuleNode(unit.module().variable(cell.name()));
            case Reference.Global global -> throw new IllegalStateException("bound by nobody: " + global.name());
        };
    }

    /** The function that {@code x.name} may mean; null for none. */
    ExpressionNode function(Expr.Field field) {
        var reference = unit.resolution().of(field);
        if (reference == null || reference instanceof Reference.Global global
                && unit.global(global.name()) == null) {
            return null;
        }
        return read(reference, field.name().text()).at(field.name().span());
    }
}
