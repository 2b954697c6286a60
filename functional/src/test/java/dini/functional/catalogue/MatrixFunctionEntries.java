package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.DEFINITE;
import static dini.functional.catalogue.Domain.DOMINANT;
import static dini.functional.catalogue.Domain.NONZERO;
import static dini.functional.catalogue.Domain.POSITIVE;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.SEPARATED;
import static dini.functional.catalogue.Domain.SWAPPED;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Elementwise;
import dini.core.Tensor;
import dini.linalg.LinearAlgebra;
import dini.linalg.MatrixFunctions;
import dini.linalg.MatrixNorm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Functions of whole matrices. */
final class MatrixFunctionEntries {
  private MatrixFunctionEntries() {}

  private static final MathContext DIGITS = new MathContext(50);

  private static final String[] SQUARE = {"[1,1]", "[2,2]", "[3,3]", "[5,5]", "[0,0]", "[2,3,3]"};
  private static final String[] ANY = {"[1,1]", "[3,3]", "[5,3]", "[3,5]", "[2,4,2]", "[1,4]"};

  private static Entry one(
      String name, Domain domain, Entry.Single f, Entry.SingleOracle g, String... shapes) {
    return Entry.several(
            name,
            x -> new Tensor[] {f.apply(x)},
            x -> Decompositions.stacked(y -> new Plain[] {g.apply(y)}, x[0]),
            domain)
        .at(shapes)
        .within(SUMS);
  }

