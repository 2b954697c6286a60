package dini.core.numpy;

import dini.core.NpyException;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Strided;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An array whose header has been read, so that it can be refused before its elements are. */
public final class NpyArray {
  private final Header header;
  private final TensorType type;
  private final InputStream in;

  private NpyArray(Header header, InputStream in) {
    this.header = header;
    this.type = header.type();
    this.in = in;
  }

  /**
   * Writes a tensor, header and elements: format 1.0, little-endian, C order.
   *
   * @param out where to
   * @param x the tensor
   * @throws IOException if writing fails
   */
  public static void write(OutputStream out, DenseTensor x) throws IOException {
    out.write(Header.bytes(x.type()));
    Elements.write(out, x);
  }

  /**
   * The number of bytes that {@link #write} gives.
   *
   * @param type the type of the tensor
   * @return the length of header and elements
   */
  public static long size(TensorType type) {
    return Header.bytes(type).length + elementBytes(type);
  }

  private static long elementBytes(TensorType type) {
    return (long) type.shape().size() * Elements.bytes(type.dtype());
  }

  /**
   * Reads and checks a header.
   *
   * @param where what messages begin with
   * @param in the array, and nothing after it
   * @param size its length in bytes
   * @return the array, whose elements come next
   * @throws NpyException if it is not an array of a dtype that tensors have, or has another length
   *     than its header says
   * @throws IOException if reading fails
   */
  public static NpyArray open(String where, InputStream in, long size) throws IOException {
    NpyArray array = new NpyArray(Header.read(where, in), in);
    long expected = elementBytes(array.type);
    long came = size - array.header.length();
    if (came != expected) {
      throw new NpyException(
          where
              + (came < expected ? ": truncated: " : ": too long: ")
              + came
              + " bytes of data, expected "
              + expected
              + " for "
              + array.type);
    }
    return array;
  }

  /**
   * What the header says.
   *
   * @return shape and dtype of the array
   */
  public TensorType type() {
    return type;
  }

  /**
   * Reads the elements, once.
   *
   * @return the tensor
   * @throws IOException if reading fails
   */
  public DenseTensor read() throws IOException {
    DenseTensor stored = DenseTensor.allocate(new TensorType(header.storedShape(), type.dtype()));
    try {
      Elements.read(in, stored, header.order());
    } catch (EOFException e) {
      throw new NpyException(header.where() + ": truncated: the file ends inside its data");
    }
    return header.fortranOrder() ? reversedAxes(stored) : stored;
  }

  /** An array in Fortran order is, in C order, the array with its axes reversed. */
  private static DenseTensor reversedAxes(DenseTensor stored) {
    Shape shape = Shape.of(Header.reversed(stored.shape().toArray()));
    DenseTensor out = DenseTensor.allocate(new TensorType(shape, stored.dtype()));
    int[] from = Header.reversed(Strided.strides(stored.shape()));
    Strided.copy(shape, stored.data(), 0, from, out.data(), 0, Strided.strides(shape));
    return out;
  }
}
