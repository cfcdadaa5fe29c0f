package tfl.editor.feature;

import java.util.Optional;
import tfl.language.ast.Children;
import tfl.language.ast.Node;

/** Nodes of a tree by place. */
final class Trees {
    private Trees() {}

    /** The smallest node of a kind that covers the offset. */
    static <T extends Node> Optional<T> innermost(Node node, int offset, Class<T> kind) {
        for (var child : Children.of(node)) {
            if (child.span().start() <= offset && offset <= child.span().end()) {
                var found = innermost(child, offset, kind);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        boolean covers = node.span().start() <= offset && offset <= node.span().end();
        return covers && kind.isInstance(node) ? Optional.of(kind.cast(node)) : Optional.empty();
    }
}
