package tfl.editor.model;

import tfl.language.parse.Parsed;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolution;
import tfl.language.resolve.Resolver;
import tfl.language.symbol.SymbolTable;

/** A text, parsed as far as it goes, with the symbols of what was understood. */
public record Analysis(Document document, Parsed parsed, Resolution resolution, SymbolTable symbols,
        Known known) {
    static Analysis of(Document document, Catalog catalog) {
        var parsed = Parser.parse(document.source());
        var resolution = Resolver.resolve(parsed.module(), catalog.known());
        return new Analysis(document, parsed, resolution, SymbolTable.of(parsed.module(), resolution),
                catalog.known());
    }

    boolean knows(Catalog catalog) {
        return known == catalog.known();
    }
}
