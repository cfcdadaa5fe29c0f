package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tfl.interpreter.value.TupleValue;

/** A stream for each element, several of them open at a time, whose elements are taken in turn. */
final class InterleaveStage extends Reader {
    private final Walk walk;
    private final Opening opening;
    private final int cycle;
    private final int block;
    private final List<Sub> open = new ArrayList<>();
    private long index;
    private int turn;
    private int taken;
    private boolean ended;

    /** Opens the stream that the function gives for an element, at a place. */
    interface Opening {
        Stage open(Object element, long index, Object place);
    }

    /** An open stream, and where the element that it was made of can be read again. */
    private record Sub(Stage stage, Place before, long index) {}

    InterleaveStage(Walk walk, StepMeter meter, Stage up, Opening opening, int cycle, int block) {
        super(meter, up);
        this.walk = walk;
        this.opening = opening;
        this.cycle = cycle;
        this.block = block;
    }

    /**
     * Opens the streams of a place again.
     *
     * @param again opens what is above at a place
     */
    void resume(Object place, Function<Object, Stage> again) {
        index = Parameters.number(Parameters.part(place, 1));
        turn = (int) Parameters.number(Parameters.part(place, 2));
        taken = (int) Parameters.number(Parameters.part(place, 3));
        for (var sub : Parameters.parts(Parameters.part(place, 4))) {
            long number = Parameters.number(Parameters.part(sub, 1));
            var source = again.apply(Parameters.part(sub, 0));
            var before = source.place();
            Object element = source.next();
            source.close();
            if (element == null) {
                throw DataErrors.position("the stream is shorter than when this position was taken");
            }
            open.add(new Sub(opening.open(element, number, Parameters.part(sub, 2)), before, number));
        }
    }

    private void fill() {
        while (open.size() < cycle && !ended) {
            var before = up.place();
            Object element = up.next();
            if (element == null) {
                ended = true;
            } else {
                open.add(new Sub(opening.open(element, index, null), before, index));
                index++;
            }
        }
    }

    @Override
    Object advance() {
        fill();
        while (!open.isEmpty()) {
            turn = turn >= open.size() ? 0 : turn;
            Object element = next(open.get(turn));
            if (element != null) {
                if (++taken == block) {
                    taken = 0;
                    turn++;
                }
                return element;
            }
            open.remove(turn).stage.close();
            taken = 0;
            refill();
        }
        return null;
    }

    private Object next(Sub sub) {
        try {
            return sub.stage.next();
        } catch (Crew.Cancelled cancelled) {
            throw cancelled;
        } catch (RuntimeException failure) {
            throw walk.session().moved(failure, meter + ", element " + sub.index);
        }
    }

    /** The next stream takes the turn of the one that ended. */
    private void refill() {
        if (!ended) {
            int last = open.size();
            fill();
            if (open.size() > last) {
                open.add(turn, open.removeLast());
            }
        }
    }

    @Override
    Place place() {
        record Half(Place before, long index, Place at) {}
        var halves = open.stream().map(sub -> new Half(sub.before, sub.index, sub.stage.place())).toList();
        var above = up.place();
        long next = index;
        long nowTurn = turn;
        long nowTaken = taken;
        return () -> TupleValue.of(above.plain(), next, nowTurn, nowTaken, new TupleValue(halves.stream()
                .map(half -> TupleValue.of(half.before.plain(), half.index, half.at.plain())).toArray()));
    }

    @Override
    void close() {
        open.forEach(sub -> sub.stage.close());
        super.close();
    }
}
