package dini.functional.golden;

import static dini.core.Products.matmul;
import static dini.core.Shapes.expandDims;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Contractions;
import dini.core.Elementwise;
import dini.core.Indexing;
import dini.core.Products;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearAlgebra.Eigh;
import dini.linalg.LinearAlgebra.Qr;
import dini.linalg.LinearAlgebra.SignLogDet;
import dini.linalg.LinearAlgebra.Svd;
import dini.linalg.MatrixFunctions;
import java.util.List;
import java.util.function.UnaryOperator;

/** Products, decompositions and solutions of systems. */
final class LinearAlgebraOps {
  private LinearAlgebraOps() {}

  static void addTo(OpTable table) {
    table.binary("dot", Products::dot);
    table.binary("kron", Contractions::kron);
    table.withParams("einsum", LinearAlgebraOps::einsum);
    table.withParams("tensordot", LinearAlgebraOps::tensordot);
    table.binary("vdot", (x, y) -> Products.vdot(flat(x), flat(y)));
    table.binary("matmul", Products::matmul);
    table.binary("outer", (x, y) -> Products.outer(flat(x), flat(y)));
    table.unary("expm", MatrixFunctions::expm);
    table.unary("pinv", MatrixFunctions::pinv);
    table.binary("lstsq", (a, b) -> MatrixFunctions.lstsq(a, b).x());
    table.withParams(
        "matrixPower",
        (in, params) -> MatrixFunctions.matrixPower(in.get(0), params.get("n").getAsInt()));
    table.unary("cholesky", LinearAlgebra::cholesky);
    table.binary("solve", LinearAlgebra::solve);
    table.unary("inv", LinearAlgebra::inv);
    table.unary("det", LinearAlgebra::det);
    table.unary("logdet", LinearAlgebra::logdet);
    table.several(
        "slogdet",
        (in, params) -> {
          SignLogDet parts = LinearAlgebra.slogdet(in.get(0));
          return List.of(parts.sign(), parts.logabs());
        });
    table.withParams(
        "triangularSolve", (in, params) -> triangularSolve(in.get(0), in.get(1), params));
    addFactorizations(table);
  }

  /** What of a factorization does not depend on the choice of signs. */
  private static void addFactorizations(OpTable table) {
    table.several("qr", (in, params) -> factors(in.get(0)));
    table.several("qr:positiveDiagonal", (in, params) -> factors(in.get(0)));
    table.unary("qr:absR", a -> Elementwise.abs(LinearAlgebra.qr(a).r()));
    table.unary(
        "qr:reconstruct",
        a -> {
          Qr qr = LinearAlgebra.qr(a);
          return matmul(qr.q(), qr.r());
        });
    table.unary("svd:singularValues", a -> LinearAlgebra.svd(a).s());
    table.unary("svd:reconstruct", a -> scaled(a, s -> s));
    table.unary("svd:sqrtSingularValues", a -> scaled(a, Elementwise::sqrt));
    table.unary(
        "svd:rankOne",
        a -> {
          Svd svd = LinearAlgebra.svd(a);
          Tensor left = Indexing.take(svd.u(), Tensors.longs(0), -1);
          Tensor right = Indexing.take(svd.vt(), Tensors.longs(0), -2);
          Tensor first = expandDims(Indexing.take(svd.s(), Tensors.longs(0), -1), -1);
          return matmul(left, right).mul(first);
        });
    table.unary("eigh:eigenvalues", a -> LinearAlgebra.eigh(a).values());
    table.unary("eigh:spectral:expm", a -> spectral(a, Elementwise::exp));
    table.unary("eigh:spectral:tanh", a -> spectral(a, Elementwise::tanh));
    table.unary(
        "eigh:topProjector",
        a -> {
          Tensor top = Indexing.take(LinearAlgebra.eigh(a).vectors(), Tensors.longs(-1), -1);
          return matmul(top, top, false, true);
        });
    table.unary(
        "eigh:sum(V^2)", a -> Reductions.sum(Elementwise.square(LinearAlgebra.eigh(a).vectors())));
  }

  private static Tensor flat(Tensor x) {
    return Shapes.reshape(x, x.size());
  }

  private static List<Tensor> factors(Tensor a) {
    Qr qr = LinearAlgebra.qr(a);
    return List.of(qr.q(), qr.r());
  }

  private static Tensor scaled(Tensor a, UnaryOperator<Tensor> f) {
    Svd svd = LinearAlgebra.svd(a);
    return matmul(svd.u().mul(expandDims(f.apply(svd.s()), -2)), svd.vt());
  }

  private static Tensor spectral(Tensor a, UnaryOperator<Tensor> f) {
    Eigh eigh = LinearAlgebra.eigh(a);
    Tensor vectors = eigh.vectors();
    return matmul(vectors.mul(expandDims(f.apply(eigh.values()), -2)), vectors, false, true);
  }

  private static Tensor einsum(List<Tensor> in, JsonObject params) {
    return Contractions.einsum(params.get("equation").getAsString(), in.toArray(Tensor[]::new));
  }

  private static Tensor tensordot(List<Tensor> in, JsonObject params) {
    JsonElement axes = params.get("axes");
    return axes.isJsonArray()
        ? Contractions.tensordot(
            in.get(0),
            in.get(1),
            Golden.ints(axes.getAsJsonArray().get(0)),
            Golden.ints(axes.getAsJsonArray().get(1)))
        : Contractions.tensordot(in.get(0), in.get(1), axes.getAsInt());
  }

  private static Tensor triangularSolve(Tensor a, Tensor b, JsonObject params) {
    return LinearAlgebra.triangularSolve(
        a, b, flag(params, "lower"), flag(params, "transpose"), flag(params, "unitDiagonal"));
  }

  private static boolean flag(JsonObject params, String name) {
    return params.has(name) && params.get(name).getAsBoolean();
  }
}
