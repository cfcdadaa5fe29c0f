/**
 * Programs as data: what lowering decided, step by step, and how that is kept on disk, so that a later process
 * that traces the same graph neither optimises nor fuses it again. Nothing that runs may enter: what runs is made of a
 * plan by {@code tfl.lower.Linker}.
 */
package tfl.plan;
