package dini.examples;

import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Shape;
import dini.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Three derivatives of a descent against plain Java on arrays. */
@TestInstance(Lifecycle.PER_CLASS)
class DerivativesTest {
  private static final double PENALTY = 0.01;
  private static final int ROWS = 296;
  private static final int FEATURES = 10;

  /** Below, relative errors are rounding. */
  private static final double ROUNDING = 1e-13;

  /** The error of the other sums of plain arrays, over 64 steps and at the solution. */
  private static final double AGREEMENT = 1e-12;

  private final double[][] x = new double[ROWS][];
  private final double[] y = new double[ROWS];
  private final double[][] gram = new double[FEATURES][FEATURES];
  private final double[] moment = new double[FEATURES];
  private PenalizedDescent descent;
  private List<DerivativeErrors> errors;

  @BeforeAll
  void prepare() {
    readRows();
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < FEATURES; i++) {
        moment[i] += x[row][i] * y[row] / ROWS;
        for (int j = 0; j < FEATURES; j++) {
          gram[i][j] += x[row][i] * x[row][j] / ROWS;
        }
      }
    }
    descent = PenalizedDescent.of(Diabetes.unitRows(), PENALTY);
    errors = DerivativeErrors.measure(descent);
  }

  /** The task's rows, by loops. */
  private void readRows() {
    double[] numbers = Diabetes.table().values().toArray();
    int columns = FEATURES + 1;
    int all = numbers.length / columns;
    for (int column = 0; column < columns; column++) {
      double mean = 0;
      for (int row = 0; row < all; row++) {
        mean += numbers[row * columns + column] / all;
      }
      double variance = 0;
      for (int row = 0; row < all; row++) {
        numbers[row * columns + column] -= mean;
        variance += Math.pow(numbers[row * columns + column], 2) / all;
      }
      for (int row = 0; row < all; row++) {
        numbers[row * columns + column] /= Math.sqrt(variance);
      }
    }
    double[] keys = PortableRandom.uniform(70, all).toArray();
    List<Integer> order =
        IntStream.range(0, all)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> keys[row]))
            .toList();
    for (int row = 0; row < ROWS; row++) {
      int from = order.get(row) * columns;
      double squares = 0;
      for (int j = 0; j < FEATURES; j++) {
        squares += numbers[from + j] * numbers[from + j];
      }
      x[row] = new double[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        x[row][j] = numbers[from + j] / Math.sqrt(squares);
      }
      y[row] = numbers[from + FEATURES];
    }
  }

  /** Weights and their Jacobian after some steps. */
  private record Forward(double[] w, double[][] jacobian) {}

  /** {@code J <- J - rate (G J + diag(λ) J + diag(w))} along the descent. */
  private Forward forward(int steps) {
    double rate = 1 / (largestEigenvalue() + PENALTY);
    double[] w = new double[FEATURES];
    double[][] jacobian = new double[FEATURES][FEATURES];
    for (int step = 0; step < steps; step++) {
      double[] nextW = w.clone();
      double[][] next = new double[FEATURES][FEATURES];
      for (int i = 0; i < FEATURES; i++) {
        nextW[i] -= rate * (PENALTY * w[i] - moment[i]);
        for (int k = 0; k < FEATURES; k++) {
          nextW[i] -= rate * gram[i][k] * w[k];
        }
        for (int j = 0; j < FEATURES; j++) {
          double change = PENALTY * jacobian[i][j] + (i == j ? w[i] : 0);
          for (int k = 0; k < FEATURES; k++) {
            change += gram[i][k] * jacobian[k][j];
          }
          next[i][j] = jacobian[i][j] - rate * change;
        }
      }
      w = nextW;
      jacobian = next;
    }
    return new Forward(w, jacobian);
  }

  /** By the power method. */
  private double largestEigenvalue() {
    double[] v = new double[FEATURES];
    v[0] = 1;
    double norm = 0;
    for (int step = 0; step < 2000; step++) {
      double[] image = new double[FEATURES];
      for (int i = 0; i < FEATURES; i++) {
        for (int k = 0; k < FEATURES; k++) {
          image[i] += gram[i][k] * v[k];
        }
      }
      norm = norm(image);
      for (int i = 0; i < FEATURES; i++) {
        v[i] = image[i] / norm;
      }
    }
    return norm;
  }

  /** {@code -(G + diag(λ))⁻¹ diag(w)}. */
  private double[][] implicit(double[] w) {
    double[][] jacobian = new double[FEATURES][FEATURES];
    for (int j = 0; j < FEATURES; j++) {
      double[] right = new double[FEATURES];
      right[j] = -w[j];
      double[] column = Cholesky.solve(hessian(), right);
      for (int i = 0; i < FEATURES; i++) {
        jacobian[i][j] = column[i];
      }
    }
    return jacobian;
  }

  private double[] hessian() {
    double[] hessian = new double[FEATURES * FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      System.arraycopy(gram[i], 0, hessian, i * FEATURES, FEATURES);
      hessian[i * FEATURES + i] += PENALTY;
    }
    return hessian;
  }

  private static double norm(double[] v) {
    return Math.sqrt(IntStream.range(0, v.length).mapToDouble(i -> v[i] * v[i]).sum());
  }

  private static double distance(Tensor came, Tensor expected) {
    return norm(came.sub(expected).toArray()) / norm(expected.toArray());
  }

  @Test
  void preparesTheRowsOfTheTask() {
    Sample rows = Diabetes.unitRows();
    assertThat(rows.x().shape()).isEqualTo(Shape.of(ROWS, FEATURES));
    assertThat(distance(rows.x(), tensor(x))).isLessThan(AGREEMENT);
    assertThat(distance(rows.y(), tensor(y))).isLessThan(AGREEMENT);
  }

  @Test
  void truthIsTheLimitOfTheRecursion() {
    Forward limit = forward(4096);
    assertThat(distance(descent.solution(), tensor(limit.w()))).isLessThan(AGREEMENT);
    assertThat(distance(descent.jacobian(), tensor(limit.jacobian()))).isLessThan(AGREEMENT);
  }

  @Test
  void unrolledIsTheForwardRecursion() {
    Forward forward = forward(64);
    assertThat(distance(descent.iterate(descent.penalties(), 64), tensor(forward.w())))
        .isLessThan(AGREEMENT);
    assertThat(distance(descent.unrolled(64), tensor(forward.jacobian()))).isLessThan(AGREEMENT);
  }

  @Test
  void implicitIsTheClosedFormAtTheIterate() {
    assertThat(distance(descent.implicit(64), tensor(implicit(forward(64).w()))))
        .isLessThan(AGREEMENT);
  }

  /** The error is {@code H⁻¹ diag(w_t - w)}, and no eigenvalue of H is below the penalty. */
  @Test
  void implicitErrorIsAtMostAConstantTimesThatOfTheIterate() {
    double constant =
        norm(descent.solution().toArray()) / norm(descent.jacobian().toArray()) / PENALTY;
    for (DerivativeErrors at : errors) {
      assertThat(at.implicit())
          .as(at.row())
          .isLessThanOrEqualTo(constant * (at.iterate() + ROUNDING));
    }
    assertThat(errors.getLast().implicit()).isLessThan(ROUNDING);
  }

  @Test
  void unrolledComesLater() {
    for (DerivativeErrors at : errors) {
      if (at.iterate() > ROUNDING) {
        assertThat(at.unrolled()).as(at.row()).isGreaterThan(at.implicit());
      }
    }
    DerivativeErrors at64 = errors.get(6);
    assertThat(at64.steps()).isEqualTo(64);
    assertThat(at64.unrolled()).isGreaterThan(2 * at64.implicit());
    assertThat(errors.getLast().unrolled()).isLessThan(ROUNDING);
  }

  /**
   * The iterate's error falls as the power t of a factor, that of its derivative t times slower.
   */
  @Test
  void gapBetweenUnrolledAndImplicitGrowsWithTheSteps() {
    assertThat(gap(9) / gap(8)).isBetween(1.7, 2.1);
    assertThat(gap(8)).isBetween(7.5, 9.5);
  }

  private double gap(int doublings) {
    return errors.get(doublings).unrolled() / errors.get(doublings).implicit();
  }

  /** At the solution it is {@code -rate diag(w)}, off by the contraction {@code (I - rate H) J}. */
  @Test
  void oneStepDoesNotConverge() {
    Forward limit = forward(4096);
    double rate = 1 / (largestEigenvalue() + PENALTY);
    double[][] oneStep = new double[FEATURES][FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      oneStep[i][i] = -rate * limit.w()[i];
    }
    assertThat(distance(descent.oneStep(4096), tensor(oneStep))).isLessThan(AGREEMENT);
    double last = errors.getLast().oneStep();
    assertThat(last).isBetween(0.5, 1.0);
    assertThat(errors.get(10).oneStep()).isCloseTo(last, within(1e-9));
  }

  @Test
  void printsTheTableAndDrawsThePicture(@TempDir Path folder) throws IOException {
    Path picture = folder.resolve("picture.png");
    Program run = Program.run("derivatives", "--out", picture);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    String last = run.out().lines().toList().getLast();
    assertThat(run.out().lines().toList().subList(0, errors.size() + 1))
        .containsExactlyElementsOf(table().lines().toList());
    if (last.startsWith("picture skipped")) {
      assertThat(picture).doesNotExist();
    } else {
      assertThat(last).isEqualTo("picture: " + picture);
      assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(800);
    }
  }

  @Test
  void refusesAPictureWithoutFolderBeforeAnyWork() {
    Path picture = Path.of("none", "picture.png");
    Program run = Program.run("derivatives", "--out", picture);
    assertThat(run.err())
        .isEqualTo(
            "derivatives: --out " + picture + ": there is no such folder" + System.lineSeparator());
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void pageQuotesTheTable() throws IOException {
    assertThat(Files.readString(docs().resolve("how-to-choose.md"))).contains(table());
    assertThat(docs().resolve("images/derivatives.png")).exists();
  }

  private String table() {
    return DerivativeErrors.header()
        + "\n"
        + errors.stream().map(DerivativeErrors::row).collect(Collectors.joining("\n"));
  }

  private static Path docs() {
    Path folder = Path.of("").toAbsolutePath();
    while (!folder.resolve("docs").toFile().exists()) {
      folder = folder.getParent();
    }
    return folder.resolve("docs");
  }
}
