package tfl.plan;

/** Which build makes the plans. */
final class Planner {
    private Planner() {}

    /** A digest of the classes of all rooms, which packing puts here; empty where they were never packed. */
    static String fingerprint() {
        return "";
    }
}
