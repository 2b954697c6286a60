package dini.functional;

import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vjp;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TreeException;
import dini.core.tree.Structure;
import dini.functional.Checks.Mode;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Checks one function at one point; both on floating leaves alone. */
final class GradientCheck {
  private final String operation;
  private final CheckOptions options;
  private final Function<Tensor[], Tensor[]> f;
  private final Tensor[] x;

  /** What was done to the function, for messages: "forward over reverse ". */
  private final String modes;

  private final int order;

  private GradientCheck(
      String operation,
      CheckOptions options,
      Function<Tensor[], Tensor[]> f,
      Tensor[] x,
      String modes,
      int order) {
    this.operation = operation;
    this.options = options;
    this.f = f;
    this.x = x;
    this.modes = modes;
    this.order = order;
  }

  static <X> GradientCheck of(
      String operation, CheckOptions options, Function<? super X, ?> f, X x) {
    Tree<X> tree = Tree.of(x);
    boolean[] floating = new boolean[tree.leaves().length];
    for (int i = 0; i < floating.length; i++) {
      floating[i] = tree.leaves()[i].dtype().isFloating();
    }
    Function<Tensor[], Tensor[]> onFloating =
        point -> {
          Tensor[] leaves = tree.leaves().clone();
          for (int i = 0, at = 0; i < leaves.length; i++) {
            leaves[i] = floating[i] ? point[at++] : leaves[i];
          }
          Object result = f.apply(tree.with(leaves));
          if (result == null) {
            throw new TreeException(operation + ": the function returned null");
          }
          return floating(Structure.flatten(result).leaves());
        };
    Tensor[] point = floating(tree.leaves());
    if (point.length == 0) {
      throw new DTypeException(operation + ": the argument has no floating tensor");
    }
    return new GradientCheck(operation, options, onFloating, point, "", 1);
  }

  private static Tensor[] floating(Tensor[] leaves) {
    return Arrays.stream(leaves).filter(leaf -> leaf.dtype().isFloating()).toArray(Tensor[]::new);
  }

  /** Elements in [-1, 1]. */
  private Tensor[] direction(int number, Tensor[] like) {
    SplittableRandom random = new SplittableRandom(options.seed() * 31 + number + 7L * order);
    Tensor[] direction = new Tensor[like.length];
    for (int i = 0; i < like.length; i++) {
      double[] values = random.doubles(like[i].size(), -1, 1).toArray();
      direction[i] = Tensors.tensor(like[i].shape(), values).astype(like[i].dtype());
    }
    return direction;
  }

  // ---- against differences ----

  void upTo(int last, Set<Mode> all) {
    Tensor[] v = direction(1, x);
    for (Mode mode : all) {
      GradientCheck next =
          switch (mode) {
            case FORWARD -> forward(v);
            case REVERSE -> reverse(v);
          };
      if (order < last) {
        next.upTo(last, all);
      }
    }
  }

  private GradientCheck forward(Tensor[] v) {
    Tensor[] expected = differences(v);
    Tensor[] actual = jvp(f, x, v).tangent();
    for (int i = 0; i < actual.length; i++) {
      double[] numbers = actual[i].toArray();
      double[] limits = expected[i].toArray();
      double scale = 1 + Math.max(largest(numbers), largest(limits));
      for (int k = 0; k < numbers.length; k++) {
        String place = "element " + k + " of result " + i;
        compare("forward", place, limits[k], numbers[k], tolerance() * scale);
      }
    }
    return derived("forward", point -> jvp(f, point, v).tangent());
  }

  private GradientCheck reverse(Tensor[] v) {
    Tensor[] expected = differences(v);
    Vjp<Tensor[], Tensor[]> vjp = vjp(f, x);
    Tensor[] u = direction(2, vjp.value());
    Tensor[] pulled = vjp.pullback().apply(u);
    double scale = 1 + magnitude(u, expected) + magnitude(pulled, v);
    compare("reverse", "<u, f'v>", inner(u, expected), inner(pulled, v), tolerance() * scale);
    return derived("reverse", point -> vjp(f, point).pullback().apply(u));
  }

  private GradientCheck derived(String mode, Function<Tensor[], Tensor[]> derivative) {
    String over = modes.isEmpty() ? mode : mode + " over " + modes;
    return new GradientCheck(operation, options, derivative, x, over, order + 1);
  }

  /** {@code (8 (f(h) - f(-h)) - f(2h) + f(-2h)) / 12h}, in double. */
  private Tensor[] differences(Tensor[] v) {
    double h = Arrays.stream(x).mapToDouble(leaf -> options.step(leaf.dtype())).max().orElseThrow();
    Tensor[] forward = f.apply(moved(h, v));
    Tensor[] back = f.apply(moved(-h, v));
    Tensor[] far = f.apply(moved(2 * h, v));
    Tensor[] farBack = f.apply(moved(-2 * h, v));
    Tensor[] limits = new Tensor[forward.length];
    for (int i = 0; i < limits.length; i++) {
      double[] a = forward[i].toArray();
      double[] b = back[i].toArray();
      double[] c = far[i].toArray();
      double[] d = farBack[i].toArray();
      double[] limit = new double[a.length];
      for (int k = 0; k < a.length; k++) {
        limit[k] = (8 * (a[k] - b[k]) - (c[k] - d[k])) / (12 * h);
      }
      limits[i] = Tensors.tensor(forward[i].shape(), limit);
    }
    return limits;
  }

