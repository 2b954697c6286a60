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
public record Convert(DType dtype) implements Single {
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
    int n = x.shape().size();
    switch (dtype) {
      case FLOAT64 -> toDouble(x.data(), out.doubles(), n);
      case FLOAT32 -> toFloat(x.data(), out.floats(), n);
      case INT32 -> toInt(x.data(), out.ints(), n);
      case INT64 -> toLong(x.data(), out.longs(), n);
      case BOOL -> toBoolean(x.data(), out.booleans(), n);
    }
    return out;
  }

  private static void toDouble(Object data, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] =
          switch (data) {
            case double[] x -> x[i];
            case float[] x -> x[i];
            case int[] x -> x[i];
            case long[] x -> x[i];
            default -> ((boolean[]) data)[i] ? 1 : 0;
          };
    }
  }

  private static void toFloat(Object data, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] =
          switch (data) {
            case double[] x -> (float) x[i];
            case float[] x -> x[i];
            case int[] x -> x[i];
            case long[] x -> x[i];
            default -> ((boolean[]) data)[i] ? 1 : 0;
          };
    }
  }

  private static void toInt(Object data, int[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] =
          switch (data) {
            case double[] x -> (int) x[i];
            case float[] x -> (int) x[i];
            case int[] x -> x[i];
            case long[] x -> (int) x[i];
            default -> ((boolean[]) data)[i] ? 1 : 0;
          };
    }
  }

  private static void toLong(Object data, long[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] =
          switch (data) {
            case double[] x -> (long) x[i];
            case float[] x -> (long) x[i];
            case int[] x -> x[i];
            case long[] x -> x[i];
            default -> ((boolean[]) data)[i] ? 1 : 0;
          };
    }
  }

  private static void toBoolean(Object data, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] =
          switch (data) {
            case double[] x -> x[i] != 0;
            case float[] x -> x[i] != 0;
            case int[] x -> x[i] != 0;
            case long[] x -> x[i] != 0;
            default -> ((boolean[]) data)[i];
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
