package dini.linalg;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Shapes.expandDims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decompositions against {@code golden/ops_linalg.json}. */
class GoldenDecompositionsTest {
  private static final double ABSOLUTE = 1e-11;
  private static final double RELATIVE = 1e-10;
  private static final JsonObject FILE = Golden.read("ops_linalg.json");

  /** Operations of the file that are not of this module. */
  private static final Set<String> ELSEWHERE =
      Set.of("dot", "vdot", "matmul", "outer", "einsum", "tensordot", "kron");

  /** What a case computes, or null if there is no such operation here. */
  private static Leaves function(JsonObject record) {
    JsonObject params = record.getAsJsonObject("params");
    String composite = params.has("composite") ? params.get("composite").getAsString() : "";
    return switch (record.get("op").getAsString()) {
      case "cholesky" -> one(LinearAlgebra::cholesky);
      case "solve" -> x -> new Tensor[] {LinearAlgebra.solve(x[0], x[1])};
      case "triangularSolve" ->
          x ->
              new Tensor[] {
                LinearAlgebra.triangularSolve(
                    x[0],
                    x[1],
                    params.get("lower").getAsBoolean(),
                    params.get("transpose").getAsBoolean(),
                    params.get("unitDiagonal").getAsBoolean())
              };
      case "inv" -> one(LinearAlgebra::inv);
      case "det" -> one(LinearAlgebra::det);
      case "logdet" -> one(LinearAlgebra::logdet);
      case "slogdet" ->
          x -> {
            LinearAlgebra.SignLogDet result = LinearAlgebra.slogdet(x[0]);
            return new Tensor[] {result.sign(), result.logabs()};
          };
      case "expm" -> one(MatrixFunctions::expm);
      case "pinv" -> one(MatrixFunctions::pinv);
      case "lstsq" -> x -> new Tensor[] {MatrixFunctions.lstsq(x[0], x[1]).x()};
      case "matrixPower" -> one(a -> MatrixFunctions.matrixPower(a, params.get("n").getAsInt()));
      case "qr" -> qr(composite);
      case "svd" -> one(a -> svd(composite, LinearAlgebra.svd(a)));
      case "eigh" -> one(a -> eigh(composite, LinearAlgebra.eigh(a)));
      default -> null;
    };
  }

  private static Leaves one(UnaryOperator<Tensor> f) {
    return x -> new Tensor[] {f.apply(x[0])};
  }

  private static Leaves qr(String composite) {
    return x -> {
      LinearAlgebra.Qr qr = LinearAlgebra.qr(x[0]);
      return switch (composite) {
        case "positiveDiagonal" -> new Tensor[] {qr.q(), qr.r()};
        case "reconstruct" -> new Tensor[] {matmul(qr.q(), qr.r())};
        case "absR" -> new Tensor[] {abs(qr.r())};
        default -> throw new AssertionError(composite);
      };
    };
  }

  private static Tensor svd(String composite, LinearAlgebra.Svd svd) {
    return switch (composite) {
      case "singularValues" -> svd.s();
      case "reconstruct" -> product(svd.u(), svd.s(), svd.vt());
      case "sqrtSingularValues" -> product(svd.u(), sqrt(svd.s()), svd.vt());
      case "rankOne" ->
          product(first(svd.u(), -1, 0), first(svd.s(), -1, 0), first(svd.vt(), -2, 0));
      default -> throw new AssertionError(composite);
    };
  }

  private static Tensor eigh(String composite, LinearAlgebra.Eigh eigh) {
    Tensor v = eigh.vectors();
    Tensor vt = Shapes.moveAxis(v, -1, -2);
    return switch (composite) {
      case "eigenvalues" -> eigh.values();
      case "spectral:expm" -> product(v, exp(eigh.values()), vt);
      case "spectral:tanh" -> product(v, tanh(eigh.values()), vt);
      case "topProjector" -> {
        int last = v.shape().extent(-1) - 1;
        yield matmul(first(v, -1, last), first(vt, -2, last));
      }
      default -> throw new AssertionError(composite);
    };
  }

  private static Tensor product(Tensor u, Tensor s, Tensor vt) {
    return matmul(mul(u, expandDims(s, -2)), vt);
  }

  /** One position of an axis, which stays. */
  private static Tensor first(Tensor x, int axis, int at) {
    Index[] indices = new Index[x.rank()];
    Arrays.fill(indices, Index.all());
    indices[x.rank() + axis] = Index.range(at, at + 1);
    return Shapes.slice(x, indices);
  }

