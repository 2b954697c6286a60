package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;
import dini.core.trace.Bind;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tensors in files of NumPy's {@code .npy} format, which {@code numpy.load} and {@code numpy.save}
 * read and write.
 *
 * <table>
 * <caption>The element types of both sides</caption>
 * <tr><th>dtype</th><th>written as</th><th>read from</th></tr>
 * <tr><td>{@link DType#FLOAT64}</td><td>{@code <f8}</td><td>{@code <f8}, {@code >f8}</td></tr>
 * <tr><td>{@link DType#FLOAT32}</td><td>{@code <f4}</td><td>{@code <f4}, {@code >f4}</td></tr>
 * <tr><td>{@link DType#INT32}</td><td>{@code <i4}</td><td>{@code <i4}, {@code >i4}</td></tr>
 * <tr><td>{@link DType#INT64}</td><td>{@code <i8}</td><td>{@code <i8}, {@code >i8}</td></tr>
 * <tr><td>{@link DType#BOOL}</td><td>{@code |b1}</td><td>{@code |b1}</td></tr>
 * </table>
 *
 * <p>Other element types are refused: convert them in NumPy, where {@code x.astype('f8')} does so.
 *
 * <pre>{@code
 * Npy.write(Path.of("x.npy"), tensor(1, 2, 3));
 * Tensor x = Npy.read(Path.of("x.npy"));
 * }</pre>
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format,
 *     in NumPy's documentation</a>
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Data begin at a multiple of this, so that they can be mapped into memory. */
  private static final int ALIGNMENT = 64;

  /** NumPy leaves room for the first extent to grow to this many digits. */
  private static final int GROWTH_DIGITS = 21;

  /** A longer header is no header: that of an array of 64 axes is shorter than this. */
  private static final int LONGEST_HEADER = 1 << 16;

  private static final int CHUNK_BYTES = 1 << 16;

  private Npy() {}

  /**
   * Writes a tensor to a file, which is made or replaced: format 1.0, little-endian, C order, the
   * same bytes as {@code numpy.save} but for a NaN, which is written as the canonical one.
   *
   * @param file the file
   * @param x the tensor; inside a derivative, its value is written
   * @throws NpyException if the folder does not exist
   * @throws TracerException inside vmap or a staged function, where values are not known
   * @throws UncheckedIOException if writing fails
   */
  public static void write(Path file, Tensor x) {
    DenseTensor dense = Bind.read(x);
    try (SeekableByteChannel out =
        Files.newByteChannel(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(out, ByteBuffer.wrap(header(dense.type())));
      writeElements(out, dense);
    } catch (NoSuchFileException e) {
      throw new NpyException("npy: " + file + ": cannot be made: its folder does not exist");
    } catch (IOException e) {
      throw new UncheckedIOException("npy: " + file + ": writing failed: " + e, e);
    }
  }

  /**
   * Reads the tensor of a file: format 1.0, 2.0 or 3.0, little- or big-endian, C or Fortran order.
   *
   * @param file the file, holding one array and nothing after it
   * @return the tensor, with the shape of the array and the dtype of the table above
   * @throws NpyException if there is no such file, it is not an {@code .npy} file, it is truncated
   *     or longer than its header says, its elements are of another type (objects, records,
   *     strings, complex numbers, …), or it has more than 2^31 - 1 of them
   * @throws UncheckedIOException if reading fails
   */
  public static Tensor read(Path file) {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      return read(file, in);
    } catch (NoSuchFileException e) {
      throw new NpyException("npy: " + file + ": no such file");
    } catch (EOFException e) {
      throw new NpyException("npy: " + file + ": truncated: the file ends inside its header");
    } catch (IOException e) {
      throw new UncheckedIOException("npy: " + file + ": reading failed: " + e, e);
    }
  }

  private static byte[] header(TensorType type) {
    String shape = type.shape().toString();
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(descr(type.dtype()))
            .append("', 'fortran_order': False, 'shape': ")
            .append(shape)
            .append(", }");
    if (type.shape().rank() > 0) {
      int digits = Integer.toString(type.shape().extent(0)).length();
      text.append(" ".repeat(GROWTH_DIGITS - digits));
    }
    int before = MAGIC.length + 4;
    int padding = ALIGNMENT - (before + text.length() + 1) % ALIGNMENT;
    text.append(" ".repeat(padding)).append('\n');
    return ByteBuffer.allocate(before + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.toString().getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> "<f8";
      case FLOAT32 -> "<f4";
      case INT32 -> "<i4";
      case INT64 -> "<i8";
      case BOOL -> "|b1";
    };
  }

  private static int bytes(DType dtype) {
    return switch (dtype) {
      case FLOAT64, INT64 -> 8;
      case FLOAT32, INT32 -> 4;
      case BOOL -> 1;
    };
  }

  private static void writeElements(SeekableByteChannel out, DenseTensor x) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int most = CHUNK_BYTES / bytes(x.dtype());
    int size = x.shape().size();
    for (int at = 0; at < size; ) {
      int end = at + Math.min(most, size - at);
      switch (x.data()) {
        case double[] a -> {
          for (int i = at; i < end; i++) {
            chunk.putLong(Double.doubleToLongBits(a[i])); // not "raw": one NaN in all files
          }
        }
        case float[] a -> {
          for (int i = at; i < end; i++) {
            chunk.putInt(Float.floatToIntBits(a[i]));
          }
        }
        case int[] a -> {
          for (int i = at; i < end; i++) {
            chunk.putInt(a[i]);
          }
        }
        case long[] a -> {
          for (int i = at; i < end; i++) {
            chunk.putLong(a[i]);
          }
        }
        default -> {
          for (int i = at; i < end; i++) {
            chunk.put((byte) (x.booleans()[i] ? 1 : 0));
          }
        }
      }
      writeAll(out, chunk.flip());
      chunk.clear();
      at = end;
    }
  }

  private static void writeAll(SeekableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static Tensor read(Path file, SeekableByteChannel in) throws IOException {
    Header header = Header.of(file, in);
    Shape shape = header.storedShape(file);
    DType dtype = header.dtype(file);
    long expected = (long) shape.size() * bytes(dtype);
    long came = in.size() - in.position();
    if (came != expected) {
      throw new NpyException(
          "npy: "
              + file
              + (came < expected ? ": truncated: " : ": too long: ")
              + came
              + " bytes of data, expected "
              + expected
              + " for "
              + new TensorType(Shape.of(header.extents(file)), dtype));
    }
    DenseTensor stored = DenseTensor.allocate(new TensorType(shape, dtype));
    readElements(in, stored, header.order());
    return header.fortranOrder() ? reversedAxes(stored) : stored;
  }

  private static void readElements(SeekableByteChannel in, DenseTensor x, ByteOrder order)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(order);
    int bytes = bytes(x.dtype());
    int size = x.shape().size();
    for (int at = 0; at < size; ) {
      int n = Math.min(CHUNK_BYTES / bytes, size - at);
      readAll(in, chunk.clear().limit(n * bytes));
      switch (x.data()) {
        case double[] a -> chunk.asDoubleBuffer().get(a, at, n);
        case float[] a -> chunk.asFloatBuffer().get(a, at, n);
        case int[] a -> chunk.asIntBuffer().get(a, at, n);
        case long[] a -> chunk.asLongBuffer().get(a, at, n);
        default -> {
          for (int i = at; i < at + n; i++) {
            x.booleans()[i] = chunk.get() != 0;
          }
        }
      }
      at += n;
    }
  }

  private static ByteBuffer readAll(SeekableByteChannel in, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (in.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }

  /** An array in Fortran order is, in C order, the array with its axes reversed. */
  private static DenseTensor reversedAxes(DenseTensor stored) {
    Shape shape = Shape.of(reversed(stored.shape().toArray()));
    DenseTensor out = DenseTensor.allocate(new TensorType(shape, stored.dtype()));
    int[] from = reversed(Strided.strides(stored.shape()));
    Strided.copy(shape, stored.data(), 0, from, out.data(), 0, Strided.strides(shape));
    return out;
  }

  private static int[] reversed(int[] values) {
    int[] out = new int[values.length];
    Arrays.setAll(out, i -> values[values.length - 1 - i]);
    return out;
  }

  /** The three entries of a header. */
  private record Header(String descr, boolean fortranOrder, List<Long> shape) {

    static Header of(Path file, SeekableByteChannel in) throws IOException {
      byte[] magic = readAll(in, ByteBuffer.allocate(MAGIC.length)).array();
      if (!Arrays.equals(magic, MAGIC)) {
        boolean zip = magic[0] == 'P' && magic[1] == 'K';
        throw new NpyException(
            "npy: "
                + file
                + (zip
                    ? ": an .npz archive came, expected an .npy file: unzip it and read its members"
                    : ": not an .npy file: it begins with the bytes "
                        + hex(magic)
                        + ", expected "
                        + hex(MAGIC)));
      }
      ByteBuffer version = readAll(in, ByteBuffer.allocate(2));
      int major = version.get() & 0xff;
      int minor = version.get() & 0xff;
      if (major < 1 || major > 3 || minor != 0) {
        throw new NpyException(
            "npy: " + file + ": format " + major + "." + minor + " came, expected 1.0, 2.0 or 3.0");
      }
      ByteBuffer prefix = ByteBuffer.allocate(major == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
      readAll(in, prefix);
      long length =
          major == 1
              ? Short.toUnsignedLong(prefix.getShort())
              : Integer.toUnsignedLong(prefix.getInt());
      if (length > LONGEST_HEADER) {
        throw new NpyException(
            "npy: "
                + file
                + ": a header of "
                + length
                + " bytes came, expected at most "
                + LONGEST_HEADER);
      }
      Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
      byte[] text = readAll(in, ByteBuffer.allocate((int) length)).array();
      return new Literal(file, new String(text, charset)).header();
    }

    ByteOrder order() {
      return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    DType dtype(Path file) {
      return switch (descr) {
        case "<f8", ">f8" -> DType.FLOAT64;
        case "<f4", ">f4" -> DType.FLOAT32;
        case "<i4", ">i4" -> DType.INT32;
        case "<i8", ">i8" -> DType.INT64;
        case "|b1" -> DType.BOOL;
        default ->
            throw new NpyException(
                "npy: "
                    + file
                    + (descr.startsWith("|O")
                        ? ": an array of Python objects ('" + descr + "') came"
                        : ": dtype '" + descr + "' came")
                    + ", expected f8, f4, i4, i8 ('<' or '>') or '|b1'");
      };
    }

    int[] extents(Path file) {
      int[] extents = new int[shape.size()];
      for (int axis = 0; axis < extents.length; axis++) {
        long extent = shape.get(axis);
        if (extent > Integer.MAX_VALUE) {
          throw new NpyException(
              "npy: " + file + ": extent " + extent + " is above " + Integer.MAX_VALUE);
        }
        extents[axis] = (int) extent;
      }
      return extents;
    }

    /** The shape as which the elements stand in the file, row after row. */
    Shape storedShape(Path file) {
      int[] extents = extents(file);
      try {
        return Shape.of(fortranOrder ? reversed(extents) : extents);
      } catch (ShapeException e) {
        throw new NpyException("npy: " + file + ": " + e.getMessage());
      }
    }
  }

  /** Reads the header's Python literal: a dict of a string, a truth value and a tuple. */
  private static final class Literal {
    private final Path file;
    private final String text;
    private int at;

    Literal(Path file, String text) {
      this.file = file;
      this.text = text;
    }

    Header header() {
      String descr = null;
      Boolean fortranOrder = null;
      List<Long> shape = null;
      expect('{');
      while (!comes('}')) {
        String key = string();
        expect(':');
        switch (key) {
          case "descr" -> descr = descr();
          case "fortran_order" -> fortranOrder = truth();
          case "shape" -> shape = tuple();
          default -> throw malformed();
        }
        if (!comes(',')) {
          expect('}');
          break;
        }
      }
      if (descr == null || fortranOrder == null || shape == null || !text.substring(at).isBlank()) {
        throw malformed();
      }
      return new Header(descr, fortranOrder, shape);
    }

    private String descr() {
      if (peek() == '[') {
        throw new NpyException(
            "npy: "
                + file
                + ": an array of records came, expected one number for each element: "
                + text.strip());
      }
      return string();
    }

    private String string() {
      char quote = peek();
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw malformed();
      }
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private boolean truth() {
      peek();
      for (boolean value : new boolean[] {true, false}) {
        String word = value ? "True" : "False";
        if (text.startsWith(word, at)) {
          at += word.length();
          return value;
        }
      }
      throw malformed();
    }

    private List<Long> tuple() {
      List<Long> values = new ArrayList<>();
      expect('(');
      while (!comes(')')) {
        values.add(number());
        if (!comes(',')) {
          expect(')');
          break;
        }
      }
      return values;
    }

    private long number() {
      peek();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      String digits = text.substring(start, at);
      comes('L'); // Python 2 wrote long integers so
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw malformed();
      }
    }

    private void expect(char c) {
      if (!comes(c)) {
        throw malformed();
      }
    }

    private boolean comes(char c) {
      boolean came = peek() == c;
      at += came ? 1 : 0;
      return came;
    }

    /** The next character that is not white, or 0 at the end. */
    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private NpyException malformed() {
      return new NpyException(
          "npy: "
              + file
              + ": malformed header, expected {'descr': …, 'fortran_order': …, 'shape': …}, got "
              + text.strip());
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append(String.format("%02x", b));
    }
    return text.toString();
  }
}
