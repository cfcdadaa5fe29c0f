package tfl.notebooks.cell;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells which cells are stale, to people and to front ends. */
final class StaleText {
    /** For front ends that mark the cells themselves. */
    static final String TYPE = "application/vnd.tfl.stale+json";

    private StaleText() {}

    /** A notice of few lines, and the same as JSON. */
    static Map<String, String> bundle(List<Stale> stale) {
        var data = new LinkedHashMap<String, String>();
        data.put("text/plain", notice(stale));
        data.put(TYPE, json(stale));
        return data;
    }

    private static String notice(List<Stale> stale) {
        if (stale.size() == 1) {
            return "stale: cell " + stale.getFirst().number() + " (" + stale.getFirst().reasons().getFirst() + ")";
        }
        var first = stale.getFirst();
        return "stale: cells " + stale.stream().map(each -> "" + each.number()).collect(Collectors.joining(", "))
                + " (" + first.number() + ": " + first.reasons().getFirst() + "; %stale lists all)";
    }

    /** All reasons, and the same as JSON. */
    static Map<String, String> listing(List<Stale> stale) {
        var data = new LinkedHashMap<String, String>();
        data.put("text/plain", list(stale));
        data.put(TYPE, json(stale));
        return data;
    }

    /** One line for each reason. */
    private static String list(List<Stale> stale) {
        return stale.isEmpty() ? "no cell is stale" : stale.stream().map(each -> "cell " + each.number() + ": "
                + String.join("\n" + " ".repeat(("cell " + each.number() + ": ").length()), each.reasons()))
                .collect(Collectors.joining("\n"));
    }

    private static String json(List<Stale> stale) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("stale");
            for (var each : stale) {
                json.writeStartObject();
                json.writeStringField("cell", each.id());
                json.writeNumberField("number", each.number());
                json.writeBooleanField("direct", each.direct());
                json.writeArrayFieldStart("reasons");
                for (var reason : each.reasons()) {
                    json.writeString(reason);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }
}
