package tfl.language.parse;

import java.util.ArrayDeque;
import java.util.Optional;
import tfl.language.ast.Children;
import tfl.language.ast.Node;

/**
 * Looks for trees too high to be walked by recursion: long chains such as {@code 1 + 1 + ...} are parsed by a
 * loop, but give a high tree. Uses no recursion itself.
 */
final class TreeDepth {
    static final int DEEPEST = 1000;

    private record At(Node node, int depth) {}

    private TreeDepth() {}

    static Optional<Node> firstTooDeep(Node root) {
        var open = new ArrayDeque<At>();
        open.push(new At(root, 0));
        while (!open.isEmpty()) {
            var here = open.pop();
            if (here.depth > DEEPEST) {
                return Optional.of(here.node);
            }
            for (var child : Children.of(here.node)) {
                open.push(new At(child, here.depth + 1));
            }
        }
        return Optional.empty();
    }
}
