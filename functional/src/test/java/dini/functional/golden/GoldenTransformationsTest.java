package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Tensor;
import dini.core.Trees;
import dini.functional.Axes;
import dini.functional.Jacobians;
import dini.functional.Jvp;
import dini.functional.Transforms;
import dini.functional.ValueAndGrad;
import dini.functional.Vjp;
import dini.functional.golden.Comparison.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every transformation of composite functions against golden values. */
class GoldenTransformationsTest {
  private static final Tolerance NEAR = Comparison.DERIVATIVE;

  private static final Map<String, Formula> FORMULAS = formulas();

  /** Formulas of operations that the library has not. */
  private static final Set<String> ABSENT = Set.of();

  private static Map<String, Formula> formulas() {
    Map<String, Formula> formulas = new TreeMap<>();
    Models.addTo(formulas);
    Calculus.addTo(formulas);
    Matrices.addTo(formulas);
    return formulas;
  }

  /** One record: a formula at a point, some of whose inputs are differentiated. */
  private record Case(Formula formula, JsonObject entry, List<Tensor> inputs, int[] wrt) {
    static Case of(JsonObject entry) {
      return new Case(
          FORMULAS.get(entry.get("name").getAsString()),
          entry,
          Golden.tensors(entry.get("inputs")),
          Golden.ints(entry.get("wrt")));
    }

    Tensor value(List<Tensor> arguments) {
      return formula.apply(arguments, entry.getAsJsonObject("params"));
    }

    /** The formula as a function of the differentiated inputs, at given others. */
    Function<List<Tensor>, Tensor> function(List<Tensor> arguments) {
      return x -> {
        List<Tensor> all = new ArrayList<>(arguments);
        for (int i = 0; i < wrt.length; i++) {
          all.set(wrt[i], x.get(i));
        }
        return value(all);
      };
    }

    List<Tensor> point(List<Tensor> arguments) {
      List<Tensor> point = new ArrayList<>();
      for (int position : wrt) {
        point.add(arguments.get(position));
      }
      return point;
    }

    /** The Jacobian with respect to each differentiated input. */
    List<Tensor> jacobians(List<Tensor> arguments, boolean forward) {
      List<Tensor> jacobians = new ArrayList<>();
      for (int position : wrt) {
        Function<Tensor, Tensor> f =
            x -> {
              List<Tensor> all = new ArrayList<>(arguments);
              all.set(position, x);
              return value(all);
            };
        Tensor x = arguments.get(position);
        jacobians.add(forward ? Jacobians.jacfwd(f, x) : Jacobians.jacrev(f, x));
      }
      return jacobians;
    }
  }

  @TestFactory
  Stream<DynamicTest> formulasOfTheFile() {
    return records()
        .filter(entry -> FORMULAS.containsKey(entry.get("name").getAsString()))
        .map(entry -> dynamicTest(entry.get("name").getAsString(), () -> check(entry)));
  }

