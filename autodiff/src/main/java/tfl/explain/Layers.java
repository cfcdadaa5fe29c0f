package tfl.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Places the boxes of a graph in rows, so that every edge leads downwards: each box below all that lead to it, within
 * a row near its neighbours, edges over several rows through gaps kept free for them.
 */
final class Layers {
    private static final int SWEEPS = 8;
    private static final double GAP = 24;
    private static final double ROW_GAP = 44;
    private static final double LANE = 8;

    /** A box, or a place where an edge passes a row. */
    static final class Box {
        final double width;
        final double height;
        private final List<Box> above = new ArrayList<>();
        private final List<Box> below = new ArrayList<>();
        private int row;
        private double x;
        private double top;
        private double ceiling;
        private double floor;

        Box(double width, double height) {
            this.width = width;
            this.height = height;
        }

        /** The middle, from the left. */
        double x() {
            return x;
        }

        double top() {
            return top;
        }

        double bottom() {
            return top + height;
        }

        /** The top of its row: no box stands between it and the floor of the row above. */
        double ceiling() {
            return ceiling;
        }

        double floor() {
            return floor;
        }
    }

    private record Edge(Box from, Box to) {}

    private final List<Box> boxes = new ArrayList<>();
    private final LinkedHashSet<Edge> edges = new LinkedHashSet<>();
    private final List<List<Box>> rows = new ArrayList<>();
    private final List<List<Box>> routes = new ArrayList<>();
    private double width;
    private double height;

    /** One more box; boxes come in an order in which edges lead forwards. */
    Box box(double wide, double high) {
        var box = new Box(wide, high);
        boxes.add(box);
        return box;
    }

    void edge(Box from, Box to) {
        edges.add(new Edge(from, to));
    }

    /** Places all boxes. */
    void place() {
        edges.forEach(edge -> edge.from().below.add(edge.to()));
        edges.forEach(edge -> edge.to().above.add(edge.from()));
        chooseRows();
        boxes.forEach(box -> row(box.row).add(box));
        boxes.forEach(box -> box.above.clear());
        boxes.forEach(box -> box.below.clear());
        edges.forEach(this::route);
        order();
        spread();
        stack();
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /** For each edge the boxes it joins and the places it passes between them. */
    List<List<Box>> routes() {
        return routes;
    }

    private void chooseRows() {
        for (var box : boxes) {
            box.row = box.above.stream().mapToInt(other -> other.row + 1).max().orElse(0);
        }
        // What nothing leads to stands just above who reads it first.
        for (var box : boxes) {
            if (box.above.isEmpty() && !box.below.isEmpty()) {
                box.row = box.below.stream().mapToInt(other -> other.row).min().getAsInt() - 1;
            }
        }
    }

    private List<Box> row(int index) {
        while (rows.size() <= index) {
            rows.add(new ArrayList<>());
        }
        return rows.get(index);
    }

    private void route(Edge edge) {
        var route = new ArrayList<>(List.of(edge.from()));
        for (int index = edge.from().row + 1; index < edge.to().row; index++) {
            var lane = new Box(LANE, 0);
            lane.row = index;
            row(index).add(lane);
            route.add(lane);
        }
        route.add(edge.to());
        for (int k = 1; k < route.size(); k++) {
            route.get(k - 1).below.add(route.get(k));
            route.get(k).above.add(route.get(k - 1));
        }
        routes.add(route);
    }

    /** Sorts each row by where the neighbours of its boxes stand, downwards and upwards in turn. */
    private void order() {
        var places = new HashMap<Box, Integer>();
        rows.forEach(row -> note(row, places));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (var row : down ? rows : rows.reversed()) {
                var keys = new HashMap<Box, Double>();
                row.forEach(box -> keys.put(box, mean(down ? box.above : box.below, places::get, places.get(box))));
                row.sort(Comparator.comparing(keys::get));
                note(row, places);
            }
        }
    }

    private static void note(List<Box> row, Map<Box, Integer> places) {
        for (int k = 0; k < row.size(); k++) {
            places.put(row.get(k), k);
        }
    }

    private static double mean(List<Box> neighbours, ToDoubleFunction<Box> of, double otherwise) {
        return neighbours.stream().mapToDouble(of).average().orElse(otherwise);
    }

    /** Moves boxes sideways towards their neighbours, keeping their order. */
    private void spread() {
        for (var row : rows) {
            place(row, new double[row.size()]);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (var row : down ? rows : rows.reversed()) {
                place(row, row.stream().mapToDouble(box -> mean(down ? box.above : box.below, Box::x, box.x))
                        .toArray());
            }
        }
        var left = boxes.stream().mapToDouble(box -> box.x - box.width / 2).min().orElse(0);
        var all = rows.stream().flatMap(List::stream).toList();
        left = Math.min(left, all.stream().mapToDouble(box -> box.x - box.width / 2).min().orElse(0));
        for (var box : all) {
            box.x += GAP - left;
            width = Math.max(width, box.x + box.width / 2 + GAP);
        }
    }

    /** As near to where they want to be as their order allows: halfway between pushing right and pushing left. */
    private static void place(List<Box> row, double[] wanted) {
        var right = pushed(row, wanted, 1);
        Collections.reverse(row);
        var left = pushed(row, reversed(wanted), -1);
        Collections.reverse(row);
        for (int k = 0; k < wanted.length; k++) {
            row.get(k).x = (right[k] + left[wanted.length - 1 - k]) / 2;
        }
    }

    private static double[] pushed(List<Box> row, double[] wanted, int direction) {
        var at = wanted.clone();
        for (int k = 1; k < at.length; k++) {
            double apart = apart(row.get(k - 1), row.get(k));
            at[k] = direction > 0 ? Math.max(at[k], at[k - 1] + apart) : Math.min(at[k], at[k - 1] - apart);
        }
        return at;
    }

    private static double apart(Box a, Box b) {
        boolean lanes = a.height == 0 && b.height == 0;
        return (a.width + b.width) / 2 + (lanes ? 0 : GAP);
    }

    private static double[] reversed(double[] numbers) {
        var reversed = new double[numbers.length];
        for (int k = 0; k < numbers.length; k++) {
            reversed[k] = numbers[numbers.length - 1 - k];
        }
        return reversed;
    }

    private void stack() {
        double top = GAP;
        for (var row : rows) {
            double high = row.stream().mapToDouble(box -> box.height).max().orElse(0);
            for (var box : row) {
                box.top = top + (high - box.height) / 2;
                box.ceiling = top;
                box.floor = top + high;
            }
            top += high + ROW_GAP;
        }
        height = top - ROW_GAP + GAP;
    }
}
