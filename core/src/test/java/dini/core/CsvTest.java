package dini.core;

import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dini.core.trace.DerivativeTrace;
import dini.core.trace.TraceStack;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class CsvTest {
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("csv");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(file());
    Files.delete(folder);
  }

  private static Path file() {
    return folder.resolve("table.csv");
  }

  private static Csv.Table read(String text) {
    try {
      return Csv.read(Files.writeString(file(), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuses(String text, String message) {
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> read(text))
        .withMessage("csv: " + file() + message);
  }

  @Example
  void readsNamesAndNumbers() {
    Csv.Table table = read("x,y\n1,2.5\n-3e2,.5\n");
    assertThat(table.columns()).containsExactly("x", "y");
    assertThat(table.values()).isEqualTo(tensor(new double[][] {{1, 2.5}, {-300, .5}}));
  }

  @Example
  void givesAColumnByName() {
    Csv.Table table = read("x,y\n1,2\n3,4\n5,6\n");
    assertThat(table.column("y")).isEqualTo(tensor(2, 4, 6));
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> table.column("z"))
        .withMessage("column: no column \"z\"; the columns are \"x\", \"y\"");
  }

  @Example
  void readsQuotedCells() {
    Csv.Table table = read("\"a, b\",\"say \"\"x\"\"\", \"two\nlines\" ,\"\"\n\"1\",2,\" 3 \",4\n");
    assertThat(table.columns()).containsExactly("a, b", "say \"x\"", "two\nlines", "");
    assertThat(table.values()).isEqualTo(tensor(new double[][] {{1, 2, 3, 4}}));
  }

  @Example
  void readsEveryLineEndByteOrderMarkAndWhiteSpace() {
    Tensor values = tensor(new double[][] {{1, 2}, {3, 4}});
    for (String end : List.of("\n", "\r\n", "\r")) {
      Csv.Table table = read(String.join(end, "\uFEFFx, y", " 1,\t2", "3,4 ", "", "  ", ""));
      assertThat(table.columns()).containsExactly("x", "y");
      assertThat(table.values()).isEqualTo(values);
    }
    assertThat(read("x,y\n1,2\n3,4").values()).isEqualTo(values);
  }

  @Example
  void readsTheWordsOfJavaAndPython() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(read("x\nNaN\nnan\ninf\nInfinity\n-inf\n+Infinity\n-nan").column("x"))
        .isEqualTo(
            tensor(Double.NaN, Double.NaN, infinity, infinity, -infinity, infinity, Double.NaN));
  }

  @Example
  void readsMoreThanItsBuffers() {
    StringBuilder text = new StringBuilder("i,half\r\n");
    int rows = 5000;
    for (int i = 0; i < rows; i++) {
      text.append(i).append(',').append(i / 2.0).append("\r\n");
    }
    Csv.Table table = read(text.toString());
    for (int i = 0; i < rows; i++) {
      assertThat(table.values().item(i, 0)).isEqualTo(i);
      assertThat(table.values().item(i, 1)).isEqualTo(i / 2.0);
    }
    assertThat(table.values().shape()).isEqualTo(Shape.of(rows, 2));
  }

  @Example
  void refusesFilesWithoutRows() {
    refuses("", ": the file is empty, expected a header and at least one row");
    refuses("\n\n", ": the file is empty, expected a header and at least one row");
    refuses("x,y\n\n", ": there are no rows after the header, expected at least one");
  }

  @Example
  void refusesRaggedRows() {
    refuses("x,y\n1,2\n3\n", ", line 3: 1 cells came, expected 2 as in the header");
    refuses("x,y\n1,2,\n", ", line 2: 3 cells came, expected 2 as in the header");
    refuses("\"x\n\",y\n1\n", ", line 3: 1 cells came, expected 2 as in the header");
  }

  @Example
  void refusesBlankLinesBeforeTheEnd() {
    refuses("x\n1\n\n \n2\n", ", line 3: a blank line came between rows");
    refuses("\nx\n1\n", ", line 1: a blank line came, expected the names of the columns");
  }

  @Example
  void refusesWhatIsNotANumber() {
    refuses("x,y\n1,two\n", ", line 2: column \"y\": \"two\" came, expected a number");
    refuses("x,y\n1,\n", ", line 2: column \"y\": an empty cell came, expected a number");
    refuses("x;y\n1;2\n", ", line 2: column \"x;y\": \"1;2\" came, expected a number");
    for (String cell :
        List.of("NA", "1d", "2f", "0x1p3", "0X10", "1_000", "1 2", "-", "e5", "+-inf")) {
      refuses("x\n" + cell, ", line 2: column \"x\": \"" + cell + "\" came, expected a number");
    }
    refuses(
        "x\n\"" + "long\n".repeat(20) + "\"\n",
        ", line 2: column \"x\": \"long\\nlong\\nlong\\nlong\\nlong\\nlong\\nlong…\" came,"
            + " expected a number");
  }

  @Example
  void refusesTwoColumnsOfOneName() {
    refuses("x,y,x\n1,2,3\n", ": two columns are named \"x\"");
  }

  @Example
  void refusesQuotesOutOfPlace() {
    String message = "a quote is out of place: quote the whole cell, and double its quotes";
    refuses("a\"b\n1\n", ", line 1: " + message);
    refuses("x\n\"1\"2\n", ", line 2: " + message);
    refuses("x\n1\n\"2\n3\n", ", line 3: the quote that opens here is not closed");
  }

  @Example
  void refusesOtherEncodingsAndMissingFiles() throws IOException {
    Files.write(file(), "größe\n1\n".getBytes(ISO_8859_1));
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> Csv.read(file()))
        .withMessage("csv: " + file() + ": the text is not UTF-8");
    Path none = folder.resolve("none.csv");
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> Csv.read(none))
        .withMessage("csv: " + none + ": no such file");
    Path inside = folder.resolve("none").resolve("x.csv");
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> Csv.write(inside, List.of("x"), zeros(1, 1)))
        .withMessage("csv: " + inside + ": cannot be made: its folder does not exist");
  }

  @Example
  void writesTextThatOthersRead() throws IOException {
    Csv.write(
        file(), List.of("x", "a, b", " y", ""), tensor(new double[][] {{1, 0.1, -0.0, 1e-5}}));
    assertThat(file()).hasContent("x,\"a, b\",\" y\",\"\"\n1.0,0.1,-0.0,1.0E-5\n");
    Csv.write(file(), List.of("n"), longs(1, Long.MIN_VALUE).reshape(2, 1));
    assertThat(file()).hasContent("n\n1\n-9223372036854775808\n");
    Csv.write(file(), List.of("p", "q"), bools(true, false).reshape(1, 2));
    assertThat(file()).hasContent("p,q\n1,0\n");
  }

  @Property
  void readsBackWhatItWrote(
      @ForAll @Size(min = 1, max = 4) @UniqueElements List<String> columns,
      @ForAll @NotEmpty List<Double> cells) {
    List<Double> numbers = new ArrayList<>(cells);
    numbers.addAll(List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE));
    numbers.addAll(Collections.nCopies((columns.size() - numbers.size() % columns.size()), 0.1));
    Tensor matrix =
        tensor(
            Shape.of(numbers.size() / columns.size(), columns.size()),
            numbers.stream().mapToDouble(x -> x).toArray());
    Csv.write(file(), columns, matrix);
    assertThat(Csv.read(file())).isEqualTo(new Csv.Table(columns, matrix));
  }

  @Example
  void keepsFloatsExactly() {
    Tensor x = floats(0.1f, 1f / 3, 1e-45f).reshape(3, 1);
    Csv.write(file(), List.of("x"), x);
    assertThat(Csv.read(file()).values().toArray()).containsExactly(0.1f, 1f / 3, 1e-45f);
  }

  @Example
  void refusesToWriteWhatItCouldNotRead() {
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> Csv.write(file(), List.of("x", "x"), zeros(1, 2)))
        .withMessage("csv: " + file() + ": two columns are named \"x\"");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Csv.write(file(), List.of("x", "y"), zeros(2, 3)))
        .withMessage(
            "csv: "
                + file()
                + ": f64[2,3] came for 2 column names, expected shape (rows, 2) with at least one"
                + " row and column");
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> Csv.write(file(), List.of("\ud800"), zeros(1, 1)))
        .withMessage("csv: " + file() + ": the names of the columns cannot be encoded as UTF-8");
    for (Tensor x : List.of(zeros(1), zeros(0, 1), zeros(1, 1, 1))) {
      assertThatExceptionOfType(ShapeException.class)
          .isThrownBy(() -> Csv.write(file(), List.of("x"), x));
    }
  }

  @Example
  void aColumnCarriesItsDerivative() {
    Tensor values = tensor(new double[][] {{1, 2}, {3, 4}});
    Tensor tangent = tensor(new double[][] {{5, 6}, {7, 8}});
    DerivativeTrace trace = TraceStack.current().derivative();
    try {
      Csv.Table table = new Csv.Table(List.of("x", "y"), trace.dual(values, tangent));
      assertThat(trace.primal(table.column("y"))).isEqualTo(tensor(2, 4));
      assertThat(trace.tangent(table.column("y"))).isEqualTo(tensor(6, 8));
      Csv.write(file(), table.columns(), table.values());
    } finally {
      TraceStack.current().close(trace);
    }
    assertThat(Csv.read(file()).values()).isEqualTo(values);
  }

  @Example
  void readsTextThatIsInNoFile() {
    Csv.Table table = Csv.read("inline", new StringReader("a,b\n1,2\n3,4\n"));
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(table.values()).isEqualTo(tensor(new double[][] {{1, 2}, {3, 4}}));
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> Csv.read("inline", new StringReader("a\nx\n")))
        .withMessage("csv: inline, line 2: column \"a\": \"x\" came, expected a number");
  }
}
