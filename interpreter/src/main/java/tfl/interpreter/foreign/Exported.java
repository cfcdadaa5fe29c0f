package tfl.interpreter.foreign;

/** A value of TFL as other languages hold it; when it comes back it is the value itself again. */
public interface Exported {
    Object value();
}
