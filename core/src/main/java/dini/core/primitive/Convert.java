package dini.core.primitive;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;

/**
 * Another dtype: to integers toward zero (saturating, NaN to 0, as Java casts), to BOOL as {@code x
 * != 0}, from BOOL as 0 and 1. Linear between floating dtypes; elsewhere its derivative is zero.
 */
public record Convert(DType dtype) implements Pointwise {
  @Override
  public String label() {
    return "astype";
  }

  @Override
  public String parameters() {
    return dtype.shortName();
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return new TensorType(arguments[0].shape(), dtype);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    DenseTensor out = DenseTensor.allocate(type(x.type()));
    run(x.data(), 0, out.data(), 0, x.shape().size());
    return out;
  }

  @Override
  public void run(
      Object x,
      int xo,
      Object y,
      int yo,
      Object z,
      int zo,
      int uniform,
      Object out,
      int at,
      int n) {
    run(x, xo, out, at, n);
  }

  private static void run(Object x, int xo, Object out, int at, int n) {
    switch (out) {
      case double[] y -> toDouble(x, xo, y, at, n);
      case float[] y -> toFloat(x, xo, y, at, n);
      case int[] y -> toInt(x, xo, y, at, n);
      case long[] y -> toLong(x, xo, y, at, n);
      default -> toBoolean(x, xo, (boolean[]) out, at, n);
    }
  }

  private static void toDouble(Object data, int from, double[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] =
          switch (data) {
            case double[] x -> x[from + i];
            case float[] x -> x[from + i];
            case int[] x -> x[from + i];
            case long[] x -> x[from + i];
            default -> ((boolean[]) data)[from + i] ? 1 : 0;
          };
    }
  }

  private static void toFloat(Object data, int from, float[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] =
          switch (data) {
            case double[] x -> (float) x[from + i];
            case float[] x -> x[from + i];
            case int[] x -> x[from + i];
            case long[] x -> x[from + i];
            default -> ((boolean[]) data)[from + i] ? 1 : 0;
          };
    }
  }

  private static void toInt(Object data, int from, int[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] =
          switch (data) {
            case double[] x -> (int) x[from + i];
            case float[] x -> (int) x[from + i];
            case int[] x -> x[from + i];
            case long[] x -> (int) x[from + i];
            default -> ((boolean[]) data)[from + i] ? 1 : 0;
          };
    }
  }

  private static void toLong(Object data, int from, long[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] =
          switch (data) {
            case double[] x -> (long) x[from + i];
            case float[] x -> (long) x[from + i];
            case int[] x -> x[from + i];
            case long[] x -> x[from + i];
            default -> ((boolean[]) data)[from + i] ? 1 : 0;
          };
    }
  }

  private static void toBoolean(Object data, int from, boolean[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] =
          switch (data) {
            case double[] x -> x[from + i] != 0;
            case float[] x -> x[from + i] != 0;
            case int[] x -> x[from + i] != 0;
            case long[] x -> x[from + i] != 0;
            default -> ((boolean[]) data)[from + i];
          };
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return dtype.isFloating() ? Shapes.astype(tangents[0], dtype) : null;
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    return new Tensor[] {Shapes.astype(cotangent, operands[0].dtype())};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(arguments[0]);
  }
}
