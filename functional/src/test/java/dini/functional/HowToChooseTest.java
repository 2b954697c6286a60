package dini.functional;

import static dini.core.Elementwise.square;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Certificates.certify;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Implicit.customFixedPoint;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Transforms.grad;
import static dini.functional.Unrolling.unroll;
import static dini.functional.Unrolling.unrollCheckpointed;
import static dini.functional.ZeroOrder.zeroOrder;
import static dini.functional.random.Keys.key;
import static dini.linalg.LinearSolvers.cg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Tensor;
import dini.functional.ZeroOrder.Method;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import dini.linalg.LinearAlgebra;
import dini.linalg.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to-choose.md, which quotes the lines between the marks, and its numbers. */
class HowToChooseTest {

  /** What a user writes. */
  static final class Fit {
    private Fit() {}

    // [problem
    static final Tensor X = tensor(new double[][] {{1, 0.5}, {-0.5, 2}, {1.5, 1}, {0, -1}});
    static final Tensor Y = tensor(1, 2, -1, 0.5);

    /** Ridge regression with a penalty for each weight. */
    static Tensor objective(Tensor w, Tensor lambda) {
      return mean(square(matmul(X, w).sub(Y))).add(sum(lambda.mul(square(w)))).mul(0.5);
    }

    static Tensor gradient(Tensor w, Tensor lambda) {
      return grad(v -> objective(v, lambda), w);
    }

    static Tensor step(Tensor w, Tensor lambda) {
      return w.sub(gradient(w, lambda).mul(0.4));
    }

    /** Your solver: any Java code. */
    static Tensor descend(Tensor w, Tensor lambda) {
      return unroll(v -> step(v, lambda), w, 300);
    }

    // problem]

    static List<BiFunction<Tensor, Tensor, Tensor>> conditions() {
      // [condition
      BiFunction<Tensor, Tensor, Tensor> byRoot = customRoot(Fit::gradient).apply(Fit::descend);
      BiFunction<Tensor, Tensor, Tensor> byMinimum =
          customArgmin(Fit::objective).apply(Fit::descend);
      BiFunction<Tensor, Tensor, Tensor> byFixedPoint =
          customFixedPoint(Fit::step, cg()).apply(Fit::descend);
      // condition]
      return List.of(byRoot, byMinimum, byFixedPoint);
    }

    // [ways
    static Tensor implicit(Tensor lambda, int steps) {
      return customArgmin(Fit::objective)
          .onResidual(Policy.IGNORE) // WARN by default: a solver that stops early is worth a word
          .apply((w, l) -> unroll(v -> step(v, l), w, steps))
          .apply(zeros(2), lambda);
    }

    static Tensor unrolled(Tensor lambda, int steps) {
      return unroll(w -> step(w, lambda), zeros(2), steps);
    }

    static Tensor checkpointed(Tensor lambda, int steps) {
      return unrollCheckpointed(w -> step(w, lambda), zeros(2), steps);
    }

    static Tensor oneStep(Tensor lambda, int steps) {
      return step(unrolled(stopGradient(lambda), steps), lambda);
    }

    /** From values alone, so only for a scalar: a loss of the solution. */
    static Tensor estimated(Tensor lambda, int steps, int samples, Key key) {
      return zeroOrder(
          l -> loss(unrolled(l, steps)),
          Method.ANTITHETIC,
          samples,
          0.01,
          Distribution.NORMAL,
          key,
          lambda);
    }

    static Tensor loss(Tensor w) {
      return sum(square(w.sub(1)));
    }

    // ways]

    static Tensor certified(Tensor lambda) {
      // [certified
      Tensor w = descend(zeros(2), lambda);
      Tensor derivative = certify(Fit::gradient, Fit::loss, w, lambda).within(1e-6);
      // certified]
      return derivative;
    }
  }

  private static final Tensor LAMBDA = tensor(0.1, 0.2);
  private static final Path PAGE = ClassPathTest.root().resolve(Path.of("docs/how-to-choose.md"));

  /** The solution in closed form, differentiated by the rules of {@code solve}. */
  private static Tensor exact(Tensor lambda) {
    Tensor hessian = matmul(Fit.X, Fit.X, true, false).div(4).add(eye(2).mul(lambda));
    return LinearAlgebra.solve(hessian, matmul(Fit.X, Fit.Y, true, false).div(4));
  }

  private static Tensor gradient(Function<Tensor, Tensor> solution) {
    return grad(l -> Fit.loss(solution.apply(l)), LAMBDA);
  }

  private static double error(Tensor gradient) {
    Tensor truth = gradient(HowToChooseTest::exact);
    return norm(gradient.sub(truth)).div(norm(truth)).toDouble();
  }

  @Test
  void pageQuotesTheCode() throws IOException {
    assertThat(Quoted.blocks(PAGE))
        .containsExactly(
            Quoted.source(HowToChooseTest.class, "problem"),
            Quoted.source(HowToChooseTest.class, "condition"),
            Quoted.source(HowToChooseTest.class, "ways"),
            Quoted.source(HowToChooseTest.class, "certified"));
  }

  @Test
  void truthIsThatOfDifferences() {
    Tensor gradient = gradient(HowToChooseTest::exact);
    for (int i = 0; i < 2; i++) {
      Tensor move = eye(2).get(i).mul(1e-5);
      double up = Fit.loss(exact(LAMBDA.add(move))).toDouble();
      double down = Fit.loss(exact(LAMBDA.sub(move))).toDouble();
      assertThat((up - down) / 2e-5).isCloseTo(gradient.item(i), within(1e-8));
    }
  }

  @Test
  void everyConditionGivesTheDerivativeOfTheSolution() {
    for (BiFunction<Tensor, Tensor, Tensor> solution : Fit.conditions()) {
      assertThat(error(gradient(l -> solution.apply(zeros(2), l)))).isLessThan(1e-9);
    }
  }

  @Test
  void certifiedDerivativeIsTheTruth() {
    assertThat(error(Fit.certified(LAMBDA))).isLessThan(1e-6);
  }

  @Test
  void waysDifferAsThePageSays() {
    double implicit = error(gradient(l -> Fit.implicit(l, 20)));
    double unrolled = error(gradient(l -> Fit.unrolled(l, 20)));
    assertThat(implicit).isBetween(1e-9, unrolled / 2);
    assertThat(error(gradient(l -> Fit.implicit(l, 300)))).isLessThan(1e-9);
    assertThat(error(gradient(l -> Fit.unrolled(l, 300)))).isLessThan(1e-9);
    assertThat(error(gradient(l -> Fit.oneStep(l, 300)))).isGreaterThan(0.1);
  }

  @Test
  void checkpointsHaveTheBitsOfTheUnrolledLoop() {
    assertThat(gradient(l -> Fit.checkpointed(l, 50)))
        .isEqualTo(gradient(l -> Fit.unrolled(l, 50)));
  }

  @Test
  void pageQuotesTheErrorsOfEstimates() throws IOException {
    StringBuilder row = new StringBuilder("| error |");
    for (int samples : new int[] {16, 256, 4096}) {
      Tensor estimate = grad(l -> Fit.estimated(l, 300, samples, key(0)), LAMBDA);
      row.append(String.format(Locale.ROOT, " %.0f %% |", 100 * error(estimate)));
    }
    assertThat(Files.readString(PAGE)).contains(row);
  }
}
