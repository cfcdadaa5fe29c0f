package tfl.graph;

import java.util.List;
import tfl.language.source.Location;
import tfl.primitive.Primitive;

/**
 * {@code out = op(in)}.
 *
 * @param at what in the source it was traced from; {@link Location#NONE} where nobody wrote it
 */
public record Equation(List<Var> out, Primitive op, List<Atom> in, Location at) {}
