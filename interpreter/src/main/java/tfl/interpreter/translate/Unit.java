package tfl.interpreter.translate;

import com.oracle.truffle.api.source.Source;
import tfl.interpreter.TflContext;
import tfl.interpreter.node.define.Importer;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.TupleValue;
import tfl.language.resolve.Resolution;

/**
 * What the translation of one text needs to know.
 *
 * @param folder where the text's file is
 * @param main whether this is the program itself, not a module it imports
 */
record Unit(TflContext session, Source source, Resolution resolution, ModuleScope module, Globals globals,
        Importer importer,
        String folder, boolean main) {

    /** The value of a name that no text binds, or null. */
    Object global(String name) {
        return switch (name) {
            case "__main__" -> main;
            case "__args__" -> arguments();
            case "__dir__" -> folder;
            default -> {
                Object row = module.row(name);
                yield row != null ? row : globals.find(name);
            }
        };
    }

    private Object arguments() {
        return new TupleValue((Object[]) session.env().getApplicationArguments());
    }
}
