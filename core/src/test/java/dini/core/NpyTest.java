package dini.core;

import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.nested;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dini.core.trace.BatchTrace;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.TraceStack;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the folder {@code npy} beside this class were written by NumPy 2.4.6. */
class NpyTest {
  /** {@code np.array([[1.5, -2.0, 0.1], [np.inf, -0.0, np.nan]])}. */
  private static final Tensor SPECIAL =
      tensor(new double[][] {{1.5, -2, 0.1}, {Double.POSITIVE_INFINITY, -0.0, Double.NaN}});

  @TempDir private Path folder;

  private static Path numpy(String name) {
    try {
      return Path.of(NpyTest.class.getResource("npy/" + name + ".npy").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor readNumpy(String name) {
    return Npy.read(numpy(name));
  }

  private Tensor roundTrip(Tensor x) {
    Path file = folder.resolve("x.npy");
    Npy.write(file, x);
    return Npy.read(file);
  }

  private void refuses(Path file, String message) {
    assertThatExceptionOfType(NpyException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessage("npy: " + file + message);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** A file of format 1.0 with this header and as many data bytes. */
  private Path file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[10 + text.length + dataBytes];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    System.arraycopy(start, 0, bytes, 0, 10);
    System.arraycopy(text, 0, bytes, 10, text.length);
    return file("made.npy", bytes);
  }

  @Test
  void readsEveryElementType() {
    assertThat(readNumpy("f8")).isEqualTo(SPECIAL);
    assertThat(readNumpy("f4")).isEqualTo(floats(0.1f, -1e30f, 3));
    assertThat(readNumpy("i4")).isEqualTo(nested(new int[][] {{Integer.MIN_VALUE}, {7}}));
    assertThat(readNumpy("i8").toLongArray()).containsExactly(Long.MAX_VALUE);
    assertThat(readNumpy("i8").shape()).isEqualTo(Shape.SCALAR);
    assertThat(readNumpy("b1")).isEqualTo(bools(true, false, true));
    assertThat(readNumpy("empty")).isEqualTo(zeros(0, 3));
  }

  @Test
  void readsBigEndianFiles() {
    assertThat(readNumpy("f8-big-endian")).isEqualTo(SPECIAL);
    assertThat(readNumpy("i4-big-endian")).isEqualTo(ints(1, -2));
  }

  @Test
  void readsFortranOrder() {
    double[] values = IntStream.range(0, 24).asDoubleStream().toArray();
    assertThat(readNumpy("f8-fortran")).isEqualTo(tensor(Shape.of(2, 3, 4), values));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void readsLaterFormats(int version) {
    assertThat(readNumpy("format-" + version)).isEqualTo(tensor(1, 2));
  }

  @Test
  void readsHeadersOfOtherWriters() throws IOException {
    Path file = file("{\"shape\":(2L,) , \"fortran_order\":False,\"descr\":\"<f4\"}", 8);
    assertThat(Npy.read(file)).isEqualTo(floats(0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f8", "f4", "i4", "i8", "b1", "empty"})
  void writesTheBytesOfNumpy(String name) {
    Path file = folder.resolve("x.npy");
    Npy.write(file, readNumpy(name));
    assertThat(file).hasSameBinaryContentAs(numpy(name));
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(roundTrip(SPECIAL)).isEqualTo(SPECIAL);
    assertThat(roundTrip(zeros(0))).isEqualTo(zeros(0));
    assertThat(roundTrip(full(1, DType.BOOL))).isEqualTo(full(1, DType.BOOL));
    for (DType dtype : DType.values()) {
      // longer than a chunk of any dtype, and no multiple of one
      Tensor x = full(Shape.of(3, 22223), 1, dtype);
      assertThat(roundTrip(x)).isEqualTo(x);
    }
  }

  @Test
  void readsBackEveryElementOfManyChunks() {
    double[] values = IntStream.range(0, 20_001).mapToDouble(i -> Math.scalb(i, -7)).toArray();
    assertThat(roundTrip(tensor(values)).toArray()).containsExactly(values);
  }

  @Test
  void writesTheCanonicalNan() throws IOException {
    Path file = folder.resolve("nan.npy");
    Npy.write(file, tensor(Double.longBitsToDouble(0xfff8_0000_0000_0123L)));
    assertThat(Arrays.copyOfRange(Files.readAllBytes(file), 128, 136))
        .containsExactly(0, 0, 0, 0, 0, 0, 0xf8, 0x7f);
  }

  @Test
  void replacesALongerFile() {
    Path file = folder.resolve("x.npy");
    Npy.write(file, zeros(1000));
    Npy.write(file, tensor(1, 2));
    assertThat(Npy.read(file)).isEqualTo(tensor(1, 2));
  }

  @Test
  void refusesOtherElementTypes() {
    String expected = ", expected f8, f4, i4, i8 ('<' or '>') or '|b1'";
    refuses(numpy("u1"), ": dtype '|u1' came" + expected);
    refuses(numpy("object"), ": an array of Python objects ('|O') came" + expected);
    refuses(
        numpy("records"),
        ": an array of records came, expected one number for each element: "
            + "{'descr': [('x', '<f8'), ('n', '<i4')], 'fortran_order': False, 'shape': (1,), }");
  }

  @Test
  void refusesFilesOfAnotherLength() throws IOException {
    byte[] whole = Files.readAllBytes(numpy("f4"));
    refuses(
        file("short.npy", Arrays.copyOf(whole, 139)),
        ": truncated: 11 bytes of data, expected 12 for f32[3]");
    refuses(
        file("long.npy", Arrays.copyOf(whole, 141)),
        ": too long: 13 bytes of data, expected 12 for f32[3]");
    for (int length : new int[] {0, 5, 7, 9, 10, 127}) {
      refuses(
          file("header.npy", Arrays.copyOf(whole, length)),
          ": truncated: the file ends inside its header");
    }
  }

  @Test
  void refusesWhatIsNoNpyFile() throws IOException {
    refuses(
        file("text.npy", "a,b,c\n1,2,3\n".getBytes(StandardCharsets.US_ASCII)),
        ": not an .npy file: it begins with the bytes 61 2c 62 2c 63 0a,"
            + " expected 93 4e 55 4d 50 59");
    refuses(
        file("x.npz", new byte[] {'P', 'K', 3, 4, 0, 0}),
        ": an .npz archive came, expected an .npy file: read it with Npz");
    byte[] newer = Files.readAllBytes(numpy("f4"));
    newer[6] = 4;
    refuses(file("newer.npy", newer), ": format 4.0 came, expected 1.0, 2.0 or 3.0");
    byte[] endless = Files.readAllBytes(numpy("format-2"));
    endless[11] = 1;
    refuses(
        file("endless.npy", endless), ": a header of 16777332 bytes came, expected at most 65536");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (3,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'more': True}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} 1",
        "{'descr': '<f8, 'fortran_order': False, 'shape': (3,)}",
      })
  void refusesMalformedHeaders(String header) throws IOException {
    refuses(
        file(header, 24),
        ": malformed header, expected {'descr': …, 'fortran_order': …, 'shape': …}, got " + header);
  }

  @Test
  void refusesMoreElementsThanATensorHas() throws IOException {
    String start = "{'descr': '|b1', 'fortran_order': True, 'shape': ";
    refuses(file(start + "(3000000000,)}", 1), ": extent 3000000000 is above 2147483647");
    refuses(
        file(start + "(65536, 65536)}", 1),
        ": shape (65536, 65536): more than 2147483647 elements");
  }

  @Test
  void namesWhatIsMissing() {
    refuses(folder.resolve("none.npy"), ": no such file");
    Path file = folder.resolve("none").resolve("x.npy");
    assertThatExceptionOfType(NpyException.class)
        .isThrownBy(() -> Npy.write(file, zeros(2)))
        .withMessage("npy: " + file + ": cannot be made: its folder does not exist");
  }

  @Test
  void writesThePrimalInsideADerivative() {
    DerivativeTrace trace = TraceStack.current().derivative();
    try {
      assertThat(roundTrip(trace.dual(tensor(1, 2), tensor(3, 4)))).isEqualTo(tensor(1, 2));
    } finally {
      TraceStack.current().close(trace);
    }
  }

  @Test
  void leavesTheFileAloneWhereValuesAreNotKnown() {
    Path file = folder.resolve("x.npy");
    Npy.write(file, tensor(1, 2));
    BatchTrace trace = TraceStack.current().batch(2);
    try {
      Tensor lanes = trace.batched(zeros(2, 3));
      assertThatExceptionOfType(TracerException.class).isThrownBy(() -> Npy.write(file, lanes));
    } finally {
      TraceStack.current().close(trace);
    }
    assertThat(Npy.read(file)).isEqualTo(tensor(1, 2));
  }
}
