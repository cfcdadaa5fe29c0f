package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Products;
import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.SliceValue;
import tfl.primitive.ShapeProblem;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;

/**
 * Sums of products named by index letters. Operands are joined two at a time in the {@link ContractionOrder} that
 * costs least: letters that no one else needs are summed, and each pair is one batched matrix product. {@code ...}
 * stands for further axes, which broadcast.
 */
final class Einsum {
    // Axes behind "..." get letters of their own, counted from the last one.
    private static final char FIRST_BATCH = '\ue000';

    private final Tensors ops;
    private final String spec;
    private final Map<Character, Long> sizes = new LinkedHashMap<>();

    private Einsum(Tensors ops, String spec) {
        this.ops = ops;
        this.spec = spec;
    }

    /** A tensor and the letters of its axes. */
    private record Labelled(TensorValue tensor, String letters) {}

    static TensorValue of(Tensors ops, String spec, List<TensorValue> operands) {
        return new Einsum(ops, spec.replace(" ", "")).run(operands);
    }

    private TensorValue run(List<TensorValue> operands) {
        int arrow = spec.indexOf("->");
        String[] inputs = (arrow < 0 ? spec : spec.substring(0, arrow)).split(",", -1);
        if (inputs.length != operands.size()) {
            throw problem("names " + inputs.length + " operands, " + operands.size() + " are given");
        }
        // In one dtype from the start, the order of joining does not show in the wrapping of integers.
        var dtype = operands.stream().map(operand -> operand.type().dtype()).reduce(Promotion::of).orElseThrow();
        var terms = new ArrayList<Labelled>();
        for (int i = 0; i < inputs.length; i++) {
            var operand = operands.get(i);
            terms.add(labelled(inputs.length > 2 ? ops.cast(operand, dtype) : operand, inputs[i]));
        }
        String result = arrow < 0 ? implicit(terms) : explicit(spec.substring(arrow + 2));
        var single = new ArrayList<Labelled>();
        for (int i = 0; i < terms.size(); i++) {
            single.add(summed(diagonal(terms.get(i)), needed(terms, List.of(i), result)));
        }
        var order = ContractionOrder.of(single.stream().map(Labelled::letters).toList(), result, sizes);
        return ordered(join(order, single, result), result);
    }

    private Labelled join(ContractionOrder.Tree tree, List<Labelled> terms, String result) {
        return switch (tree) {
            case ContractionOrder.Tree.Operand(int index) -> terms.get(index);
            case ContractionOrder.Tree.Join(var left, var right) ->
                join(join(left, terms, result), join(right, terms, result),
                        needed(terms, tree.operands(), result));
        };
    }

    private ShapeProblem problem(String text) {
        return new ShapeProblem("TFL-E0340", "the spec \"" + spec + "\" " + text, "as in \"ij,jk->ik\"");
    }

    private Labelled labelled(TensorValue tensor, String written) {
        int rank = tensor.type().shape().rank();
        String letters = written;
        if (written.contains("...")) {
            int batch = rank - (written.length() - 3);
            letters = written.replace("...", batchLetters(Math.max(0, batch)));
        }
        if (letters.length() != rank) {
            throw problem("gives \"" + written + "\" for a tensor of " + rank + " axes");
        }
        for (int axis = 0; axis < rank; axis++) {
            char letter = letters.charAt(axis);
            if (letter < FIRST_BATCH && !Character.isLetter(letter)) {
                throw problem("has \"" + letter + "\", which is no letter");
            }
            note(letter, tensor.type().shape().dim(axis));
        }
        return new Labelled(tensor, letters);
    }

    private void note(char letter, long size) {
        long known = sizes.getOrDefault(letter, size);
        if (known != size && (letter < FIRST_BATCH || known != 1 && size != 1)) {
            throw problem("gives the index " + letter + " the sizes " + known + " and " + size);
        }
        sizes.put(letter, Math.max(known, size));
    }

    private static String batchLetters(int count) {
        var letters = new StringBuilder();
        for (int i = count - 1; i >= 0; i--) {
            letters.append((char) (FIRST_BATCH + i));
        }
        return letters.toString();
    }

    private String allBatch() {
        return batchLetters((int) sizes.keySet().stream().filter(letter -> letter >= FIRST_BATCH).count());
    }

    private String explicit(String written) {
        String letters = written.replace("...", allBatch());
        for (int i = 0; i < letters.length(); i++) {
            if (!sizes.containsKey(letters.charAt(i)) || letters.indexOf(letters.charAt(i), i + 1) >= 0) {
                throw problem("cannot give \"" + written + "\"");
            }
        }
        return letters;
    }

