package tfl.language.parse;

import tfl.language.source.Source;

/** Whether a prompt should run what was typed, wait for more lines, or show what is wrong. */
public enum Completeness {
    COMPLETE,
    /**
     * A prefix of a correct text: a bracket, a block, a string of several lines or an operand is still
     * missing.
     */
    INCOMPLETE,
    INVALID;

    public static Completeness of(String text) {
        return Parser.parse(Source.of("<input>", text)).completeness();
    }
}
