package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.numpy.NpyArray;
import dini.core.trace.Bind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
 * <p>{@link Npz} has several tensors in one file.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format,
 *     in NumPy's documentation</a>
 */
public final class Npy {
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
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyArray.write(out, dense);
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
      return NpyArray.open("npy: " + file, Channels.newInputStream(in), in.size()).read();
    } catch (NoSuchFileException e) {
      throw new NpyException("npy: " + file + ": no such file");
    } catch (IOException e) {
      throw new UncheckedIOException("npy: " + file + ": reading failed: " + e, e);
    }
  }
}