    private String implicit(List<Labelled> terms) {
        String all = terms.stream().map(Labelled::letters).collect(Collectors.joining());
        return allBatch() + sizes.keySet().stream().filter(letter -> letter < FIRST_BATCH)
                .filter(letter -> all.indexOf(letter) == all.lastIndexOf(letter)).sorted()
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** The letters of the result and of all terms but some. */
    private static String needed(List<Labelled> terms, List<Integer> but, String result) {
        return result + IntStream.range(0, terms.size()).filter(k -> !but.contains(k))
                .mapToObj(k -> terms.get(k).letters).collect(Collectors.joining());
    }

    /** A letter that stands twice selects the diagonal. */
    private Labelled diagonal(Labelled term) {
        String letters = term.letters;
        for (int axis = 0; axis < letters.length(); axis++) {
            int other = letters.indexOf(letters.charAt(axis), axis + 1);
            if (other >= 0) {
                int rank = letters.length();
                var front = ops.moveAxis(ops.moveAxis(term.tensor, other, rank - 1), axis, rank - 2);
                var index = ops.count(front.type().shape().dim(rank - 1));
                var subscripts = new Object[rank];
                Arrays.fill(subscripts, new SliceValue(null, null, null));
                subscripts[rank - 2] = index;
                subscripts[rank - 1] = index;
                String rest = new StringBuilder(letters).deleteCharAt(other).deleteCharAt(axis).toString();
                return diagonal(new Labelled(Indexing.get(ops, front, subscripts),
                        rest + letters.charAt(axis)));
            }
        }
        return term;
    }

    /** Without the letters that nobody needs. */
    private Labelled summed(Labelled term, String needed) {
        var axes = new ArrayList<Integer>();
        var kept = new StringBuilder();
        for (int axis = 0; axis < term.letters.length(); axis++) {
            if (needed.indexOf(term.letters.charAt(axis)) < 0) {
                axes.add(axis);
            } else {
                kept.append(term.letters.charAt(axis));
            }
        }
        return axes.isEmpty() ? term : new Labelled(Reductions.sum(ops, term.tensor,
                axes.stream().mapToInt(Integer::intValue).toArray(), false, term.tensor.type().dtype()),
                kept.toString());
    }

    private Labelled join(Labelled a, Labelled b, String needed) {
        var batch = new StringBuilder();
        var inner = new StringBuilder();
        var left = new StringBuilder();
        for (char letter : a.letters.toCharArray()) {
            boolean shared = b.letters.indexOf(letter) >= 0;
            (!shared ? left : needed.indexOf(letter) >= 0 ? batch : inner).append(letter);
        }
        var right = new StringBuilder();
        for (char letter : b.letters.toCharArray()) {
            if (a.letters.indexOf(letter) < 0) {
                right.append(letter);
            }
        }
        // Letters of the left that nobody behind needs were summed before; those of the right too.
        var x = ops.reshape(widened(ordered(a, "" + batch + left + inner), "" + batch + left + inner),
                join(dims(batch), size(left), size(inner)));
        var y = ops.reshape(widened(ordered(b, "" + batch + inner + right), "" + batch + inner + right),
                join(dims(batch), size(inner), size(right)));
        String letters = "" + batch + left + right;
        return summed(new Labelled(ops.reshape(Products.matmul(ops, x, y), dims(letters)), letters), needed);
    }

    private TensorValue widened(TensorValue tensor, String letters) {
        return ops.broadcast(tensor, Shape.of(dims(letters)));
    }

    private long[] dims(CharSequence letters) {
        return letters.chars().mapToLong(letter -> sizes.get((char) letter)).toArray();
    }

    private long size(CharSequence letters) {
        long size = 1;
        for (long dim : dims(letters)) {
            size *= dim;
        }
        return size;
    }

    private static long[] join(long[] batch, long rows, long columns) {
        var dims = Arrays.copyOf(batch, batch.length + 2);
        dims[batch.length] = rows;
        dims[batch.length + 1] = columns;
        return dims;
    }

    private TensorValue ordered(Labelled term, String letters) {
        if (term.letters.equals(letters)) {
            return term.tensor;
        }
        var missing = new StringBuilder(term.letters);
        var tensor = term.tensor;
        for (char letter : letters.toCharArray()) {
            if (term.letters.indexOf(letter) < 0) {
                tensor = ops.expand(tensor, missing.length());
                missing.append(letter);
            }
        }
        int[] order = letters.chars().map(letter -> missing.indexOf(String.valueOf((char) letter))).toArray();
        return ops.permute(tensor, order);
    }
}
