package dini.functional;

import static dini.core.Cumulative.cumLogSumExp;
import static dini.core.Cumulative.cumMax;
import static dini.core.Cumulative.cumMin;
import static dini.core.Cumulative.cumProd;
import static dini.core.DynamicSlices.dynamicSliceInDim;
import static dini.core.DynamicSlices.dynamicUpdateSliceInDim;
import static dini.core.Indexing.take;
import static dini.core.Norms.vectorNorm;
import static dini.core.Reductions.prod;
import static dini.core.Reductions.sum;
import static dini.core.Searching.argmax;
import static dini.core.Searching.argmin;
import static dini.core.Statistics.std;
import static dini.core.Statistics.var;
import static dini.core.Tensors.arange;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.IndexException;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Derivatives of reductions, scans and windows at zeros, ties, constants and edges. */
class ReductionDerivativesTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void near(Tensor expected, Tensor actual) {
    assertThat(actual.type()).isEqualTo(expected.type());
    double[] values = actual.toArray();
    double[] wanted = expected.toArray();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(values[i]).as("element %d", i).isCloseTo(wanted[i], within(1e-14));
    }
  }

  /** Of x y z with no, one, two and three zeros: every derivative is a product of the others. */
  @Test
  void productsAreSmoothAtZeros() {
    Function<Tensor, Tensor> f = x -> prod(x);
    for (double[] p : new double[][] {{2, 3, 5}, {2, 0, 5}, {0, 3, 0}, {0, 0, 0}}) {
      Tensor x = tensor(p);
      near(tensor(p[1] * p[2], p[0] * p[2], p[0] * p[1]), grad(f, x));
      double[][] second = {{0, p[2], p[1]}, {p[2], 0, p[0]}, {p[1], p[0], 0}};
      near(tensor(second), hessian(f, x));
      near(tensor(second), jacrev(y -> jacrev(f, y), x));
      near(permutations(), jacfwd(y -> jacrev(z -> jacfwd(f, z), y), x));
      near(permutations(), jacrev(y -> jacrev(z -> jacrev(f, z), y), x));
      near(grad(f, x), grad(y -> cumProd(y, 0).get(2), x));
      near(grad(f, x), grad(y -> cumProd(y, 0, true).get(0), x));
      near(tensor(second), hessian(y -> cumProd(y, 0).get(2), x));
      near(permutations(), jacrev(y -> jacfwd(z -> grad(v -> cumProd(v, 0).get(2), z), y), x));
    }
  }

  /** The third derivatives of x y z: 1 where all indices differ. */
  private static Tensor permutations() {
    double[] third = new double[27];
    for (int at : new int[] {5, 7, 11, 15, 19, 21}) {
      third[at] = 1;
    }
    return tensor(Shape.of(3, 3, 3), third);
  }

  @Test
  void productsOverSeveralAxes() {
    Tensor x = tensor(new double[][] {{2, 0}, {3, 5}});
    near(tensor(new double[][] {{0, 30}, {0, 0}}), grad(y -> prod(y), x));
    near(tensor(new double[][] {{0, 30}, {0, 0}}), grad(y -> prod(prod(y, 0)), x));
    Tensor f32 = floats(2, 0, 5);
    assertThat(grad(y -> prod(y), f32)).isEqualTo(floats(0, 10, 0));
  }

  /** Twice a sum of prefixes' products of the others, by hand. */
  @Test
  void runningProductsGoOnAfterAZero() {
    Tensor x = tensor(3, 0, 5, 7);
    Tensor jacobian = jacrev(y -> cumProd(y, 0), x);
    near(
        tensor(new double[][] {{1, 0, 0, 0}, {0, 3, 0, 0}, {0, 15, 0, 0}, {0, 105, 0, 0}}),
        jacobian);
    near(jacobian, jacfwd(y -> cumProd(y, 0), x));
  }

  /** The mean of a constant may be off by a rounding; its derivative must not divide by that. */
  @Test
  void aConstantHasNoSlopeOfSpread() {
    for (double value : new double[] {0.1, 2, -1e300}) {
      Tensor x = full(Shape.of(3), value);
      assertThat(grad(y -> std(y), x)).isEqualTo(zeros(3));
      assertThat(hessian(y -> std(y), x)).isEqualTo(zeros(3, 3));
      assertThat(grad(y -> var(y), x)).isEqualTo(zeros(3));
    }
    double off = -2.0 / 9;
    near(
        tensor(new double[][] {{4.0 / 9, off, off}, {off, 4.0 / 9, off}, {off, off, 4.0 / 9}}),
        hessian(y -> var(y), full(Shape.of(3), 0.1)));
    assertThat(grad(y -> std(y), floats(0.1f, 0.1f, 0.1f))).isEqualTo(floats(0, 0, 0));
  }

  /** The one that the scan met first, from either end. */
  @Test
  void runningExtremesFollowTheFirstOfEqualOnes() {
    Tensor x = tensor(1, 1, 0, 2, 2);
    assertThat(grad(y -> sum(cumMax(y, 0)), x)).isEqualTo(tensor(3, 0, 0, 2, 0));
    assertThat(grad(y -> sum(cumMax(y, 0, true)), x)).isEqualTo(tensor(0, 0, 0, 0, 5));
    assertThat(grad(y -> sum(cumMin(y, 0)), x)).isEqualTo(tensor(2, 0, 3, 0, 0));
    assertThat(grad(y -> sum(cumMin(y, 0, true)), x)).isEqualTo(tensor(0, 0, 3, 0, 2));
    assertThat(grad(y -> sum(cumMax(y, 0)), tensor(-0.0, 0))).isEqualTo(tensor(2, 0));
    assertThat(grad(y -> sum(cumMax(y, 0)), floats(2, 1))).isEqualTo(floats(2, 0));
  }

  @Test
  void runningLogSumExpWeighsOnlyWhatIsThere() {
    Tensor x = tensor(-INF, -INF, 0, 0);
    near(tensor(0, 0, 1.5, 0.5), grad(y -> sum(cumLogSumExp(y, 0)), x));
    near(zeros(2), grad(y -> sum(cumLogSumExp(y, 0)), tensor(-INF, -INF)));
    near(tensor(0, 1), grad(y -> cumLogSumExp(y, 0).get(1), tensor(-1e300, 1e300)));
    Tensor second = hessian(y -> sum(cumLogSumExp(y, 0)), tensor(-INF, 0, 0));
    near(tensor(new double[][] {{0, 0, 0}, {0, 0.25, -0.25}, {0, -0.25, 0.25}}), second);
  }

  @Test
  void normsAtZerosAndTies() {
    assertThat(grad(y -> vectorNorm(y, 1), tensor(0, -2, 3))).isEqualTo(tensor(0, -1, 1));
    assertThat(grad(y -> vectorNorm(y, INF), tensor(3, -3, 1))).isEqualTo(tensor(0.5, -0.5, 0));
    assertThat(grad(y -> vectorNorm(y, INF), zeros(2))).isEqualTo(zeros(2));
    assertThat(grad(y -> vectorNorm(y, 3), zeros(2))).isEqualTo(zeros(2));
    assertThat(hessian(y -> vectorNorm(y, 3), zeros(2))).isEqualTo(zeros(2, 2));
    assertThat(grad(y -> vectorNorm(y, 1.5), zeros(2))).isEqualTo(zeros(2));
    near(tensor(0, -1), grad(y -> vectorNorm(y, 3), tensor(0, -2)));
    near(tensor(0, -1), grad(y -> vectorNorm(y, 1.5), tensor(0, -2)));
    double slope = StrictMath.pow(2, -2.0 / 3);
    near(tensor(slope, -slope), grad(y -> vectorNorm(y, 3), tensor(1e200, -1e200)));
    near(tensor(slope, -slope), grad(y -> vectorNorm(y, 3), tensor(1e-200, -1e-200)));
  }

  @Test
  void windowsOverlapInTheGradient() {
    Tensor series = tensor(1, 2, 3, 4, 5, 6, 7);
    Tensor rows = vmap(i -> dynamicSliceInDim(series, i, 3, 0), arange(5, DType.INT64));
    assertThat(rows.shape()).isEqualTo(Shape.of(5, 3));
    assertThat(rows.get(4)).isEqualTo(tensor(5, 6, 7));
    Function<Tensor, Tensor> f =
        x -> sum(vmap(i -> sum(dynamicSliceInDim(x, i, 3, 0)).pow(2), longs(0, 1, 1, 4)));
    near(tensor(12, 48, 48, 36, 36, 36, 36), grad(f, series));
    Tensor second = hessian(f, series);
    near(tensor(2, 2, 2, 0, 0, 0, 0), second.get(0));
    near(tensor(2, 6, 6, 4, 0, 0, 0), second.get(1));
  }

  /** Two lanes of tensors by three lanes of starts, and starts of both. */
  @Test
  void windowsUnderNestedMaps() {
    Tensor xs = tensor(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
    Tensor starts = longs(0, 2, 1);
    Tensor all = vmap(x -> vmap(i -> dynamicSliceInDim(x, i, 2, 0), starts), xs);
    assertThat(all.get(1).get(2)).isEqualTo(tensor(6, 7));
    Tensor crossed = vmap(i -> vmap(x -> dynamicSliceInDim(x, i, 2, 0), xs), starts);
    assertThat(crossed).isEqualTo(all.transpose(1, 0, 2));
    Tensor counts =
        grad(x -> sum(vmap(i -> vmap(y -> dynamicSliceInDim(y, i, 2, 0), x), starts)), xs);
    assertThat(counts).isEqualTo(tensor(new double[][] {{1, 2, 2, 1}, {1, 2, 2, 1}}));
    Tensor written = vmap(i -> vmap(x -> dynamicUpdateSliceInDim(x, tensor(0), i, 0), xs), starts);
    assertThat(written.get(1).get(0)).isEqualTo(tensor(1, 2, 0, 4));
  }

  /** A position is a constant of the derivative, but what is read there is not. */
  @Test
  void positionsAreConstants() {
    Tensor x = tensor(1, 5, 5, 2);
    Tensor gradient = grad(y -> take(y, argmax(y), 0).pow(2), x);
    assertThat(gradient).isEqualTo(tensor(0, 10, 0, 0));
    Tensor rows = tensor(new double[][] {{1, 2}, {4, 3}});
    Tensor gradients = vmap(y -> grad(z -> take(z, argmin(z), 0).mul(3), y), rows);
    assertThat(gradients).isEqualTo(tensor(new double[][] {{3, 0}, {0, 3}}));
    Tensor positions = vmap(y -> argmax(y), rows);
    assertThat(positions).isEqualTo(longs(1, 0));
  }

  @Test
  void aStagedWindowChecksItsStartWhenItRuns() {
    Closed program =
        Staging.stage(
            in -> new Tensor[] {dynamicSliceInDim(in[0], in[1], 2, 0)},
            List.of(tensor(1, 2, 3).type(), full(0, DType.INT64).type()));
    assertThat(program.apply(tensor(1, 2, 3), full(1, DType.INT64))[0]).isEqualTo(tensor(2, 3));
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> program.apply(tensor(1, 2, 3), full(2, DType.INT64)))
        .withMessageContaining("start 2 of a window of size 2 is outside axis 0 of extent 3");
    assertThatExceptionOfType(IndexException.class)
        .isThrownBy(() -> vmap(i -> dynamicSliceInDim(tensor(1, 2), i, 2, 0), longs(0, 1)))
        .withMessageContaining("start 1");
    assertThat(grad(x -> dynamicSliceInDim(x, full(-1, DType.INT64), 1, 0).get(0), tensor(1, 2)))
        .isEqualTo(tensor(0, 1));
  }
}
