package tfl.stdlib.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/**
 * CSV with a header: a record of columns. A file whose first line holds only numbers has no header and is a matrix.
 * A column is i64 if all
 * cells are whole numbers, f64 if all are numbers (an empty cell is nan), bool if all are true or false, and
 * else a tuple
 * of str.
 */
final class CsvFormat implements FileFormat {
    @Override
    public Object read(ByteReader reader) {
        var bytes = reader.rest("the text");
        var rows = rows(bytes);
        if (rows.isEmpty()) {
            throw new CorruptFile("the file is empty; a CSV file begins with a header");
        }
        var first = rows.getFirst();
        if (first.getFields().stream().allMatch(CsvColumn::isNumber)) {
            return CsvColumn.matrix(cells(rows, 0, first.getFieldCount()), first.getFieldCount());
        }
        var columns = new LinkedHashMap<String, Object>();
        for (int column = 0; column < first.getFieldCount(); column++) {
            if (columns.put(first.getField(column).strip(), column) != null) {
                throw new CorruptFile("two columns are called " + first.getField(column));
            }
        }
        var table = cells(rows, 1, first.getFieldCount());
        columns.replaceAll((name, index) -> CsvColumn.of(column(table, (Integer) index)));
        return RecordValue.of(columns);
    }

    private static List<CsvRecord> rows(byte[] bytes) {
        var rows = new ArrayList<CsvRecord>();
        try (var reader = CsvReader.builder().skipEmptyLines(true).ofCsvRecord(TextFormat.decode(bytes))) {
            reader.forEach(rows::add);
        } catch (CsvParseException problem) {
            long read = rows.isEmpty() ? 0 : rows.getLast().getStartingLineNumber();
            throw new CorruptFile(bytes.length, "after line " + read + ": " + problem.getMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return rows;
    }

    private static List<List<String>> cells(List<CsvRecord> rows, int from, int columns) {
        var table = new ArrayList<List<String>>();
        for (var row : rows.subList(from, rows.size())) {
            if (row.getFieldCount() != columns) {
                throw new CorruptFile("line " + row.getStartingLineNumber() + " has " + row.getFieldCount()
                        + " cells, the first line has " + columns);
            }
            table.add(row.getFields());
        }
        return table;
    }

    private static List<String> column(List<List<String>> table, int index) {
        return table.stream().map(row -> row.get(index).strip()).toList();
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        if (!(value instanceof RecordValue record)) {
            throw new UnsupportedValue("a CSV file holds a record of columns");
        }
        var text = new StringWriter();
        try (var writer = CsvWriter.builder().build(text)) {
            writer.writeRecord(record.layout().names());
            int rows = record.layout().size() == 0 ? 0 : length(record, 0);
            for (int row = 0; row < rows; row++) {
                var cells = new ArrayList<String>();
                for (int column = 0; column < record.layout().size(); column++) {
                    cells.add(cell(record, column, row, rows));
                }
                writer.writeRecord(cells);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        new TextFormat().write(text.toString(), sink);
    }

    private static int length(RecordValue record, int column) {
        return switch (record.get(column)) {
            case Tensor tensor when tensor.rank() == 1 -> Math.toIntExact(tensor.size());
            case TupleValue tuple -> tuple.size();
            default -> throw new UnsupportedValue("the column " + record.layout().name(column)
                    + " is neither a tensor of one axis nor a tuple");
        };
    }

    private static String cell(RecordValue record, int column, int row, int rows) {
        if (length(record, column) != rows) {
            throw new UnsupportedValue("the column " + record.layout().name(column) + " has "
                    + length(record, column) + " rows, the first has " + rows);
        }
        return switch (record.get(column)) {
            case Tensor tensor -> CsvColumn.text(tensor, row);
            case TupleValue tuple -> String.valueOf(tuple.get(row));
            default -> throw new IllegalStateException();
        };
    }
}
