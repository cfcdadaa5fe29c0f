package tfl.repl.reference;

/** The page of one module. */
record ModulePage(ReferenceModule module, DocHtml docs) {

    String html() {
        var html = new StringBuilder("<h1>").append(CodeHtml.escape(module.name())).append("</h1>\n")
                .append(docs.of(module.doc()));
        String group = "";
        for (var entry : module.entries()) {
            if (!entry.group().equals(group)) {
                group = entry.group();
                html.append("<h2>").append(CodeHtml.escape(capital(group))).append("</h2>\n");
            }
            entry(entry, entry.name(), module.prefix(), html);
        }
        return html.toString();
    }

    private void entry(ReferenceModule.Entry entry, String id, String prefix, StringBuilder html) {
        html.append("<section class=\"entry ").append(entry.kind().replaceAll("\\W", "-")).append("\" id=\"")
                .append(CodeHtml.escape(id)).append("\">\n<h3><a href=\"#").append(CodeHtml.escape(id))
                .append("\"><code>").append(CodeHtml.escape(prefix)).append(CodeHtml.of(entry.signature()))
                .append("</code></a> <small>").append(CodeHtml.escape(entry.kind())).append("</small></h3>\n")
                .append(docs.of(entry.doc()));
        for (var method : entry.methods()) {
            entry(method, id + "." + method.name(), ".", html);
        }
        html.append("</section>\n");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
