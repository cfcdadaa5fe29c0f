package tfl.stdlib.summary;

import java.util.List;
import java.util.Map;

/**
 * What TensorBoard's table of hyperparameters reads, in the metadata of tags of its own; {@code hparams/api.proto} and
 * {@code plugin_data.proto} number the fields.
 */
final class HyperparameterEvents {
    private static final String PLUGIN = "hparams";
    private static final int SUCCESS = 1;

    private HyperparameterEvents() {}

    /**
     * A run with these hyperparameters.
     *
     * @param values numbers, bools and strings
     * @param metrics tags of scalars to show beside them
     */
    static List<Message> run(Map<String, Object> values, List<String> metrics) {
        double now = System.currentTimeMillis() / 1000.0;
        var start = new Message();
        values.forEach((name, value) -> start.entry(1, name, value(value)));
        start.number(5, now);
        return List.of(point("experiment", 2, experiment(values, metrics, now)),
                point("session_start_info", 3, start),
                point("session_end_info", 4, new Message().whole(1, SUCCESS).number(2, now)));
    }

    private static Message experiment(Map<String, Object> values, List<String> metrics, double now) {
        var experiment = new Message().number(3, now);
        values.forEach((name, value) -> experiment.message(4, new Message().text(1, name).whole(4, type(value))));
        metrics.forEach(tag -> experiment.message(5, new Message().message(1, new Message().text(2, tag))));
        return experiment;
    }

    private static int type(Object value) {
        return switch (value) {
            case String text -> 1;
            case Boolean truth -> 2;
            default -> 3;
        };
    }

    /** A {@code google.protobuf.Value}. */
    private static Message value(Object value) {
        return switch (value) {
            case String text -> new Message().text(3, text);
            case Boolean truth -> new Message().whole(4, truth ? 1 : 0);
            default -> new Message().number(2, ((Number) value).doubleValue());
        };
    }

    private static Message point(String name, int field, Message data) {
        var content = new Message().whole(1, 0).message(field, data).toBytes();
        return Events.summary(0, "_hparams_/" + name, PLUGIN, content, Events.DataClass.TENSOR, Events.empty());
    }
}
