package tfl.stdlib.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/**
 * CSV with a header: a record of columns, each of the type that {@link CsvColumn} finds. A file whose first line holds
 * only numbers has no header and is a matrix.
 */
final class CsvFormat implements FileFormat {
    private static final int LONGEST_LINE = 1 << 26;

    @Override
    public Object read(ByteReader reader) {
        var texts = new BitSet();
        var table = table(reader, texts);
        if (!table.lost().isEmpty()) {
            texts.or(table.lost());
            table = table(reader, texts);
        }
        return table.value();
    }

    private static CsvTable table(ByteReader reader, BitSet texts) {
        var table = new CsvTable(texts);
        reader.position(0);
        boolean marked = reader.remaining() >= 3 && reader.latin(3, "the mark").equals("\u00ef\u00bb\u00bf");
        var stream = reader.stream(marked ? 3 : 0);
        var text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        try (var rows = CsvReader.builder().skipEmptyLines(true).ignoreDifferentFieldCount(true)
                .maxBufferSize(LONGEST_LINE).build(table, text)) {
            rows.forEach(row -> { });
            return table;
        } catch (CsvParseException problem) {
            if (problem.getCause() instanceof CorruptFile own) {
                throw own;
            }
            throw new CorruptFile(stream.position(), problem.getMessage());
        } catch (UncheckedIOException problem) {
            if (problem.getCause() instanceof CharacterCodingException) {
                throw new CorruptFile(TextFormat.firstWrong(reader), "this is not UTF-8 text");
            }
            throw problem;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        if (!(value instanceof RecordValue record)) {
            throw new UnsupportedValue("a CSV file holds a record of columns");
        }
        int rows = record.layout().size() == 0 ? 0 : length(record, 0);
        for (int column = 0; column < record.layout().size(); column++) {
            if (length(record, column) != rows) {
                throw new UnsupportedValue("the column " + record.layout().name(column) + " has "
                        + length(record, column) + " rows, the first has " + rows);
            }
        }
        var text = new OutputStreamWriter(sink.stream(), StandardCharsets.UTF_8);
        var writer = CsvWriter.builder().build(text);
        writer.writeRecord(record.layout().names());
        var cells = new ArrayList<String>();
        for (int row = 0; row < rows; row++) {
            cells.clear();
            for (int column = 0; column < record.layout().size(); column++) {
                cells.add(cell(record.get(column), row));
            }
            writer.writeRecord(cells);
        }
        writer.flush();
        text.flush();
    }

    private static int length(RecordValue record, int column) {
        return switch (record.get(column)) {
            case Tensor tensor when tensor.rank() == 1 -> Math.toIntExact(tensor.size());
            case TupleValue tuple -> tuple.size();
            default -> throw new UnsupportedValue("the column " + record.layout().name(column)
                    + " is neither a tensor of one axis nor a tuple");
        };
    }

    private static String cell(Object column, int row) {
        if (!(column instanceof Tensor tensor)) {
            return String.valueOf(((TupleValue) column).get(row));
        }
        return switch (tensor.dtype().kind()) {
            case BOOL -> tensor.readLong(row) != 0 ? "true" : "false";
            case SIGNED, UNSIGNED -> Long.toString(tensor.readLong(row));
            case FLOAT -> tensor.dtype() == DType.F64 ? Double.toString(tensor.readDouble(row))
                    : Float.toString((float) tensor.readDouble(row));
            case COMPLEX -> throw new UnsupportedValue("a CSV file holds no complex numbers");
        };
    }
}
