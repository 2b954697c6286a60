package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sub;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.ArgKernels;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Scans;

/**
 * Running sums, products, extremes and their positions along an axis.
 *
 * @param kind what is computed
 * @param axis the axis
 * @param reverse whether to begin at its end
 */
public record Cumulate(Kind kind, int axis, boolean reverse) implements Writing {
  /** What a scan computes. */
  public enum Kind {
    SUM,
    PROD,
    MAX,
    MIN,
    /** Where the largest element so far stands; of equal ones that which the scan met first. */
    ARGMAX,
    /** Where the smallest element so far stands; of equal ones that which the scan met first. */
    ARGMIN,
    LOG_SUM_EXP;

    private final String label;

    Kind() {
      String own = Labels.of(this);
      label = "cum" + Character.toUpperCase(own.charAt(0)) + own.substring(1);
    }

    /** The name of the operation. */
    public String label() {
      return label;
    }
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String parameters() {
    return "axis=" + axis + (reverse ? ", reverse" : "");
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    if (axis < 0 || axis >= x.shape().rank()) {
      throw new ShapeException(label() + ": axis " + axis + " of " + x + " does not exist");
    }
    boolean accepts =
        switch (kind) {
          case SUM, PROD -> true;
          case MAX, MIN -> x.dtype() != DType.BOOL;
          case ARGMAX, ARGMIN, LOG_SUM_EXP -> x.dtype().isFloating();
        };
    if (!accepts) {
      String expected = kind == Kind.LOG_SUM_EXP ? "a floating dtype" : "numbers, which have order";
      throw new DTypeException(label() + ": expected " + expected + ", got " + x);
    }
    return switch (kind) {
      case SUM, PROD -> x.dtype() == DType.BOOL ? new TensorType(x.shape(), DType.INT64) : x;
      case MAX, MIN, LOG_SUM_EXP -> x;
      case ARGMAX, ARGMIN -> new TensorType(x.shape(), DType.INT64);
    };
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    write(arguments, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    Shape shape = out.shape();
    int outer = Positions.product(shape, 0, axis);
    int n = shape.extent(axis);
    int inner = Positions.product(shape, axis + 1, shape.rank());
    switch (kind) {
      case SUM -> scan(BinaryKernel.ADD, arguments[0], outer, n, inner, out);
      case PROD -> scan(BinaryKernel.MUL, arguments[0], outer, n, inner, out);
      case MAX -> scan(BinaryKernel.MAX, arguments[0], outer, n, inner, out);
      case MIN -> scan(BinaryKernel.MIN, arguments[0], outer, n, inner, out);
      case ARGMAX, ARGMIN -> {
        double[] x = wide(arguments[0]);
        ArgKernels.running(kind == Kind.ARGMAX, reverse, x, outer, n, inner, out.longs());
      }
      case LOG_SUM_EXP -> {
        double[] x = wide(arguments[0]);
        if (out.dtype() == DType.FLOAT64) {
          Scans.logSumExp(reverse, x, outer, n, inner, out.doubles());
        } else {
          // in double, rounded once
          double[] sums = new double[x.length];
          Scans.logSumExp(reverse, x, outer, n, inner, sums);
          float[] rounded = out.floats();
          for (int i = 0; i < sums.length; i++) {
            rounded[i] = (float) sums[i];
          }
        }
      }
    }
  }

  private static double[] wide(DenseTensor x) {
    return (x.dtype() == DType.FLOAT64 ? x : new Convert(DType.FLOAT64).value(x)).doubles();
  }

  private void scan(
      BinaryKernel op, DenseTensor argument, int outer, int n, int inner, DenseTensor out) {
    DenseTensor x =
        argument.dtype() == DType.BOOL ? new Convert(DType.INT64).value(argument) : argument;
    switch (x.data()) {
      case double[] a -> Scans.scan(op, reverse, a, outer, n, inner, out.doubles());
      case float[] a -> Scans.scan(op, reverse, a, outer, n, inner, out.floats());
      case int[] a -> Scans.scan(op, reverse, a, outer, n, inner, out.ints());
      default -> Scans.scan(op, reverse, x.longs(), outer, n, inner, out.longs());
    }
  }

  /**
   * Products and log-sum-exps obey {@code y = f(x, y before)}, so their tangents are a linear
   * recurrence: of the length of the axis, and without a division.
   */
  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor x = primals[0];
    Recurrence recurrence = new Recurrence(axis, reverse);
    return switch (kind) {
      case SUM -> bind(tangents[0]);
      case PROD ->
          recurrence.bind(x, mul(Recurrence.shifted(result, axis, reverse, 1), tangents[0]));
      case MAX -> chosen(Kind.ARGMAX, x, tangents[0]);
      case MIN -> chosen(Kind.ARGMIN, x, tangents[0]);
      case ARGMAX, ARGMIN -> null;
      case LOG_SUM_EXP -> {
        double least = Double.NEGATIVE_INFINITY;
        Tensor shift = where(eq(result, least), 0, result);
        Tensor before = Recurrence.shifted(result, axis, reverse, least);
        Tensor weighted = mul(exp(sub(x, shift)), tangents[0]);
        yield recurrence.bind(exp(sub(before, shift)), weighted);
      }
    };
  }

  private Tensor chosen(Kind positions, Tensor x, Tensor tangent) {
    Tensor at = new Cumulate(positions, axis, reverse).bind(x);
    return new Take(axis, true, Mode.THROW).bind(tangent, at);
  }

  /** The scan of what stands before each element: of nothing for the first. */
  static Tensor exclusive(Kind kind, Tensor x, int axis, boolean reverse) {
    double nothing = kind == Kind.PROD ? 1 : 0;
    return Recurrence.shifted(new Cumulate(kind, axis, reverse).bind(x), axis, reverse, nothing);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (kind != Kind.SUM) {
      throw Linear.notLinear(this, 0);
    }
    return new Tensor[] {new Cumulate(Kind.SUM, axis, !reverse).bind(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Cumulate(kind, axis + 1, reverse).bind(arguments[0]);
  }
}
