package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.DEFINITE;
import static dini.functional.catalogue.Domain.DOMINANT;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.SEPARATED;
import static dini.functional.catalogue.Domain.SWAPPED;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Tensor;
import dini.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;

/** Decompositions of matrices, and solutions and determinants by them. */
final class LinearAlgebraEntries {
  private LinearAlgebraEntries() {}

  private static final String[] SQUARE = {"[1,1]", "[2,2]", "[3,3]", "[7,7]", "[0,0]", "[2,3,3]"};
  private static final String[] ANY = {"[1,1]", "[3,3]", "[5,3]", "[3,5]", "[1,4]", "[2,4,2]"};
  private static final String[] SYSTEMS = {
    "[1,1] [1]",
    "[3,3] [3]",
    "[3,3] [3,2]",
    "[7,7] [7,1]",
    "[0,0] [0]",
    "[2,3,3] [3]",
    "[2,3,3] [2,3,2]",
    "[3,3] [2,3,1]"
  };

  private static Entry one(
      String name, Domain domain, Entry.Operation f, Entry.Oracle g, String... shapes) {
    return Entry.several(name, f, x -> Decompositions.stacked(g, x[0]), domain)
        .at(shapes)
        .within(SUMS);
  }

  private static Entry system(String name, Domain domain, Entry.Single f, Entry.SingleOracle g) {
    return Entry.of(name, f, x -> Decompositions.solved(g, x[0], x[1]), domain, REAL)
        .at(SYSTEMS)
        .within(SUMS);
  }

  private static Tensor[] list(Tensor... tensors) {
    return tensors;
  }

  private static Plain[] list(Plain... arrays) {
    return arrays;
  }

  private static Tensor[] lu(Tensor a) {
    LinearAlgebra.Lu lu = LinearAlgebra.lu(a);
    return list(lu.p(), lu.l(), lu.u());
  }

  private static Tensor[] qr(Tensor a) {
    LinearAlgebra.Qr qr = LinearAlgebra.qr(a);
    return list(qr.q(), qr.r());
  }

  private static Tensor[] eigh(Tensor a) {
    LinearAlgebra.Eigh eigh = LinearAlgebra.eigh(a);
    return list(eigh.values(), eigh.vectors());
  }

  private static Tensor[] svd(Tensor a) {
    LinearAlgebra.Svd svd = LinearAlgebra.svd(a);
    return list(svd.u(), svd.s(), svd.vt());
  }

  private static Tensor[] slogdet(Tensor a) {
    LinearAlgebra.SignLogDet slogdet = LinearAlgebra.slogdet(a);
    return list(slogdet.sign(), slogdet.logabs());
  }

  private static Plain scalar(double value) {
    return new Plain(new int[0], new double[] {value});
  }

  private static double logAbsDet(Plain a) {
    return StrictMath.log(Math.abs(Decompositions.det(a)));
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (int flags = 0; flags < 8; flags++) {
      boolean lower = (flags & 1) != 0;
      boolean transpose = (flags & 2) != 0;
      boolean unit = (flags & 4) != 0;
      entries.add(
          system(
              "triangularSolve"
                  + (lower ? ", lower" : ", upper")
                  + (transpose ? ", transposed" : "")
                  + (unit ? ", unit diagonal" : ""),
              DOMINANT,
              x -> LinearAlgebra.triangularSolve(x[0], x[1], lower, transpose, unit),
              x ->
                  LinearSystemEntries.solve(
                      Decompositions.triangle(x[0], lower, transpose, unit), x[1])));
    }
    entries.addAll(
        List.of(
            one(
                "cholesky",
                DEFINITE,
                x -> list(LinearAlgebra.cholesky(x[0])),
                x -> list(Decompositions.cholesky(x[0])),
                SQUARE),
            one("lu", SWAPPED, x -> lu(x[0]), x -> Decompositions.lu(x[0]), ANY),
            one("qr", SWAPPED, x -> qr(x[0]), x -> Decompositions.qr(x[0]), ANY)
                .large("[5,5]", "[7,3]", "[0,0]", "[0,3]"),
            one("eigh", SEPARATED, x -> eigh(x[0]), x -> Decompositions.eigh(x[0]), SQUARE),
            one("svd", SEPARATED, x -> svd(x[0]), x -> Decompositions.svd(x[0]), ANY)
                .large("[5,5]", "[7,3]", "[0,0]", "[0,3]"),
            one(
                "inv",
                SWAPPED,
                x -> list(LinearAlgebra.inv(x[0])),
                x -> list(LinearSystemEntries.solve(x[0], Decompositions.eye(x[0].extent(0)))),
                SQUARE),
            one(
                "det",
                SWAPPED,
                x -> list(LinearAlgebra.det(x[0])),
                x -> list(scalar(Decompositions.det(x[0]))),
                "[1,1]",
                "[2,2]",
                "[3,3]",
                "[5,5]",
                "[0,0]",
                "[2,3,3]"),
            one(
                "slogdet",
                SWAPPED,
                x -> slogdet(x[0]),
                x -> list(scalar(Math.signum(Decompositions.det(x[0]))), scalar(logAbsDet(x[0]))),
                SQUARE),
            one(
                "logdet",
                DEFINITE,
                x -> list(LinearAlgebra.logdet(x[0])),
                x -> list(scalar(logAbsDet(x[0]))),
                SQUARE),
            system(
                "solve",
                SWAPPED,
                x -> LinearAlgebra.solve(x[0], x[1]),
                x -> LinearSystemEntries.solve(x[0], x[1])),
            system(
                "choleskySolve",
                DOMINANT,
                x -> LinearAlgebra.choleskySolve(x[0], x[1]),
                x ->
                    LinearSystemEntries.solve(
                        Decompositions.triangle(x[0], true, true, false),
                        LinearSystemEntries.solve(
                            Decompositions.triangle(x[0], true, false, false), x[1])))));
    return entries;
  }
}
