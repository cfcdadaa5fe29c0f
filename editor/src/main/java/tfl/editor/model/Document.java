package tfl.editor.model;

import tfl.language.source.Source;

/** A text at one moment: an open buffer, a file, or a source of the library. */
public final class Document {
    private final String uri;
    private final int version;
    private final Source source;
    private final Positions positions;
    private Analysis analysis;

    public Document(String uri, int version, String name, String text) {
        this.uri = uri;
        this.version = version;
        this.source = Source.of(name, text);
        this.positions = new Positions(text);
    }

    public String uri() {
        return uri;
    }

    /** As the editor counts; -1 for what no editor has open. */
    public int version() {
        return version;
    }

    public Source source() {
        return source;
    }

    public String text() {
        return source.text();
    }

    public Positions positions() {
        return positions;
    }

    /** What the text means; worked out once. */
    public Analysis analysis(Catalog catalog) {
        if (analysis == null || !analysis.knows(catalog)) {
            analysis = Analysis.of(this, catalog);
        }
        return analysis;
    }
}
