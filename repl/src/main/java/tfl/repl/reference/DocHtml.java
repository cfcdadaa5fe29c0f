package tfl.repl.reference;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/** The Markdown of documentation as HTML: examples are coloured, and a name in code leads to its entry. */
final class DocHtml {
    private final Parser parser = Parser.builder().build();
    private final HtmlRenderer renderer;

    /** @param links the address of each name that has one */
    DocHtml(Map<String, String> links) {
        renderer = HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true)
                .nodeRendererFactory(context -> new CodeRenderer(context, links)).build();
    }

    String of(String markdown) {
        return renderer.render(parser.parse(markdown));
    }

    private record CodeRenderer(HtmlNodeRendererContext context, Map<String, String> links) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Code.class, IndentedCodeBlock.class, FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            switch (node) {
                case IndentedCodeBlock block -> block(block.getLiteral());
                case FencedCodeBlock block -> block(block.getLiteral());
                case Code code -> context.getWriter().raw(linked(code.getLiteral()));
                default -> throw new IllegalArgumentException("no code: " + node);
            }
        }

        private void block(String code) {
            var html = context.getWriter();
            html.line();
            html.raw("<pre>" + CodeHtml.of(code.stripTrailing()) + "</pre>");
            html.line();
        }

        private String linked(String code) {
            int call = code.indexOf('(');
            var address = links.get(call < 0 ? code : code.substring(0, call));
            var html = "<code>" + CodeHtml.of(code) + "</code>";
            return address == null ? html : "<a href=\"" + CodeHtml.escape(address) + "\">" + html + "</a>";
        }
    }
}
