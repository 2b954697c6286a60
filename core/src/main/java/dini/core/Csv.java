package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.trace.Bind;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables of numbers in comma-separated files: UTF-8, one header line with the names of the columns,
 * then one line for each row with a number in every cell.
 *
 * <p>Cells may be quoted as RFC 4180 says: between quotes, commas and line breaks belong to the
 * cell and two quotes stand for one. White space around a cell that is not quoted is dropped. Lines
 * end with LF, CRLF or CR; a byte order mark at the beginning and blank lines at the end are
 * skipped.
 *
 * <p>A number is written as in Java or Python, without a type suffix: {@code 3}, {@code -0.5},
 * {@code 1e-3}, {@code nan}, {@code inf}, {@code -Infinity} (the words in any case). An empty cell
 * is not a number: decide before reading what should stand for what is missing.
 *
 * <pre>{@code
 * Csv.Table houses = Csv.read(Path.of("houses.csv"));
 * Tensor price = houses.column("price");
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180, Common Format and MIME Type for
 *     CSV Files</a>
 */
public final class Csv {
  private Csv() {}

  /**
   * A matrix whose columns have names.
   *
   * @param columns the names
   * @param values a tensor of shape (rows, columns)
   */
  public record Table(List<String> columns, Tensor values) {
    /** Copies the names. Shapes are not checked: a gradient or a batch of tables is one too. */
    public Table {
      columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param name its name
     * @return a vector with one element for each row
     * @throws IndexException if no column has this name
     */
    public Tensor column(String name) {
      int column = columns.indexOf(name);
      if (column < 0) {
        throw new IndexException(
            "column: no column "
                + quoted(name)
                + "; the columns are "
                + String.join(", ", columns.stream().map(Csv::quoted).toList()));
      }
      return values.get(Index.all(), Index.at(column));
    }
  }

  /**
   * Reads a table.
   *
   * @param file the file
   * @return its columns and a FLOAT64 matrix of shape (rows, columns)
   * @throws CsvException if there is no such file, it is empty, it is not UTF-8, two columns have
   *     one name, there are no rows, a row has more or fewer cells than the header, a cell is not a
   *     number, a quote is out of place, or there are more than 2^31 - 1 numbers
   * @throws UncheckedIOException if reading fails
   */
  public static Table read(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw new CsvException("csv: " + file + ": no such file");
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * Reads a table from anywhere, for instance from a resource of a program.
   *
   * @param name what messages call it
   * @param in the text; it is read to the end and not closed
   * @return its columns and a FLOAT64 matrix of shape (rows, columns)
   * @throws CsvException as {@link #read(Path)}
   * @throws UncheckedIOException if reading fails
   */
  public static Table read(String name, Reader in) {
    try {
      return new Records(name, in).table();
    } catch (CharacterCodingException e) {
      throw new CsvException("csv: " + name + ": the text is not UTF-8");
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static UncheckedIOException failed(Object file, IOException e) {
    return new UncheckedIOException("csv: " + file + ": reading failed: " + e, e);
  }

  /**
   * Writes a table to a file, which is made or replaced. {@link #read} gives back the same names
   * and the same numbers, as FLOAT64: floating-point numbers are written as {@link Double#toString}
   * does, integers without a point, truth values as 0 and 1. Only an INT64 beyond 2^53 is rounded
   * when it is read.
   *
   * @param file the file
   * @param columns the names of the columns
   * @param matrix the values, of shape (rows, columns), with at least one row and one column;
   *     inside a derivative, its value is written
   * @throws ShapeException if the matrix has no elements, another rank than 2, or not one column
   *     for each name
   * @throws CsvException if two columns have one name, a name has a lone surrogate, or the folder
   *     does not exist
   * @throws TracerException inside vmap or a staged function, where values are not known
   * @throws UncheckedIOException if writing fails
   */
  public static void write(Path file, List<String> columns, Tensor matrix) {
    Shape shape = matrix.shape();
    if (shape.rank() != 2 || shape.size() == 0 || shape.extent(1) != columns.size()) {
      throw new ShapeException(
          "csv: "
              + file
              + ": "
              + matrix.type()
              + " came for "
              + columns.size()
              + " column names, expected shape (rows, "
              + columns.size()
              + ") with at least one row and column");
    }
    checkDistinct(file, columns);
    String header = String.join(",", columns.stream().map(Csv::headerCell).toList());
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(header)) {
      throw new CsvException(
          "csv: " + file + ": the names of the columns cannot be encoded as UTF-8");
    }
    DenseTensor dense = Bind.read(matrix);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(header);
      out.write('\n');
      for (int at = 0; at < shape.size(); at++) {
        out.write(cell(dense, at));
        out.write((at + 1) % columns.size() == 0 ? '\n' : ',');
      }
    } catch (NoSuchFileException e) {
      throw new CsvException("csv: " + file + ": cannot be made: its folder does not exist");
    } catch (IOException e) {
      throw new UncheckedIOException("csv: " + file + ": writing failed: " + e, e);
    }
  }

  private static void checkDistinct(Object file, List<String> columns) {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new CsvException("csv: " + file + ": two columns are named " + quoted(column));
      }
    }
  }

  private static String cell(DenseTensor x, int at) {
    return switch (x.data()) {
      case double[] a -> Double.toString(a[at]);
      // widened first: the text of a float is read back as another FLOAT64
      case float[] a -> Double.toString(a[at]);
      case int[] a -> Integer.toString(a[at]);
      case long[] a -> Long.toString(a[at]);
      default -> x.booleans()[at] ? "1" : "0";
    };
  }

  private static String headerCell(String name) {
    boolean plain = !name.isEmpty() && name.equals(name.strip());
    for (char special : new char[] {',', '"', '\n', '\r', Records.BYTE_ORDER_MARK}) {
      plain &= name.indexOf(special) < 0;
    }
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text for a message: quoted, in one line, cut where it is long. */
  private static String quoted(String text) {
    int most = 40;
    String line = text.replace("\r", "\\r").replace("\n", "\\n");
    return '"' + (line.length() > most ? line.substring(0, most) + "…" : line) + '"';
  }

  /** Takes a file apart into records of cells. */
  private static final class Records {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final int END = -1;

    private final String file;
    private final Reader in;
    private final char[] buffer = new char[1 << 14];
    private int filled;
    private int at;

    /** The line of the next character. */
    private int line = 1;

    /** The line where the last record began. */
    private int start;

    private boolean quotedCell;
    private double[] values = new double[1 << 10];
    private int size;

    Records(String file, Reader in) {
      this.file = file;
      this.in = in;
    }

    Table table() throws IOException {
      if (peek() == BYTE_ORDER_MARK) {
        at++;
      }
      List<String> columns = record();
      if (columns == null || isBlank(columns)) {
        if (columns != null && skipBlank() != null) {
          throw error(1, "a blank line came, expected the names of the columns");
        }
        throw new CsvException(
            "csv: " + file + ": the file is empty, expected a header and at least one row");
      }
      checkDistinct(file, columns);
      int rows = 0;
      for (List<String> row = record(); row != null; row = record()) {
        if (isBlank(row)) {
          int blank = start;
          if (skipBlank() != null) {
            throw error(blank, "a blank line came between rows");
          }
          break;
        }
        add(columns, row);
        rows++;
      }
      if (rows == 0) {
        throw new CsvException(
            "csv: " + file + ": there are no rows after the header, expected at least one");
      }
      Shape shape = Shape.of(rows, columns.size());
      return new Table(columns, DenseTensor.adopt(shape, Arrays.copyOf(values, size)));
    }

    private void add(List<String> columns, List<String> row) {
      if (row.size() != columns.size()) {
        throw error(
            start, row.size() + " cells came, expected " + columns.size() + " as in the header");
      }
      if (size > Integer.MAX_VALUE - 8 - row.size()) {
        throw error(start, "there are too many numbers for one tensor");
      }
      if (size + row.size() > values.length) {
        long longer = Math.max(size + row.size(), values.length + (values.length >> 1) + 1L);
        values = Arrays.copyOf(values, (int) Math.min(longer, Integer.MAX_VALUE - 8));
      }
      for (int i = 0; i < columns.size(); i++) {
        values[size++] = number(columns.get(i), row.get(i));
      }
    }

    private double number(String column, String cell) {
      String text = cell.strip();
      if (!text.isEmpty()) {
        char last = text.charAt(text.length() - 1);
        boolean decimal = last >= '0' && last <= '9' || last == '.';
        try {
          if (!decimal) {
            return word(text);
          }
          // parseDouble takes hexadecimal numbers too
          if (text.indexOf('x') < 0 && text.indexOf('X') < 0) {
            return Double.parseDouble(text);
          }
        } catch (NumberFormatException e) {
          // falls to the error below, which knows the place
        }
      }
      throw error(
          start,
          "column "
              + quoted(column)
              + (text.isEmpty() ? ": an empty cell came" : ": " + quoted(cell) + " came")
              + ", expected a number");
    }

    private static double word(String text) {
      boolean negative = text.startsWith("-");
      String magnitude = negative || text.startsWith("+") ? text.substring(1) : text;
      if (magnitude.equalsIgnoreCase("nan")) {
        return Double.NaN;
      }
      if (magnitude.equalsIgnoreCase("inf") || magnitude.equalsIgnoreCase("infinity")) {
        return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      throw new NumberFormatException();
    }

    /** The next record that is not blank, or null at the end. */
    private List<String> skipBlank() throws IOException {
      List<String> next = record();
      while (next != null && isBlank(next)) {
        next = record();
      }
      return next;
    }

    /** Whether the last record is a line of nothing but white space. */
    private boolean isBlank(List<String> cells) {
      return cells.size() == 1 && cells.getFirst().isEmpty() && !quotedCell;
    }

    /** The cells of the next record, or null at the end of the file. */
    private List<String> record() throws IOException {
      if (peek() == END) {
        return null;
      }
      start = line;
      List<String> cells = new ArrayList<>();
      cells.add(cell());
      while (peek() == ',') {
        at++;
        cells.add(cell());
      }
      endLine();
      return cells;
    }

    private String cell() throws IOException {
      StringBuilder text = new StringBuilder();
      quotedCell = false;
      for (int c = peek(); c != ',' && !isEnd(c); c = peek()) {
        if (c == '"' && !quotedCell && text.toString().isBlank()) {
          text.setLength(0);
          quote(text);
          quotedCell = true;
        } else if (c == '"' || quotedCell && !Character.isWhitespace(c)) {
          throw error(line, "a quote is out of place: quote the whole cell, and double its quotes");
        } else {
          if (!quotedCell) {
            text.append((char) c);
          }
          at++;
        }
      }
      return quotedCell ? text.toString() : text.toString().strip();
    }

    private void quote(StringBuilder text) throws IOException {
      int opened = line;
      at++;
      while (true) {
        int c = peek();
        if (c == END) {
          throw error(opened, "the quote that opens here is not closed");
        }
        if (c == '\r' || c == '\n') {
          text.append((char) c);
          at++;
          if (c == '\r' && peek() == '\n') {
            text.append('\n');
            at++;
          }
          line++;
          continue;
        }
        at++;
        if (c == '"') {
          if (peek() != '"') {
            return;
          }
          at++;
        }
        text.append((char) c);
      }
    }

    private void endLine() throws IOException {
      if (peek() == '\r') {
        at++;
        if (peek() == '\n') {
          at++;
        }
      } else if (peek() == '\n') {
        at++;
      }
      line++;
    }

    private static boolean isEnd(int c) {
      return c == END || c == '\n' || c == '\r';
    }

    /** The next character, not consumed, or {@link #END}. */
    private int peek() throws IOException {
      if (at == filled) {
        filled = Math.max(0, in.read(buffer));
        at = 0;
      }
      return filled == 0 ? END : buffer[at];
    }

    private CsvException error(int line, String message) {
      return new CsvException("csv: " + file + ", line " + line + ": " + message);
    }
  }
}
