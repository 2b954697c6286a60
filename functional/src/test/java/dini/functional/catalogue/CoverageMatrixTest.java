package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dini.functional.catalogue.Coverage.Law;
import dini.functional.catalogue.Coverage.Reach;
import dini.functional.catalogue.Coverage.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Every primitive is exercised by every law, or the reason why not stands here. The page
 * docs/coverage.md is this matrix, written by {@code mvn test -pl core,linalg,functional -am
 * -Dtest=CoverageMatrixTest -Dsurefire.failIfNoSpecifiedTests=false -Ddini.write=true}.
 */
class CoverageMatrixTest {
  private static final String COMMAND =
      "mvn test -pl core,linalg,functional -am -Dtest=CoverageMatrixTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddini.write=true";

  private static final Map<String, Row> ROWS = Coverage.measure();

  private static final Law[] DERIVATIVES = {Law.JVP, Law.TRANSPOSE, Law.SECOND, Law.JIT_DERIVATIVE};

  /** Why some primitives do not meet some laws. */
  private record Gap(String reason, Predicate<String> primitives, Set<Law> laws) {

    /** What the recordings show. */
    static Gap where(Predicate<Row> fact, String reason, Law... laws) {
      return new Gap(reason, name -> fact.test(ROWS.get(name)), Set.of(laws));
    }

    /** What is known of these primitives, by their names without packages. */
    static Gap of(Law law, String reason, String... names) {
      return new Gap(reason, name -> Set.of(names).contains(brief(name)), Set.of(law));
    }

    boolean explains(String primitive, Law law) {
      return laws.contains(law) && primitives.test(primitive);
    }
  }

  private static final List<Gap> GAPS =
      List.of(
          Gap.where(
              row -> !row.floatingOperand || !row.floatingResult,
              "no floating operand, or no floating result: no derivative",
              DERIVATIVES),
          Gap.where(
              row -> !row.floatingOperand && !row.floatingResult,
              "integers and truth values only",
              Law.NARROW,
              Law.JIT_NARROW),
          Gap.where(
              row -> row.frozen, "derivative zero by decree: nothing to transpose", Law.TRANSPOSE),
          Gap.where(
              row -> row.alone && !row.frozen,
              "not linear: its jvp rule gives other primitives, which are transposed in its place",
              Law.TRANSPOSE),
          Gap.of(
              Law.RANK_0,
              "an operand has an axis at least: a row, a matrix, an image or a key",
              "ArgSort",
              "ArgTopK",
              "Cholesky",
              "CofactorDerivative",
              "Concatenate",
              "Convolve",
              "Cumulate",
              "CustomSolve",
              "DenseSolve",
              "DynamicSlice",
              "DynamicUpdateSlice.DYNAMIC_UPDATE_SLICE",
              "EighDecomposition.EIGH",
              "ExponentialDerivative",
              "Gram",
              "LuDecomposition",
              "NonZero",
              "Permute",
              "QrDecomposition",
              "Recurrence",
              "SetSlice",
              "Slice",
              "SplitKey",
              "SvdDecomposition.SVD",
              "Transpose",
              "TriangularSolve",
              "TridiagonalSolve",
              "WindowArgMax",
              "WindowSum"),
          new Gap(
              "keys and the numbers folded in: always two words",
              name -> Set.of("SplitKey", "FoldIn.FOLD_IN").contains(brief(name)),
              Set.of(Law.EMPTY, Law.ONE, Law.ODD)),
          new Gap(
              "has no reverse mode, which each of these laws runs beside forward mode; forward"
                  + " derivatives of every order have their own tests (ControlFlowTest)",
              name -> brief(name).equals("WhileLoop"),
              Set.of(Law.JVP, Law.TRANSPOSE, Law.SECOND, Law.JIT_DERIVATIVE)),
          Gap.of(Law.EMPTY, "no sum of no elements ends its entry's loop", "WhileLoop"));

  private static String brief(String name) {
    return name.replaceFirst("^([a-z]+\\.)+", "");
  }

  private static Optional<Gap> gap(String primitive, Law law) {
    return GAPS.stream().filter(gap -> gap.explains(primitive, law)).findFirst();
  }

  @Test
  void everyPrimitiveMeetsEveryLawOrSaysWhyNot() {
    Set<String> holes = new TreeSet<>();
    for (String name : ROWS.keySet()) {
      for (Law law : Law.values()) {
        if (!ROWS.get(name).reached.containsKey(law) && gap(name, law).isEmpty()) {
          holes.add(law + " " + brief(name));
        }
      }
    }
    assertEquals(Set.of(), holes, "neither exercised nor explained");
  }

  @Test
  void everyReasonIsNeeded() {
    List<String> stale = new ArrayList<>();
    for (Gap gap : GAPS) {
      for (Law law : gap.laws()) {
        if (ROWS.entrySet().stream()
            .noneMatch(
                row ->
                    !row.getValue().reached.containsKey(law)
                        && gap(row.getKey(), law).equals(Optional.of(gap)))) {
          stale.add(law + ": " + gap.reason());
        }
      }
    }
    assertEquals(List.of(), stale, "reasons for what is exercised");
  }

  @Test
  void pageIsTheMatrix() throws IOException {
    Path page = root().resolve(Path.of("docs", "coverage.md"));
    if (Boolean.getBoolean("dini.write")) {
      Files.writeString(page, page());
    }
    assertEquals(page(), Files.readString(page), COMMAND);
  }

  /** The folder of all modules. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("functional")) ? here : here.getParent();
  }

  // ---- the page ----

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# What the laws cover\n\n")
        .append("Rows are the primitives: the elementary operations that all others are made of. ")
        .append("Columns are the laws that the tests hold them to. The matrix is made from ")
        .append("recordings of what the tests run (`Coverage`, `CoverageMatrixTest`); a cell that ")
        .append("is neither exercised nor explained fails the build.\n\n")
        .append("`x`: by an operation of the catalogue. `d`: as part of a derivative of one. ")
        .append("A number: not exercised, for the reason of that number.\n\n")
        .append("| column | the law |\n|---|---|\n");
    for (Law law : Law.values()) {
      page.append("| ").append(law.title).append(" | ").append(law.text).append(" |\n");
    }
    page.append("\n| primitive |");
    StringBuilder rule = new StringBuilder("\n|---|");
    for (Law law : Law.values()) {
      page.append(' ').append(law.title).append(" |");
      rule.append("---|");
    }
    page.append(rule).append('\n');
    ROWS.forEach(
        (name, row) -> {
          page.append("| `").append(brief(name)).append("` |");
          for (Law law : Law.values()) {
            page.append(' ').append(cell(name, row, law)).append(" |");
          }
          page.append('\n');
        });
    page.append("\nReasons:\n\n");
    for (int i = 0; i < GAPS.size(); i++) {
      page.append(i + 1).append(". ").append(GAPS.get(i).reason()).append('\n');
    }
    return page.append("\nWritten by `").append(COMMAND).append("`.\n").toString();
  }

  private static String cell(String name, Row row, Law law) {
    Reach reach = row.reached.get(law);
    if (reach != null) {
      return reach == Reach.DIRECT ? "x" : "d";
    }
    return gap(name, law).map(gap -> String.valueOf(GAPS.indexOf(gap) + 1)).orElse("?");
  }
}
