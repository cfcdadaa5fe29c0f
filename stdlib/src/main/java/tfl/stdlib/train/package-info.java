/**
 * What module {@code train} needs of the outside world: the terminal that progress is drawn on, and the files of
 * checkpoints. Everything else of it is TFL, in {@code train.tfl}. Entry: {@link tfl.stdlib.train.MachineModule}, whose
 * rows only {@code train} imports: {@code from train.machine import columns}.
 */
package tfl.stdlib.train;
