package dini.core.numpy;

import dini.core.DType;
import dini.core.NpyException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.TensorType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The three entries of a header, and where it was read.
 *
 * @param where what messages begin with
 * @param length the length of the whole header in bytes
 * @param descr the element type
 * @param fortranOrder whether the first axis runs fastest
 * @param shape the extents
 */
record Header(String where, int length, String descr, boolean fortranOrder, List<Long> shape) {
  /** How many bytes tell that an array follows. */
  static final int MAGIC_BYTES = 6;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Data begin at a multiple of this, so that they can be mapped into memory. */
  private static final int ALIGNMENT = 64;

  /** NumPy leaves room for the first extent to grow to this many digits. */
  private static final int GROWTH_DIGITS = 21;

  /** A longer header is no header: that of an array of 64 axes is shorter than this. */
  private static final int LONGEST = 1 << 16;

  /** The header of format 1.0 that NumPy writes for an array in C order. */
  static byte[] bytes(TensorType type) {
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(descr(type.dtype()))
            .append("', 'fortran_order': False, 'shape': ")
            .append(type.shape())
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

  /** Reads a header of format 1.0, 2.0 or 3.0. */
  static Header read(String where, InputStream in) throws IOException {
    try {
      checkMagic(where, exactly(in, MAGIC_BYTES).array());
      int format = exactly(in, 2).order(ByteOrder.BIG_ENDIAN).getShort() & 0xffff;
      int major = format >> 8;
      int minor = format & 0xff;
      if (major < 1 || major > 3 || minor != 0) {
        throw new NpyException(
            where + ": format " + major + "." + minor + " came, expected 1.0, 2.0 or 3.0");
      }
      long length =
          major == 1
              ? Short.toUnsignedLong(exactly(in, 2).getShort())
              : Integer.toUnsignedLong(exactly(in, 4).getInt());
      if (length > LONGEST) {
        throw new NpyException(
            where + ": a header of " + length + " bytes came, expected at most " + LONGEST);
      }
      Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
      byte[] text = exactly(in, (int) length).array();
      int before = MAGIC.length + 2 + (major == 1 ? 2 : 4);
      return new Literal(where, new String(text, charset)).header(before + text.length);
    } catch (EOFException e) {
      throw new NpyException(where + ": truncated: the file ends inside its header");
    }
  }

  /** Whether these are the first bytes of an array. */
  static boolean isMagic(byte[] start) {
    return Arrays.equals(start, MAGIC);
  }

  private static void checkMagic(String where, byte[] magic) {
    if (!isMagic(magic)) {
      HexFormat hex = HexFormat.ofDelimiter(" ");
      throw new NpyException(
          where
              + (magic[0] == 'P' && magic[1] == 'K'
                  ? ": an .npz archive came, expected an .npy file: read it with Npz"
                  : ": not an .npy file: it begins with the bytes "
                      + hex.formatHex(magic)
                      + ", expected "
                      + hex.formatHex(MAGIC)));
    }
  }

  private static ByteBuffer exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  ByteOrder order() {
    return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** The type of the array. */
  TensorType type() {
    return new TensorType(shapeOf(extents()), dtype());
  }

  /** The shape as which the elements stand in the file, row after row. */
  Shape storedShape() {
    int[] extents = extents();
    return shapeOf(fortranOrder ? reversed(extents) : extents);
  }

  private DType dtype() {
    return switch (descr) {
      case "<f8", ">f8" -> DType.FLOAT64;
      case "<f4", ">f4" -> DType.FLOAT32;
      case "<i4", ">i4" -> DType.INT32;
      case "<i8", ">i8" -> DType.INT64;
      case "|b1" -> DType.BOOL;
      default ->
          throw new NpyException(
              where
                  + (descr.startsWith("|O")
                      ? ": an array of Python objects ('" + descr + "') came"
                      : ": dtype '" + descr + "' came")
                  + ", expected f8, f4, i4, i8 ('<' or '>') or '|b1'");
    };
  }

  private int[] extents() {
    int[] extents = new int[shape.size()];
    for (int axis = 0; axis < extents.length; axis++) {
      long extent = shape.get(axis);
      if (extent > Integer.MAX_VALUE) {
        throw new NpyException(where + ": extent " + extent + " is above " + Integer.MAX_VALUE);
      }
      extents[axis] = (int) extent;
    }
    return extents;
  }

  private Shape shapeOf(int[] extents) {
    try {
      return Shape.of(extents);
    } catch (ShapeException e) {
      throw new NpyException(where + ": " + e.getMessage());
    }
  }

  static int[] reversed(int[] values) {
    int[] out = new int[values.length];
    Arrays.setAll(out, i -> values[values.length - 1 - i]);
    return out;
  }
}
