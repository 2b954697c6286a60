package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Contractions;
import dini.core.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Sums of products over named axes. */
final class ContractionEntries {
  private ContractionEntries() {}

  /** Every term of the sum, for every element of the result: no order, no matrices. */
  private static Plain einsum(String equation, Plain... operands) {
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    TreeMap<Character, Integer> extents = new TreeMap<>();
    for (int i = 0; i < terms.length; i++) {
      for (int axis = 0; axis < terms[i].length(); axis++) {
        extents.put(terms[i].charAt(axis), operands[i].shape[axis]);
      }
    }
    StringBuilder summed = new StringBuilder();
    extents.keySet().stream().filter(c -> sides[1].indexOf(c) < 0).forEach(summed::append);
    int[] shape = sides[1].chars().map(c -> extents.get((char) c)).toArray();
    int[] over = summed.chars().map(c -> extents.get((char) c)).toArray();
    String letters = sides[1] + summed;
    return Plain.each(
        shape,
        at -> {
          Plain products =
              Plain.each(
                  over,
                  inner -> {
                    int[] all = Arrays.copyOf(at, at.length + inner.length);
                    System.arraycopy(inner, 0, all, at.length, inner.length);
                    double product = 1;
                    for (int i = 0; i < terms.length; i++) {
                      product *=
                          operands[i].at(
                              terms[i].chars().map(c -> all[letters.indexOf(c)]).toArray());
                    }
                    return product;
                  });
          return Plain.sum(products.data);
        });
  }

  /** An equation that the library is given, the same in letters only, and extents. */
  private static Entry as(String plain, String equation, String... shapes) {
    Domain[] domains = new Domain[plain.split("->", -1)[0].split(",", -1).length];
    Arrays.fill(domains, REAL);
    return Entry.of(
            "einsum " + equation,
            x -> Contractions.einsum(equation, x),
            x -> einsum(plain, x),
            domains)
        .at(shapes)
        .within(SUMS);
  }

  private static Entry of(String equation, String... shapes) {
    return as(equation, equation, shapes);
  }

  static List<Entry> all() {
    List<Entry> entries =
        new ArrayList<>(
            List.of(
                of("ij,jk->ik", "[2,3] [3,4]", "[0,3] [3,2]", "[2,0] [0,3]").alsoIntegers(),
                of("ji,jk->ik", "[3,2] [3,4]"),
                of("ij,kj->ki", "[2,3] [4,3]"),
                as("ij,jk->ik", "ij,jk", "[2,3] [3,4]"),
                as("ba->ab", "ba", "[2,3]").linear(),
                of("i,i->", "[5] [5]", "[0] [0]").alsoIntegers(),
                of("ii->", "[3,3]", "[1,1]", "[0,0]").linear(),
                of("ii->i", "[3,3]", "[0,0]").linear(),
                of("iji->ij", "[3,2,3]").linear(),
                of("iii->i", "[3,3,3]").linear(),
                of("ijij->ji", "[2,3,2,3]").linear(),
                of("ijk->ki", "[2,3,4]").linear(),
                of("i,j->ij", "[3] [4]").alsoIntegers(),
                of("i,j->", "[3] [4]"),
                of("bij,bjk->bik", "[2,2,3] [2,3,2]", "[0,2,3] [0,3,2]"),
                of("bi,bi->b", "[2,3] [2,3]"),
                of("bi,b->ib", "[2,3] [2]"),
                of("ijb,kb->bik", "[2,3,2] [4,2]"),
                of("bi,ij,bj->b", "[2,3] [3,4] [2,4]").alsoIntegers(),
                of("ij,jk,kl->il", "[2,3] [3,4] [4,2]"),
                of("i,i,i->", "[4] [4] [4]"),
                as("abij,bjk->abik", "...ij,...jk->...ik", "[2,3,2,2] [3,2,2]"),
                as("iab,b->abi", "i...,...->...i", "[3,2,4] [4]"),
                Entry.of(
                        "einsum of axes that broadcast",
                        x -> Contractions.einsum("...i,...i", x),
                        x -> einsum("ai,bi->ba", x[0], new Plain(new int[] {2, 3}, x[1].data)),
                        REAL,
                        REAL)
                    .at("[4,3] [2,1,3]")
                    .within(SUMS),
                Entry.of(
                        "tensordot",
                        x ->
                            Contractions.tensordot(x[0], x[1], new int[] {-1, 0}, new int[] {0, 2}),
                        x -> einsum("iaj,jbi->ab", x[0], x[1]),
                        REAL,
                        REAL)
                    .at("[2,3,4] [4,2,2]", "[1,2,1] [1,1,1]")
                    .within(SUMS)
                    .alsoIntegers(),
                Entry.of(
                        "tensordot of two axes",
                        x -> Contractions.tensordot(x[0], x[1], 2),
                        x -> einsum("aij,ijb->ab", x[0], x[1]),
                        REAL,
                        REAL)
                    .at("[2,3,4] [3,4,2]")
                    .within(SUMS),
                Entry.of(
                        "dot of stacks",
                        x -> Products.dot(x[0], x[1]),
                        x -> einsum("aij,bjk->aibk", x[0], x[1]),
                        REAL,
                        REAL)
                    .at("[2,3,4] [3,4,2]", "[1,0,2] [2,2,1]")
                    .within(SUMS),
                Entry.of(
                        "dot of a scalar",
                        x -> Products.dot(x[0], x[1]),
                        x -> einsum(",ij->ij", x[0], x[1]),
                        REAL,
                        REAL)
                    .at("[] [2,3]")
                    .within(EXACT)
                    .alsoIntegers(),
                Entry.of(
                        "matvec",
                        x -> Products.matvec(x[0], x[1]),
                        x -> einsum("aij,aj->ai", x[0], x[1]),
                        REAL,
                        REAL)
                    .at("[3,2,4] [3,4]", "[1,1,1] [1,1]")
                    .within(SUMS),
                Entry.of(
                        "matvec of one matrix",
                        x -> Products.matvec(x[0], x[1]),
                        x -> einsum("ij,aj->ai", x[0], x[1]),
                        REAL,
                        REAL)
                    .at("[2,4] [3,4]")
                    .within(SUMS)));
    entries.add(
        Entry.of(
                "kron",
                x -> Contractions.kron(x[0], x[1]),
                x ->
                    Plain.each(
                        new int[] {x[0].shape[0] * x[1].shape[0], x[0].shape[1] * x[1].shape[1]},
                        i ->
                            x[0].at(i[0] / x[1].shape[0], i[1] / x[1].shape[1])
                                * x[1].at(i[0] % x[1].shape[0], i[1] % x[1].shape[1])),
                REAL,
                REAL)
            .at("[2,3] [4,2]", "[1,1] [2,2]", "[0,2] [2,2]")
            .within(EXACT)
            .alsoIntegers());
    return entries;
  }
}
