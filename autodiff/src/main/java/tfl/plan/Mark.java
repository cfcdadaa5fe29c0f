package tfl.plan;

/** What a value in the written form is, as its first byte. */
enum Mark {
    NULL, AGAIN, RECORD, CHOICE, LIST, SHAPE, INT, LONG, DOUBLE, YES, NO, TEXT;

    private static final Mark[] ALL = values();

    static Mark of(int number) {
        return ALL[number];
    }
}
