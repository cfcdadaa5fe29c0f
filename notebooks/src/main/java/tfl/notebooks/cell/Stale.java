package tfl.notebooks.cell;

import java.util.List;

/**
 * A cell whose last run is not what running all cells from the top would give.
 *
 * @param id which cell
 * @param number its number, as in {@code In [3]}
 * @param direct whether what it read has changed; else only a cell that it reads from is stale, and whether it has
 *     to run again shows when that one has
 * @param reasons a phrase each, such as {@code it read `w`, which cell 1 has changed since}
 */
public record Stale(String id, int number, boolean direct, List<String> reasons) {
    public Stale {
        reasons = List.copyOf(reasons);
    }
}
