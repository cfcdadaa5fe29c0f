package tfl.stdlib.data;

/** A stream again and again, each round with randomness of its own. */
final class RepeatStage extends Stage {
    private final Opening opening;
    private final long rounds;
    private long round;
    private boolean any;
    private Stage up;

    /** Opens the stream below at its start or at a place, in a round. */
    interface Opening {
        Stage open(long round, Object place);
    }

    /** @param rounds -1 for endless */
    RepeatStage(StepMeter meter, Opening opening, long rounds, long round, Object place) {
        super(meter);
        this.opening = opening;
        this.rounds = rounds;
        this.round = round;
        // A round that was resumed is not known to be empty.
        this.any = !Parameters.isStart(place);
        this.up = opening.open(round, place);
        meter.reads(up.meter);
    }

    @Override
    Object advance() {
        while (rounds < 0 || round < rounds) {
            Object element = up.next();
            if (element != null) {
                any = true;
                return element;
            }
            if (!any) {
                return null;
            }
            up.close();
            round++;
            any = false;
            up = opening.open(round, null);
            meter.reads(up.meter);
        }
        return null;
    }

    @Override
    Place place() {
        return Place.of(up.place(), round);
    }

    @Override
    void close() {
        up.close();
    }
}
