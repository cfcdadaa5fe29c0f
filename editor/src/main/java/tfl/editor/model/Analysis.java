package tfl.editor.model;

import tfl.language.parse.Parsed;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolution;
import tfl.language.resolve.Resolver;
import tfl.language.shape.Inference;
import tfl.language.symbol.SymbolTable;

/** A text, parsed as far as it goes, with the symbols and shapes of what was understood. */
public final class Analysis {
    private final Parsed parsed;
    private final Resolution resolution;
    private final SymbolTable symbols;
    private final Known known;
    private Inference shapes;

    private Analysis(Parsed parsed, Resolution resolution, Known known) {
        this.parsed = parsed;
        this.resolution = resolution;
        this.symbols = SymbolTable.of(parsed.module(), resolution);
        this.known = known;
    }

    static Analysis of(Document document, Catalog catalog) {
        var parsed = Parser.parse(document.source());
        return new Analysis(parsed, Resolver.resolve(parsed.module(), catalog.known()), catalog.known());
    }

    boolean knows(Catalog catalog) {
        return known == catalog.known();
    }

    public Parsed parsed() {
        return parsed;
    }

    public Resolution resolution() {
        return resolution;
    }

    public SymbolTable symbols() {
        return symbols;
    }

    /** What is sure of the values; worked out when first asked for. */
    public Inference shapes() {
        if (shapes == null) {
            shapes = Inference.of(parsed.module(), resolution);
        }
        return shapes;
    }
}
