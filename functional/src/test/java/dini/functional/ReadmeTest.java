package dini.functional;

import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The example of README.md, which quotes the lines between the two marks, and its number. */
class ReadmeTest {

  private static final Tensor X = tensor(new double[][] {{1, 0.5}, {-0.5, 2}, {1.5, 1}, {0, -1}});
  private static final Tensor Y = tensor(1, 2, -1, 0.5);
  private static final Tensor NEW_X = tensor(new double[][] {{0.5, 1}, {-1, 1}, {2, 0}});
  private static final Tensor NEW_Y = tensor(0.5, 1.5, -0.5);
  private static final double LAMBDA = 0.7;

  /** What a user writes. */
  static final class Ridge {
    private Ridge() {}

    // [README
    public record Problem(Tensor lambda, Tensor X, Tensor y) {}

    static Tensor objective(Tensor w, Problem p) {
      return sum(matmul(p.X(), w).sub(p.y()).pow(2)).add(p.lambda().mul(dot(w, w)));
    }

    static Tensor hypergradient(Tensor lambda, Tensor X, Tensor y, Tensor newX, Tensor newY) {
      BiFunction<Tensor, Problem, Tensor> fit =
          customRoot(grad(Ridge::objective), normalCg()).apply((w, p) -> conjugateGradient(p, w));
      return grad(
          l -> mean(matmul(newX, fit.apply(zeros(2), new Problem(l, X, y))).sub(newY).pow(2)),
          lambda);
    }

    // README]

    /** Conjugate gradients on numbers, as a user has it from elsewhere. */
    static Tensor conjugateGradient(Problem problem, Tensor init) {
      double[] x = problem.X().toArray();
      double[] y = problem.y().toArray();
      double lambda = problem.lambda().toDouble();
      double[] w = init.toArray();
      double[] r = new double[w.length];
      for (int i = 0; i < y.length; i++) {
        for (int j = 0; j < r.length; j++) {
          r[j] += x[i * r.length + j] * y[i];
        }
      }
      double[] start = normal(x, lambda, w);
      for (int j = 0; j < r.length; j++) {
        r[j] -= start[j];
      }
      double[] p = r.clone();
      for (int step = 0; step < 10 * w.length && product(r, r) > 1e-30; step++) {
        double[] image = normal(x, lambda, p);
        double rr = product(r, r);
        double alpha = rr / product(p, image);
        for (int j = 0; j < w.length; j++) {
          w[j] += alpha * p[j];
          r[j] -= alpha * image[j];
        }
        double beta = product(r, r) / rr;
        for (int j = 0; j < w.length; j++) {
          p[j] = r[j] + beta * p[j];
        }
      }
      return tensor(w);
    }

    /** (X'X + lambda I) w. */
    private static double[] normal(double[] x, double lambda, double[] w) {
      double[] image = new double[w.length];
      for (int row = 0; row < x.length; row += w.length) {
        double product = 0;
        for (int j = 0; j < w.length; j++) {
          product += x[row + j] * w[j];
        }
        for (int j = 0; j < w.length; j++) {
          image[j] += x[row + j] * product;
        }
      }
      for (int j = 0; j < w.length; j++) {
        image[j] += lambda * w[j];
      }
      return image;
    }

    private static double product(double[] x, double[] y) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * y[i];
      }
      return sum;
    }
  }

  /** w = (X'X + lambda I)^-1 X'y by Cramer's rule, dw = -(X'X + lambda I)^-1 w. */
  private static double exact() {
    double a = LAMBDA;
    double b = 0;
    double d = LAMBDA;
    double u = 0;
    double v = 0;
    for (int i = 0; i < 4; i++) {
      a += X.item(i, 0) * X.item(i, 0);
      b += X.item(i, 0) * X.item(i, 1);
      d += X.item(i, 1) * X.item(i, 1);
      u += X.item(i, 0) * Y.item(i);
      v += X.item(i, 1) * Y.item(i);
    }
    double det = a * d - b * b;
    double w0 = (d * u - b * v) / det;
    double w1 = (a * v - b * u) / det;
    double dw0 = -(d * w0 - b * w1) / det;
    double dw1 = -(a * w1 - b * w0) / det;
    double derivative = 0;
    for (int i = 0; i < 3; i++) {
      double error = NEW_X.item(i, 0) * w0 + NEW_X.item(i, 1) * w1 - NEW_Y.item(i);
      derivative += 2 * error * (NEW_X.item(i, 0) * dw0 + NEW_X.item(i, 1) * dw1) / 3;
    }
    return derivative;
  }

  @Test
  void exampleGivesTheRightNumber() {
    Tensor hypergradient = Ridge.hypergradient(scalar(LAMBDA), X, Y, NEW_X, NEW_Y);
    // the linear solve of the derivative stops at 1e-10
    assertNear(1e-9, hypergradient, exact());
  }

  @Test
  void conditionMayHaveAName() {
    BiFunction<Tensor, Ridge.Problem, Tensor> stationary = grad(Ridge::objective);
    BiFunction<Tensor, Ridge.Problem, Tensor> solve =
        customRoot(stationary, normalCg())
            .apply((init, problem) -> Ridge.conjugateGradient(problem, init));
    Tensor init = zeros(2);
    Tensor hypergradient =
        grad(
            lambda -> validationLoss(solve.apply(init, new Ridge.Problem(lambda, X, Y))),
            scalar(LAMBDA));
    assertNear(1e-9, hypergradient, exact());
  }

  private static Tensor validationLoss(Tensor w) {
    return mean(matmul(NEW_X, w).sub(NEW_Y).pow(2));
  }

  @Test
  void readmeQuotesTheExample() throws IOException {
    Path root = ClassPathTest.root();
    List<String> source =
        Files.readAllLines(
            root.resolve(
                Path.of(
                    "functional", "src", "test", "java", "dini", "functional", "ReadmeTest.java")));
    int from = source.indexOf("    // [README") + 1;
    int to = source.indexOf("    // README]");
    String example = String.join("\n", source.subList(from, to)).stripTrailing().stripIndent();
    List<String> readme = Files.readAllLines(root.resolve("README.md"));
    int start = readme.indexOf("```java") + 1;
    assertThat(start).as("README.md has a block of Java").isPositive();
    int end = start + readme.subList(start, readme.size()).indexOf("```");
    assertThat(String.join("\n", readme.subList(start, end))).isEqualTo(example);
  }
}
