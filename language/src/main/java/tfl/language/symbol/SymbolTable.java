package tfl.language.symbol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tfl.language.ast.Module;
import tfl.language.resolve.Resolution;
import tfl.language.source.Span;

/** The symbols of one text and their places. */
public final class SymbolTable {
    /** A function, method, lambda, comprehension or struct with the names that it binds. */
    record Region(Span span, Map<String, Symbol> names) {}

    private final List<Occurrence> occurrences;
    private final List<Region> regions;
    private final Map<String, Symbol> module;

    SymbolTable(List<Occurrence> occurrences, List<Region> regions, Map<String, Symbol> module) {
        this.occurrences = occurrences.stream()
                .sorted(Comparator.comparingInt((Occurrence each) -> each.span().start())
                        .thenComparingInt(each -> each.span().end())).toList();
        this.regions = List.copyOf(regions);
        this.module = module;
    }

    /** The symbols of a text whose names were resolved. */
    public static SymbolTable of(Module module, Resolution resolution) {
        return new SymbolWalk(resolution).walk(module);
    }

    /** All places, in the order of the text. */
    public List<Occurrence> occurrences() {
        return occurrences;
    }

    /** The place that the offset touches; a name that begins there comes before one that ends there. */
    public Optional<Occurrence> at(int offset) {
        Occurrence touched = null;
        for (var each : occurrences) {
            if (each.span().start() > offset) {
                break;
            }
            if (offset < each.span().end() || offset == each.span().end() && touched == null) {
                touched = each;
            }
        }
        return Optional.ofNullable(touched);
    }

    /** The places of one symbol. */
    public List<Occurrence> of(Symbol symbol) {
        return occurrences.stream().filter(each -> each.symbol() == symbol).toList();
    }

    /** What the module itself binds, by name, in order. */
    public Collection<Symbol> module() {
        return module.values();
    }

    /** What the module binds under a name. */
    public Optional<Symbol> module(String name) {
        return Optional.ofNullable(module.get(name));
    }

    /** The names of the text that can be used at an offset; inner ones hide outer ones. */
    public Map<String, Symbol> visibleAt(int offset) {
        var names = new LinkedHashMap<String, Symbol>();
        var around = new ArrayList<>(regions.stream()
                .filter(each -> each.span().start() <= offset && offset <= each.span().end()).toList());
        around.sort(Comparator.comparingInt(each -> each.span().length()));
        around.forEach(region -> region.names().forEach(names::putIfAbsent));
        module.forEach(names::putIfAbsent);
        return names;
    }
}