  private static Stream<JsonObject> records(String list) {
    return StreamSupport.stream(FILE.getAsJsonArray(list).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(record -> function(record) != null);
  }

  static Stream<JsonObject> cases() {
    return records("cases");
  }

  static Stream<JsonObject> special() {
    return records("special");
  }

  @Test
  void whatIsNotHere() {
    Set<String> skipped = new TreeSet<>();
    for (String list : List.of("cases", "special")) {
      for (JsonElement record : FILE.getAsJsonArray(list)) {
        if (function(record.getAsJsonObject()) == null) {
          skipped.add(record.getAsJsonObject().get("op").getAsString());
        }
      }
    }
    assertThat(skipped).isEqualTo(new TreeSet<>(ELSEWHERE));
  }

  private static Tensor[] tensors(JsonElement element) {
    if (element.isJsonObject()) {
      return new Tensor[] {Golden.tensor(element)};
    }
    List<Tensor> tensors = new ArrayList<>();
    element.getAsJsonArray().forEach(item -> tensors.add(Golden.tensor(item)));
    return tensors.toArray(Tensor[]::new);
  }

  private static void check(String what, JsonObject record, Tensor[] actual, String field) {
    Tensor[] expected = tensors(record.get(field));
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double largest = 0;
      for (double value : expected[i].toArray()) {
        largest = Math.max(largest, Math.abs(value));
      }
      Tensor result = actual[i] == null ? mul(expected[i], 0) : actual[i];
      assertThat(result.shape()).isEqualTo(expected[i].shape());
      double[] values = result.toArray();
      double[] targets = expected[i].toArray();
      for (int k = 0; k < values.length; k++) {
        if (Double.compare(values[k], targets[k]) == 0) {
          continue;
        }
        assertThat(Math.abs(values[k] - targets[k]))
            .as(
                "%s of %s %s, result %s: %s, expected %s",
                what, record.get("op"), record.get("params"), i, result, expected[i])
            .isLessThanOrEqualTo(ABSOLUTE + RELATIVE * largest);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndDerivatives(JsonObject record) {
    Leaves f = function(record);
    Tensor[] inputs = tensors(record.get("inputs"));
    check("value", record, f.apply(inputs.clone()), "output");
    if (!record.has("jvp")) {
      return;
    }
    Tensor[] tangents = tensors(record.get("tangents"));
    check("jvp", record, Differentiation.jvp(f, inputs, tangents).tangents(), "jvp");
    Leaves along = x -> filled(Differentiation.jvp(f, x, tangents));
    check("second", record, Differentiation.jvp(along, inputs, tangents).tangents(), "second");
    Tensor[] pulled =
        Differentiation.linearize(f, inputs).recording().pullback(tensors(record.get("cotangent")));
    check("vjp", record, pulled, "vjp");
    checkReverseOverForward(along, inputs, tangents, record);
  }

  /** The tangents, with the zeros that stand for null. */
  private static Tensor[] filled(Differentiation.Duals duals) {
    Tensor[] filled = duals.tangents().clone();
    for (int i = 0; i < filled.length; i++) {
      if (filled[i] == null) {
        filled[i] = Tensors.zerosLike(duals.values()[i]);
      }
    }
    return filled;
  }

  /** {@code <ct, second> = <pullback of ct along the derivative, tangent>}. */
  private static void checkReverseOverForward(
      Leaves along, Tensor[] inputs, Tensor[] tangents, JsonObject record) {
    Tensor[] cotangents = tensors(record.get("cotangent"));
    Tensor[] second = tensors(record.get("second"));
    Tensor[] pulled =
        Differentiation.linearize(along, inputs).recording().pullback(cotangents.clone());
    double left = 0;
    double scale = 0;
    for (int i = 0; i < second.length; i++) {
      left += mul(cotangents[i], second[i]).sum().toDouble();
      scale += abs(mul(cotangents[i], second[i])).sum().toDouble();
    }
    double right = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (pulled[i] != null) {
        right += mul(pulled[i], tangents[i]).sum().toDouble();
        scale += abs(mul(pulled[i], tangents[i])).sum().toDouble();
      }
    }
    assertThat(Math.abs(left - right))
        .as("reverse over forward of %s %s", record.get("op"), record.get("params"))
        .isLessThanOrEqualTo(ABSOLUTE + RELATIVE * scale);
  }

  @ParameterizedTest
  @MethodSource("special")
  void edges(JsonObject record) {
    Leaves f = function(record);
    String op = record.get("op").getAsString();
    Tensor[] inputs = tensors(record.get("inputs"));
    boolean finite = Arrays.stream(inputs).allMatch(GoldenDecompositionsTest::isFinite);
    boolean power = op.equals("matrixPower");
    if (power && record.getAsJsonObject("params").get("n").getAsInt() == 0) {
      assertThat(f.apply(inputs)[0]).isEqualTo(Tensors.eye(inputs[0].shape().extent(-1)));
      return;
    }
    if (!finite && !op.equals("triangularSolve")) {
      for (Tensor result : f.apply(inputs)) {
        assertThat(result.toArray()).as("%s of %s", op, inputs[0]).contains(Double.NaN);
      }
      return;
    }
    double[] output =
        tensors(record.get(record.has("reference") ? "reference" : "output"))[0].toArray();
    if (op.equals("cholesky") && inputs[0].toArray()[0] == 1e-310) {
      assertThat(f.apply(inputs)[0].item(0, 0)).isEqualTo(Math.sqrt(1e-310));
      return;
    }
    boolean refuses =
        Set.of("cholesky", "solve", "inv", "triangularSolve", "matrixPower").contains(op)
            && Arrays.stream(output).anyMatch(value -> !Double.isFinite(value));
    if (refuses) {
      assertThatThrownBy(() -> f.apply(inputs))
          .isInstanceOf(
              op.equals("cholesky")
                  ? NotPositiveDefiniteException.class
                  : SingularMatrixException.class)
          .hasMessageContaining(power ? "matrixPower" : op)
          .hasMessageContaining("(" + inputs[0].shape().extent(-1) + ", ");
      return;
    }
    check("value", record, f.apply(inputs), record.has("reference") ? "reference" : "output");
  }

  private static boolean isFinite(Tensor x) {
    return Arrays.stream(x.toArray()).allMatch(Double::isFinite);
  }
}
