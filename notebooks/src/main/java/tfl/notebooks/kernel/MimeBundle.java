package tfl.notebooks.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.notebooks.json.Json;

/** How a value shows itself, as a message carries it: texts by MIME type, but JSON as JSON. */
final class MimeBundle {
    private MimeBundle() {}

    static Map<String, Object> of(Map<String, String> texts) {
        var bundle = new LinkedHashMap<String, Object>();
        texts.forEach((type, text) -> bundle.put(type, isJson(type) ? parsed(text) : text));
        return bundle;
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** What a program calls JSON and is none stays a text, which is JSON too. */
    private static Object parsed(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException noJson) {
            return text;
        }
    }
}
