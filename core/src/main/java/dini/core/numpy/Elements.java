package dini.core.numpy;

import dini.core.DType;
import dini.core.dense.DenseTensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The elements of an array as bytes, row after row. */
final class Elements {
  private static final int CHUNK_BYTES = 1 << 16;

  private Elements() {}

  /** The length of one element in bytes. */
  static int bytes(DType dtype) {
    return switch (dtype) {
      case FLOAT64, INT64 -> 8;
      case FLOAT32, INT32 -> 4;
      case BOOL -> 1;
    };
  }

  static void write(OutputStream out, DenseTensor x) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int most = CHUNK_BYTES / bytes(x.dtype());
    int size = x.shape().size();
    for (int at = 0; at < size; ) {
      int end = at + Math.min(most, size - at);
      put(x, at, end, chunk.clear());
      out.write(chunk.array(), 0, chunk.position());
      at = end;
    }
  }

  private static void put(DenseTensor x, int from, int end, ByteBuffer chunk) {
    switch (x.data()) {
      case double[] a -> {
        for (int i = from; i < end; i++) {
          chunk.putLong(Double.doubleToLongBits(a[i])); // not "raw": one NaN in all files
        }
      }
      case float[] a -> {
        for (int i = from; i < end; i++) {
          chunk.putInt(Float.floatToIntBits(a[i]));
        }
      }
      case int[] a -> {
        for (int i = from; i < end; i++) {
          chunk.putInt(a[i]);
        }
      }
      case long[] a -> {
        for (int i = from; i < end; i++) {
          chunk.putLong(a[i]);
        }
      }
      default -> {
        for (int i = from; i < end; i++) {
          chunk.put((byte) (x.booleans()[i] ? 1 : 0));
        }
      }
    }
  }

  static void read(InputStream in, DenseTensor x, ByteOrder order) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(order);
    int bytes = bytes(x.dtype());
    int size = x.shape().size();
    for (int at = 0; at < size; ) {
      int n = Math.min(CHUNK_BYTES / bytes, size - at);
      if (in.readNBytes(chunk.array(), 0, n * bytes) < n * bytes) {
        throw new EOFException();
      }
      get(x, at, n, chunk.clear());
      at += n;
    }
  }

  private static void get(DenseTensor x, int at, int n, ByteBuffer chunk) {
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
  }
}
