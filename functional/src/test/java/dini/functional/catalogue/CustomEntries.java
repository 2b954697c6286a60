package dini.functional.catalogue;

import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sin;
import static dini.core.Products.matmul;
import static dini.functional.catalogue.Domain.DOMINANT;
import static dini.functional.catalogue.Domain.REAL;

import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Checkpoint;
import dini.functional.CheckpointPolicy;
import dini.functional.CustomDerivatives;
import dini.functional.Debugging;
import dini.functional.Jvp;
import dini.functional.Transforms;
import dini.functional.WithAux;
import dini.linalg.LinearAlgebra;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Functions with rules of their own, and functions that are computed again. */
final class CustomEntries {
  private CustomEntries() {}

  /** {@code sin(x) exp(w)} with its pullback. */
  private static Tensor pulledBack(Tensor x, Tensor w) {
    return CustomDerivatives.<List<Tensor>, Tensor, List<Tensor>>customVjp(
            p -> mul(sin(p.get(0)), exp(p.get(1))),
            p -> new WithAux<>(mul(sin(p.get(0)), exp(p.get(1))), p),
            (p, ct) -> {
              Tensor scaled = ct.mul(exp(p.get(1)));
              return List.of(scaled.mul(cos(p.get(0))), scaled.mul(sin(p.get(0))));
            })
        .apply(List.of(x, w));
  }

  /** The derivative of the sine along w, by the transpose of a pullback. */
  private static Tensor along(Tensor x, Tensor w) {
    Function<Tensor, Tensor> f =
        CustomDerivatives.customVjp(
            z -> sin(z), z -> new WithAux<>(sin(z), cos(z)), (cosine, ct) -> ct.mul(cosine));
    return Transforms.jvp(f, x, w).tangent();
  }

  /** The same with its tangent. */
  private static Tensor pushed(Tensor x, Tensor w) {
    return CustomDerivatives.<List<Tensor>, Tensor>customJvp(
            p -> mul(sin(p.get(0)), exp(p.get(1))),
            (p, t) -> {
              Tensor y = mul(sin(p.get(0)), exp(p.get(1)));
              Tensor slope = mul(cos(p.get(0)), exp(p.get(1)));
              return new Jvp<>(y, slope.mul(t.get(0)).add(y.mul(t.get(1))));
            })
        .apply(List.of(x, w));
  }

  private static Plain sineOfExp(Plain x, Plain w) {
    return Plain.each(x.shape, i -> Math.sin(x.at(i)) * Math.exp(w.at(i)));
  }

  /** A dense solve, of the matrix that the map turns out to have. */
  private static Tensor solved(Tensor a, Tensor b) {
    BiFunction<UnaryOperator<Tensor>, Tensor, Tensor> dense =
        (map, right) -> {
          int n = right.size();
          Tensor[] columns = new Tensor[n];
          Tensor identity = Tensors.eye(n, right.dtype());
          for (int i = 0; i < n; i++) {
            columns[i] = map.apply(Shapes.index(identity, 0, i));
          }
          return n == 0 ? right : LinearAlgebra.solve(Shapes.stack(1, columns), right);
        };
    return CustomDerivatives.customLinearSolve(z -> matmul(a, z), b, dense, dense);
  }

  private static Tensor recomputed(CheckpointPolicy policy, Tensor x, Tensor w) {
    return Checkpoint.checkpoint(
            policy, (Tensor z) -> sin(Checkpoint.checkpointName(mul(z, w), "product")).mul(exp(z)))
        .apply(x);
  }

  private static Plain recomputed(Plain x, Plain w) {
    return Plain.each(x.shape, i -> Math.sin(x.at(i) * w.at(i)) * Math.exp(x.at(i)));
  }

  static List<Entry> all() {
    String[] shapes = {"[] []", "[1] [1]", "[3] [3]", "[2,3] [2,3]", "[0] [0]", "[17] [17]"};
    return List.of(
        Entry.of("customVjp", x -> pulledBack(x[0], x[1]), x -> sineOfExp(x[0], x[1]), REAL, REAL)
            .at(shapes)
            .within(Entry.Tolerance.ULPS),
        Entry.of(
                "customVjp along a direction",
                x -> along(x[0], x[1]),
                x -> Plain.each(x[0].shape, i -> Math.cos(x[0].at(i)) * x[1].at(i)),
                REAL,
                REAL)
            .at(shapes)
            .within(Entry.Tolerance.ULPS),
        Entry.of("customJvp", x -> pushed(x[0], x[1]), x -> sineOfExp(x[0], x[1]), REAL, REAL)
            .at(shapes)
            .within(Entry.Tolerance.ULPS),
        Entry.of(
                "customLinearSolve",
                x -> solved(x[0], x[1]),
                x -> LinearSystemEntries.solve(x[0], x[1]),
                DOMINANT,
                REAL)
            .at("[1,1] [1]", "[3,3] [3]", "[0,0] [0]")
            .large("[5,5] [5]")
            .within(Entry.Tolerance.SUMS),
        Entry.of("checkpointName", x -> Checkpoint.checkpointName(x[0], "x"), x -> x[0], REAL)
            .at("[]", "[1]", "[3]", "[0]", "[17]")
            .linear(),
        Entry.of("debugPrint", x -> Debugging.debugPrint("x", x[0], line -> {}), x -> x[0], REAL)
            .at("[]", "[1]", "[3]", "[0]", "[17]")
            .linear(),
        Entry.of(
                "checkpoint that saves names",
                x -> recomputed(CheckpointPolicy.saveOnly("product"), x[0], x[1]),
                x -> recomputed(x[0], x[1]),
                REAL,
                REAL)
            .at(shapes)
            .within(new Entry.Tolerance(1e-14, true)),
        Entry.of(
                "checkpoint that saves nothing",
                x -> recomputed(CheckpointPolicy.nothingSaveable(), x[0], x[1]),
                x -> recomputed(x[0], x[1]),
                REAL,
                REAL)
            .at("[3] [3]")
            .within(new Entry.Tolerance(1e-14, true)));
  }
}