  private static Stream<JsonObject> records() {
    return Golden.read("transformations").getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject);
  }

  private static void check(JsonObject entry) {
    Case test = Case.of(entry);
    Comparison comparison = new Comparison();
    comparison.tensor("value", golden(entry, "value"), test.value(test.inputs()), NEAR);
    if (entry.get("kind").getAsString().equals("scalar")) {
      scalar(test, comparison);
    } else {
      vector(test, comparison);
    }
    mapped(test, entry.getAsJsonObject("vmap"), comparison);
    comparison.report(entry.get("name") + ": " + entry.get("formula"));
  }

  private static void scalar(Case test, Comparison comparison) {
    JsonObject entry = test.entry();
    Function<List<Tensor>, Tensor> f = test.function(test.inputs());
    List<Tensor> x = test.point(test.inputs());
    ValueAndGrad<List<Tensor>> both = Transforms.valueAndGrad(f, x);
    List<Tensor> gradient = Golden.tensors(entry.get("grad"));
    comparison.tensor("value with grad", golden(entry, "value"), both.value(), NEAR);
    comparison.list("grad", gradient, both.grad(), NEAR);
    comparison.list("grad by jacfwd", gradient, test.jacobians(test.inputs(), true), NEAR);
    Tensor hessian = golden(entry, "hessian");
    comparison.elements("hessian", hessian, Jacobians.hessian(f, x), NEAR);
    hessians(f, x, hessian, comparison);
    JsonObject hvp = entry.getAsJsonObject("hvp");
    List<Tensor> direction = Golden.tensors(hvp.get("direction"));
    List<Tensor> result = Golden.tensors(hvp.get("result"));
    comparison.list("hvp", result, Jacobians.hvp(f, x, direction), NEAR);
    List<Tensor> reversed =
        Transforms.grad(y -> Trees.treeVdot(Transforms.grad(f, y), direction), x);
    comparison.list("hvp by grad of grad", result, reversed, NEAR);
  }

  /** The Hessian in the four orders of modes. */
  private static void hessians(
      Function<List<Tensor>, Tensor> f, List<Tensor> x, Tensor expected, Comparison comparison) {
    Trees.Raveled<List<Tensor>> flat = Trees.ravel(x);
    Function<Tensor, Tensor> g = v -> f.apply(flat.unravel().apply(v));
    Tensor v = flat.vector();
    Function<Tensor, Tensor> forward = y -> Jacobians.jacfwd(g, y);
    Function<Tensor, Tensor> reverse = y -> Jacobians.jacrev(g, y);
    comparison.elements("jacfwd of jacfwd", expected, Jacobians.jacfwd(forward, v), NEAR);
    comparison.elements("jacfwd of jacrev", expected, Jacobians.jacfwd(reverse, v), NEAR);
    comparison.elements("jacrev of jacfwd", expected, Jacobians.jacrev(forward, v), NEAR);
    comparison.elements("jacrev of jacrev", expected, Jacobians.jacrev(reverse, v), NEAR);
  }

  private static void vector(Case test, Comparison comparison) {
    JsonObject entry = test.entry();
    Function<List<Tensor>, Tensor> f = test.function(test.inputs());
    List<Tensor> x = test.point(test.inputs());
    List<Tensor> jacobians = Golden.tensors(entry.get("jacfwd"));
    comparison.list("jacfwd", jacobians, test.jacobians(test.inputs(), true), NEAR);
    comparison.list("jacrev", jacobians, test.jacobians(test.inputs(), false), NEAR);
    Jvp<Tensor> jvp = Transforms.jvp(f, x, Golden.tensors(entry.get("tangents")));
    comparison.tensor("jvp", golden(entry, "jvp"), jvp.tangent(), NEAR);
    Vjp<List<Tensor>, Tensor> vjp = Transforms.vjp(f, x);
    List<Tensor> pulled = vjp.pullback().apply(golden(entry, "cotangent"));
    comparison.list("vjp", Golden.tensors(entry.get("vjp")), pulled, NEAR);
  }

  private static void mapped(Case test, JsonObject vmap, Comparison comparison) {
    List<Tensor> inputs = Golden.tensors(vmap.get("inputs"));
    int[] axes =
        Golden.list(vmap.get("inAxes")).stream()
            .mapToInt(axis -> axis.isJsonNull() ? Axes.NONE : axis.getAsInt())
            .toArray();
    Function<List<Tensor>, Tensor> value = Transforms.vmap(Axes.in(axes), test::value);
    comparison.tensor("vmap", golden(vmap, "value"), value.apply(inputs), NEAR);
    if (vmap.has("grad")) {
      Function<List<Tensor>, List<Tensor>> gradient =
          Transforms.vmap(Axes.in(axes), in -> Transforms.grad(test.function(in), test.point(in)));
      List<Tensor> expected = Golden.tensors(vmap.get("grad"));
      comparison.list("vmap of grad", expected, gradient.apply(inputs), NEAR);
    }
    if (vmap.has("jacfwd")) {
      List<Tensor> expected = Golden.tensors(vmap.get("jacfwd"));
      for (boolean forward : new boolean[] {true, false}) {
        Function<List<Tensor>, List<Tensor>> jacobians =
            Transforms.vmap(Axes.in(axes), in -> test.jacobians(in, forward));
        String what = forward ? "vmap of jacfwd" : "vmap of jacrev";
        comparison.list(what, expected, jacobians.apply(inputs), NEAR);
      }
    }
  }

  private static Tensor golden(JsonObject entry, String key) {
    return Golden.tensor(entry.get(key));
  }

  @Test
  void runsAllButWhatTheLibraryCannotExpress() {
    Set<String> skipped = new TreeSet<>();
    records().map(entry -> entry.get("name").getAsString()).forEach(skipped::add);
    skipped.removeAll(FORMULAS.keySet());
    assertThat(skipped).isEqualTo(ABSENT);
  }
}
