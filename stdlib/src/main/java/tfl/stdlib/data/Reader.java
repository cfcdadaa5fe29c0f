package tfl.stdlib.data;

/** A stage that reads another one. */
abstract class Reader extends Stage {
    final Stage up;

    Reader(StepMeter meter, Stage up) {
        super(meter);
        this.up = up;
        meter.reads(up.meter);
    }

    @Override
    Place place() {
        return up.place();
    }

    @Override
    void close() {
        up.close();
    }
}