  /** The Taylor series with 50 digits. */
  private static Plain expm(Plain a) {
    int n = a.extent(0);
    BigDecimal[] sum = new BigDecimal[n * n];
    BigDecimal[] term = new BigDecimal[n * n];
    for (int i = 0; i < n * n; i++) {
      term[i] = i % (n + 1) == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
      sum[i] = term[i];
    }
    for (int k = 1; k < 120; k++) {
      BigDecimal[] next = new BigDecimal[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          BigDecimal element = BigDecimal.ZERO;
          for (int l = 0; l < n; l++) {
            element =
                element.add(term[i * n + l].multiply(new BigDecimal(a.at(l, j)), DIGITS), DIGITS);
          }
          next[i * n + j] = element.divide(BigDecimal.valueOf(k), DIGITS);
          sum[i * n + j] = sum[i * n + j].add(next[i * n + j], DIGITS);
        }
      }
      term = next;
    }
    return new Plain(a.shape, Arrays.stream(sum).mapToDouble(BigDecimal::doubleValue).toArray());
  }

  private static Plain product(Plain x, Plain y) {
    int k = x.extent(1);
    return Plain.each(
        new int[] {x.extent(0), y.extent(1)},
        i -> {
          double[] left = new double[k];
          double[] right = new double[k];
          for (int l = 0; l < k; l++) {
            left[l] = x.at(i[0], l);
            right[l] = y.at(l, i[1]);
          }
          return Plain.dot(left, right);
        });
  }

  private static Plain transposed(Plain x) {
    return Plain.each(new int[] {x.extent(1), x.extent(0)}, i -> x.at(i[1], i[0]));
  }

  private static Plain symmetric(Plain x) {
    return Plain.each(x.shape, i -> (x.at(i[0], i[1]) + x.at(i[1], i[0])) / 2);
  }

  /** By Jacobi's rotations. */
  private static Plain spectral(Plain a, DoubleUnaryOperator f) {
    Plain[] eigh = Decompositions.eigh(a);
    Plain scaled = Plain.each(a.shape, i -> eigh[1].at(i) * f.applyAsDouble(eigh[0].at(i[1])));
    return product(scaled, transposed(eigh[1]));
  }

  private static Plain power(Plain a, int k) {
    Plain power = Decompositions.eye(a.extent(0));
    Plain factor = k < 0 ? LinearSystemEntries.solve(a, power) : a;
    for (int i = 0; i < Math.abs(k); i++) {
      power = product(power, factor);
    }
    return power;
  }

  /** By the normal equations: the rank is full. */
  private static Plain pinv(Plain a) {
    Plain transposed = transposed(a);
    return a.extent(0) >= a.extent(1)
        ? LinearSystemEntries.solve(product(transposed, a), transposed)
        : transposed(LinearSystemEntries.solve(product(a, transposed), a));
  }

  private static Plain[] lstsq(Plain a, Plain b) {
    Plain columns = b.rank() == 1 ? new Plain(new int[] {b.shape[0], 1}, b.data) : b;
    Plain x = product(pinv(a), columns);
    Plain image = product(a, x);
    Plain residuals =
        Plain.each(
            new int[] {columns.extent(1)},
            j -> {
              double sum = 0;
              for (int i = 0; i < columns.extent(0); i++) {
                double difference = columns.at(i, j[0]) - image.at(i, j[0]);
                sum += difference * difference;
              }
              return sum;
            });
    Plain rank = scalar(Math.min(a.extent(0), a.extent(1)));
    return b.rank() == 1
        ? new Plain[] {
          new Plain(new int[] {a.extent(1)}, x.data), new Plain(new int[0], residuals.data), rank
        }
        : new Plain[] {x, residuals, rank};
  }

  private static Plain scalar(double value) {
    return new Plain(new int[0], new double[] {value});
  }

  private static Plain values(Plain a, DoubleBinaryOperator reduce) {
    return scalar(Arrays.stream(Decompositions.svd(a)[1].data).reduce(0, reduce));
  }

  /** The largest sum of magnitudes along the rows of a matrix. */
  private static Plain rows(Plain a) {
    double largest = 0;
    for (int i = 0; i < a.extent(0); i++) {
      double sum = 0;
      for (int j = 0; j < a.extent(1); j++) {
        sum += Math.abs(a.at(i, j));
      }
      largest = Math.max(largest, sum);
    }
    return scalar(largest);
  }

  private static Entry norm(MatrixNorm norm, Domain domain, UnaryOperator<Plain> g) {
    return one(
        "matrixNorm " + norm,
        domain,
        x -> MatrixFunctions.matrixNorm(x[0], norm),
        x -> g.apply(x[0]),
        ANY);
  }

  private static Plain tridiagonal(Plain lower, Plain middle, Plain upper) {
    int n = middle.extent(0);
    return Plain.each(
        new int[] {n, n},
        i ->
            switch (i[1] - i[0]) {
              case -1 -> lower.at(i[0]);
              case 0 -> middle.at(i[0]);
              case 1 -> upper.at(i[0]);
              default -> 0;
            });
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (int k : new int[] {-2, 0, 1, 5}) {
      entries.add(
          one(
              "matrixPower " + k,
              k < 0 ? DOMINANT : REAL,
              x -> MatrixFunctions.matrixPower(x[0], k),
              x -> power(x[0], k),
              SQUARE));
    }
    entries.addAll(
        List.of(
            one("expm", REAL, x -> MatrixFunctions.expm(x[0]), x -> expm(x[0]), SQUARE),
            one(
                "funm of exp",
                REAL,
                x -> MatrixFunctions.funm(x[0], Elementwise::exp),
                x -> expm(symmetric(x[0])),
                SQUARE),
            Entry.of(
                    "funm of what captured p",
                    x -> MatrixFunctions.funm(x[0], w -> Elementwise.pow(w, x[1])),
                    x -> spectral(x[0], w -> StrictMath.pow(w, x[1].at())),
                    DEFINITE,
                    REAL)
                .at("[1,1] []", "[3,3] []", "[5,5] []", "[0,0] []")
                .within(SUMS),
            one("pinv", SWAPPED, x -> MatrixFunctions.pinv(x[0]), x -> pinv(x[0]), ANY)
                .large("[5,5]", "[7,3]", "[0,0]", "[0,3]"),
            Entry.several(
                    "lstsq",
                    x -> {
                      MatrixFunctions.LeastSquares fit = MatrixFunctions.lstsq(x[0], x[1]);
                      return new Tensor[] {fit.x(), fit.residuals(), fit.rank()};
                    },
                    x -> lstsq(x[0], x[1]),
                    SWAPPED,
                    REAL)
                .at("[5,3] [5]", "[5,3] [5,2]", "[3,5] [3]", "[3,3] [3,2]", "[1,1] [1]")
                .within(SUMS),
            norm(MatrixNorm.FROBENIUS, SWAPPED, a -> scalar(Math.sqrt(Plain.dot(a.data, a.data)))),
            norm(MatrixNorm.NUCLEAR, SEPARATED, a -> values(a, Double::sum)),
            norm(MatrixNorm.SPECTRAL, SEPARATED, a -> values(a, Math::max)),
            norm(MatrixNorm.ONE, NONZERO, a -> rows(transposed(a))),
            norm(MatrixNorm.INFINITY, NONZERO, a -> rows(a)),
            Entry.of(
                    "luSolve",
                    x -> LinearAlgebra.luSolve(LinearAlgebra.lu(x[0]), x[1]),
                    x ->
                        Decompositions.solved(
                            y -> LinearSystemEntries.solve(y[0], y[1]), x[0], x[1]),
                    SWAPPED,
                    REAL)
                .at("[3,3] [3]", "[3,3] [3,2]", "[2,3,3] [3]", "[2,3,3] [2,3,2]", "[0,0] [0]")
                .within(SUMS),
            Entry.of(
                    "tridiagonalSolve",
                    x -> LinearAlgebra.tridiagonalSolve(x[0], x[1].add(4), x[2], x[3]),
                    x ->
                        LinearSystemEntries.solve(
                            tridiagonal(x[0], x[1].map(d -> d + 4), x[2]), x[3]),
                    REAL,
                    POSITIVE,
                    REAL,
                    REAL)
                .at(
                    "[1] [1] [1] [1]",
                    "[2] [2] [2] [2]",
                    "[5] [5] [5] [5]",
                    "[5] [5] [5] [5,3]",
                    "[0] [0] [0] [0]")
                .large("[67] [67] [67] [67]")
                .within(SUMS)));
    return entries;
  }
}