  private Tensor[] moved(double step, Tensor[] v) {
    Tensor[] moved = new Tensor[x.length];
    Arrays.setAll(moved, i -> Elementwise.add(x[i], v[i].mul(step)));
    return moved;
  }

  // ---- against each other ----

  /** Rounding of two ways to the same sum, relative to the sum of absolute terms. */
  private double rounding() {
    return isNarrow() ? 1e-4 : 1e-11;
  }

  /** The laws of a derivative, whatever it is the derivative of. */
  void laws() {
    Tensor[] v = direction(1, x);
    Tensor[] w = direction(3, x);
    Jvp<Tensor[]> pushed = jvp(f, x, v);
    Tensor[] value = f.apply(x);
    same("the value under jvp", value, pushed.value());
    Tensor[] other = jvp(f, x, w).tangent();
    Tensor[] both = jvp(f, x, combined(1.5, v, -0.75, w)).tangent();
    same(
        "linear in the direction: f'(1.5 v - 0.75 w)",
        combined(1.5, pushed.tangent(), -0.75, other),
        both);
    Vjp<Tensor[], Tensor[]> vjp = vjp(f, x);
    same("the value under vjp", value, vjp.value());
    Tensor[] u = direction(2, value);
    Tensor[] pulled = vjp.pullback().apply(u);
    double scale = 1 + magnitude(u, pushed.tangent()) + magnitude(pulled, v);
    compare(
        "both",
        "<u, Jv> = <J'u, v>",
        inner(u, pushed.tangent()),
        inner(pulled, v),
        rounding() * scale);
  }

  void agreesWith(GradientCheck reference) {
    Tensor[] v = direction(1, x);
    Jvp<Tensor[]> own = jvp(f, x, v);
    Jvp<Tensor[]> others = jvp(reference.f, x, v);
    same("the value of the reference", others.value(), own.value());
    same("the tangent of the reference", others.tangent(), own.tangent());
    Tensor[] u = direction(2, own.value());
    same(
        "the pullback of the reference",
        vjp(reference.f, x).pullback().apply(u),
        vjp(f, x).pullback().apply(u));
  }

  private void same(String law, Tensor[] expected, Tensor[] actual) {
    for (int i = 0; i < Math.max(expected.length, actual.length); i++) {
      if (i >= expected.length
          || i >= actual.length
          || !expected[i].type().equals(actual[i].type())) {
        throw new AssertionError(
            operation
                + ": "
                + law
                + ": expected "
                + ControlFlow.types(expected)
                + ", got "
                + ControlFlow.types(actual));
      }
      double[] limits = expected[i].toArray();
      double[] numbers = actual[i].toArray();
      double scale = 1 + Math.max(largest(limits), largest(numbers));
      for (int k = 0; k < limits.length; k++) {
        String place = law + ": element " + k + " of result " + i;
        compare("both", place, limits[k], numbers[k], rounding() * scale);
      }
    }
  }

  private static Tensor[] combined(double a, Tensor[] v, double b, Tensor[] w) {
    Tensor[] sum = new Tensor[v.length];
    Arrays.setAll(sum, i -> Elementwise.add(v[i].mul(a), w[i].mul(b)));
    return sum;
  }

  // ---- numbers ----

  private boolean isNarrow() {
    return Arrays.stream(x).anyMatch(leaf -> leaf.dtype() == DType.FLOAT32);
  }

  private double tolerance() {
    return options.tolerance(isNarrow() ? DType.FLOAT32 : DType.FLOAT64);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  private static double inner(Tensor[] x, Tensor[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double[] a = x[i].toArray();
      double[] b = y[i].toArray();
      for (int k = 0; k < a.length; k++) {
        sum += a[k] * b[k];
      }
    }
    return sum;
  }

  private static double magnitude(Tensor[] x, Tensor[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double[] a = x[i].toArray();
      double[] b = y[i].toArray();
      for (int k = 0; k < a.length; k++) {
        sum += Math.abs(a[k] * b[k]);
      }
    }
    return sum;
  }

  private void compare(String mode, String place, double expected, double actual, double bound) {
    boolean bothNaN = Double.isNaN(expected) && Double.isNaN(actual);
    if (expected == actual || bothNaN || Math.abs(expected - actual) <= bound) {
      return;
    }
    String how =
        mode.equals("both") ? "" : " by " + mode + (modes.isEmpty() ? "" : " over " + modes);
    throw new AssertionError(
        operation
            + ": "
            + (mode.equals("both") ? "" : "order " + order + how + ": ")
            + place
            + ": expected "
            + expected
            + ", got "
            + actual
            + ", allowed difference "
            + bound
            + "; directions of seed "
            + options.seed());
  }
}
