package tfl.stdlib.io;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordWrapper;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.Tensor;

/** Fills columns with the cells of a CSV file, straight from the parser's buffer. */
final class CsvTable extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final CsvCell cell = new CsvCell();
    private final BitSet texts;
    private final List<CsvColumn> columns = new ArrayList<>();
    private List<String> names = new ArrayList<>();
    private boolean first = true;
    private boolean numeric = true;
    /** An empty first cell waits: it may be an empty line, which is none. */
    private boolean waiting;

    /** A table whose columns of these numbers are text. */
    CsvTable(BitSet texts) {
        this.texts = texts;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        if (index == 0 && length == 0 && !quoted) {
            waiting = true;
            return;
        }
        flush(buffer, offset);
        add(index, cell.read(buffer, offset, length));
    }

    private void flush(char[] buffer, int offset) {
        if (waiting) {
            waiting = false;
            add(0, cell.read(buffer, offset, 0));
        }
    }

    private void add(int index, CsvCell.Kind kind) {
        if (first) {
            names.add(kind == CsvCell.Kind.EMPTY ? "" : cell.text());
            numeric &= kind == CsvCell.Kind.WHOLE || kind == CsvCell.Kind.NUMBER;
            var column = new CsvColumn();
            if (texts.get(index)) {
                column.beText();
            }
            column.add(kind, cell);
            columns.add(column);
        } else if (index < columns.size()) {
            columns.get(index).add(kind, cell);
        }
    }

    @Override
    protected RecordWrapper<Boolean> buildRecord() {
        if (isEmptyLine()) {
            waiting = false;
        } else {
            flush(new char[0], 0);
            endLine();
        }
        return wrapRecord(true);
    }

    private void endLine() {
        if (first) {
            first = false;
            if (!numeric) {
                columns.replaceAll(named -> new CsvColumn());
                texts.stream().filter(index -> index < columns.size()).forEach(index -> columns.get(index).beText());
            }
        } else if (getFieldCount() != columns.size()) {
            throw new CorruptFile("line " + getStartingLineNumber() + " has " + getFieldCount()
                    + " cells, the first line has " + columns.size());
        }
    }

    /** The columns that must be read again, as text. */
    BitSet lost() {
        var lost = new BitSet();
        for (int i = 0; i < columns.size(); i++) {
            lost.set(i, columns.get(i).isLost());
        }
        return lost;
    }

    /** A record of columns, or a matrix where there is no header. */
    Object value() {
        if (first) {
            throw new CorruptFile("the file is empty; a CSV file begins with a header");
        }
        if (numeric) {
            return matrix();
        }
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < columns.size(); i++) {
            if (fields.put(names.get(i), columns.get(i).value()) != null) {
                throw new CorruptFile("two columns are called " + names.get(i));
            }
        }
        return RecordValue.of(fields);
    }

    private Tensor matrix() {
        if (!columns.stream().allMatch(CsvColumn::isNumeric)) {
            throw new CorruptFile("the first line holds numbers only, so all lines must; a header is missing");
        }
        int width = columns.size();
        int rows = columns.getFirst().count();
        if (columns.stream().allMatch(CsvColumn::isWhole)) {
            var cells = new long[Math.multiplyExact(rows, width)];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = columns.get(i % width).whole(i / width);
            }
            return Tensor.of(cells, rows, width);
        }
        var cells = new double[Math.multiplyExact(rows, width)];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = columns.get(i % width).number(i / width);
        }
        return Tensor.of(cells, rows, width);
    }
}
