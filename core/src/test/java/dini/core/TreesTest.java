package dini.core;

import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Trees.ravel;
import static dini.core.Trees.treeAdd;
import static dini.core.Trees.treeAddScaled;
import static dini.core.Trees.treeLeaves;
import static dini.core.Trees.treeMap;
import static dini.core.Trees.treeNorm;
import static dini.core.Trees.treeReduce;
import static dini.core.Trees.treeScale;
import static dini.core.Trees.treeSub;
import static dini.core.Trees.treeVdot;
import static dini.core.Trees.treeZerosLike;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.trace.DerivativeTrace;
import dini.core.trace.TraceStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TreesTest {

  record Params(Tensor w, List<Tensor> layers, Tensor steps, String name) {}

  record Layer(Tensor w, Tensor b) {}

  /** A norm of norms: twice a scaling, a sum of two squares and a root, each rounded. */
  private static final double NORM_ERROR = 4 * Math.ulp(1.0);

  private static final Params X =
      new Params(tensor(1, 2), List.of(scalar(3), tensor(4)), ints(7, 8), "x");
  private static final Params Y =
      new Params(tensor(10, 20), List.of(scalar(30), tensor(40)), ints(9, 9), "x");

  /** A record whose constructor takes any number of arguments. */
  record Layers(Tensor... layers) {}

  @Test
  void recordsOfVarargsAreRebuilt() {
    Layers layers = new Layers(scalar(3), tensor(4, 5));
    assertThat(treeLeaves(layers)).containsExactly(scalar(3), tensor(4, 5));
    assertThat(treeScale(2, layers).layers()).containsExactly(scalar(6), tensor(8, 10));
    assertThat(treeScale(2, new Layers()).layers()).isEmpty();
  }

  @Test
  void leavesComeInOrder() {
    assertThat(treeLeaves(X)).containsExactly(tensor(1, 2), scalar(3), tensor(4), ints(7, 8));
    assertThat(treeLeaves(scalar(1))).containsExactly(scalar(1));
    assertThat(treeLeaves(Map.of("b", scalar(1), "a", scalar(2))))
        .containsExactly(scalar(2), scalar(1));
  }

  @Test
  void mapAppliesToEveryLeaf() {
    Layer doubled = treeMap(x -> x.mul(2), new Layer(tensor(1, 2), scalar(3)));
    assertThat(doubled).isEqualTo(new Layer(tensor(2, 4), scalar(6)));
    Layer first = treeMap((x, y) -> x, doubled, new Layer(scalar(0), scalar(0)));
    assertThat(first).isEqualTo(doubled);
  }

  @Test
  void mapRefusesNullAndOtherStructures() {
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> treeMap(x -> null, X))
        .withMessage("treeMap: the function returned null for params.w");
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> treeMap((x, y) -> x, X, new Params(X.w(), List.of(), X.steps(), "x")))
        .withMessage("treeMap: params.layers: a list of 2 and a list of 0 differ");
  }

  @Test
  void reduceGoesFromFirstToLast() {
    Layer layer = new Layer(tensor(1, 2), tensor(3));
    assertThat(treeReduce((x, y) -> Shapes.concatenate(0, x, y), layer, tensor(0)))
        .isEqualTo(tensor(0, 1, 2, 3));
    assertThat(treeReduce(Tensor::add, Optional.empty(), scalar(5))).isEqualTo(scalar(5));
  }

  @Test
  void arithmeticActsOnFloatingLeaves() {
    assertThat(treeAdd(X, Y))
        .isEqualTo(new Params(tensor(11, 22), List.of(scalar(33), tensor(44)), ints(7, 8), "x"));
    assertThat(treeSub(X, Y))
        .isEqualTo(new Params(tensor(-9, -18), List.of(scalar(-27), tensor(-36)), ints(7, 8), "x"));
    Params twice = new Params(tensor(2, 4), List.of(scalar(6), tensor(8)), ints(7, 8), "x");
    assertThat(treeScale(2, X)).isEqualTo(twice);
    assertThat(treeScale(scalar(2), X)).isEqualTo(twice);
    Params step = new Params(tensor(6, 12), List.of(scalar(18), tensor(24)), ints(7, 8), "x");
    assertThat(treeAddScaled(X, 0.5, Y)).isEqualTo(step);
    assertThat(treeAddScaled(X, scalar(0.5), Y)).isEqualTo(step);
    assertThat(treeZerosLike(X))
        .isEqualTo(new Params(tensor(0, 0), List.of(scalar(0), tensor(0)), ints(0, 0), "x"));
  }

  @Test
  void innerProductAndNorm() {
    assertThat(treeVdot(X, Y)).isEqualTo(scalar(10 + 40 + 90 + 160));
    assertThat(treeNorm(new Layer(tensor(3, 4), scalar(12))).toDouble())
        .isCloseTo(13, within(13 * NORM_ERROR));
    assertThat(treeNorm(tensor(3, 4))).isEqualTo(Reductions.norm(tensor(3, 4)));
    assertThat(treeVdot(floats(1, 2), floats(3, 4))).isEqualTo(Tensors.full(11, DType.FLOAT32));
    assertThat(treeVdot(List.of(ints(1)), List.of(ints(2)))).isEqualTo(scalar(0));
    assertThat(treeNorm(List.of())).isEqualTo(scalar(0));
  }

  @Test
  void normDoesNotOverflow() {
    assertThat(treeNorm(new Layer(tensor(3e300), scalar(4e300))).toDouble())
        .isCloseTo(5e300, within(5e300 * NORM_ERROR));
  }

  @Test
  void leavesOfOtherTypesAreRefused() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> treeAdd(List.of(tensor(1, 2)), List.of(tensor(1))))
        .withMessage("treeAdd: tree[0]: f64[2] and f64[1] differ");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> treeAdd(new Layer(scalar(1), ints(1)), new Layer(scalar(1), tensor(1))))
        .withMessage("treeAdd: layer.b: i32[1] and f64[1] differ");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> treeScale(tensor(1, 2), X))
        .withMessage("treeScale: the factor must be a scalar, got f64[2]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> treeVdot(mixed(), mixed()))
        .withMessage(
            "treeVdot: layer.w is f64[] and layer.b is f32[1]; convert them to one dtype with"
                + " astype");
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> treeAdd(X, new Params(X.w(), X.layers(), X.steps(), "y")))
        .withMessage("treeAdd: params.name: \"x\" and \"y\" differ");
  }

  private static Layer mixed() {
    return new Layer(scalar(1), floats(1));
  }

  @Test
  void listsOfTwoClassesMayMeet() {
    List<Tensor> sum = treeAdd(new ArrayList<>(List.of(scalar(1))), List.of(scalar(2)));
    assertThat(sum).isExactlyInstanceOf(ArrayList.class).containsExactly(scalar(3));
  }

  @Test
  void ravelJoinsLeavesInOrder() {
    Layer layer = new Layer(tensor(new double[][] {{1, 2}, {3, 4}}), scalar(5));
    Trees.Raveled<Layer> raveled = ravel(layer);
    assertThat(raveled.vector()).isEqualTo(tensor(1, 2, 3, 4, 5));
    assertThat(raveled.unravel().apply(raveled.vector())).isEqualTo(layer);
    assertThat(raveled.unravel().apply(tensor(5, 4, 3, 2, 1)))
        .isEqualTo(new Layer(tensor(new double[][] {{5, 4}, {3, 2}}), scalar(1)));
  }

  @Property
  void unravelUndoesRavel(@ForAll @Size(max = 6) List<double @Size(max = 4) []> values) {
    List<Tensor> tree = values.stream().map(Tensors::tensor).toList();
    Trees.Raveled<List<Tensor>> raveled = ravel(tree);
    assertThat(raveled.vector().toArray())
        .isEqualTo(values.stream().flatMapToDouble(Arrays::stream).toArray());
    assertThat(raveled.unravel().apply(raveled.vector())).isEqualTo(tree);
  }

  @Test
  void ravelOfOneLeafAndOfNone() {
    assertThat(ravel(scalar(2)).vector()).isEqualTo(tensor(2));
    assertThat(ravel(floats(1, 2)).vector()).isEqualTo(floats(1, 2));
    assertThat(ravel(scalar(2)).unravel().apply(tensor(3))).isEqualTo(scalar(3));
    assertThat(ravel(List.of()).vector()).isEqualTo(Tensors.zeros(0));
    assertThat(ravel("x").unravel().apply(Tensors.zeros(0))).isEqualTo("x");
  }

  @Test
  void ravelRefusesIntegersAndMixedDtypes() {
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> ravel(X))
        .withMessage(
            "ravel: params.steps is i32[2]; a vector of parameters has floating leaves only");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> ravel(mixed()))
        .withMessage(
            "ravel: layer.w is f64[] and layer.b is f32[1]; convert them to one dtype with astype");
  }

  @Test
  void unravelRefusesOtherVectors() {
    Trees.Raveled<Layer> raveled = ravel(new Layer(tensor(1, 2), scalar(3)));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> raveled.unravel().apply(tensor(1, 2)))
        .withMessage("unravel: expected f64[3], got f64[2]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> raveled.unravel().apply(floats(1, 2, 3)))
        .withMessage("unravel: expected f64[3], got f32[3]");
  }

  @Test
  void tangentsPassThroughRavelAndArithmetic() {
    DerivativeTrace trace = TraceStack.current().derivative();
    try {
      Layer duals = new Layer(trace.dual(tensor(1, 2), tensor(10, 20)), scalar(3));
      Trees.Raveled<Layer> raveled = ravel(duals);
      assertThat(trace.tangent(raveled.vector())).isEqualTo(tensor(10, 20, 0));
      Layer back = raveled.unravel().apply(raveled.vector());
      assertThat(trace.tangent(back.w())).isEqualTo(tensor(10, 20));
      Layer step = treeAddScaled(duals, 2, duals);
      assertThat(trace.tangent(step.w())).isEqualTo(tensor(30, 60));
      assertThat(trace.tangent(treeVdot(duals, duals))).isEqualTo(scalar(2 * (10 + 40)));
    } finally {
      TraceStack.current().close(trace);
    }
  }

  static final class Encoder {
    private final Tensor w;
    private final String name;

    Encoder(Tensor w, String name) {
      this.w = w;
      this.name = name;
    }
  }

  @Test
  void aRegisteredClassIsATree() {
    Encoder encoder = new Encoder(scalar(2), "e");
    assertThatThrownBy(() -> treeLeaves(encoder)).isInstanceOf(TreeException.class);
    Trees.register(
        Encoder.class,
        e -> List.of(e.w, e.name),
        parts -> new Encoder((Tensor) parts.get(0), (String) parts.get(1)));
    Encoder tripled = treeScale(3, encoder);
    assertThat(tripled.w).isEqualTo(scalar(6));
    assertThat(tripled.name).isEqualTo("e");
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> treeAdd(encoder, new Encoder(scalar(1), "f")))
        .withMessage("treeAdd: encoder[1]: \"e\" and \"f\" differ");
    assertRefused(Encoder.class, "dini.core.TreesTest$Encoder: it is registered already");
  }

  private static <T> void assertRefused(Class<T> type, String message) {
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(
            () ->
                Trees.register(
                    type,
                    x -> List.of(),
                    parts -> {
                      throw new AssertionError();
                    }))
        .withMessage("register: " + message);
  }

  private abstract static class Base {}

  private enum Mode {
    TRAIN
  }

  @Test
  void onlyOrdinaryClassesAreRegistered() {
    String jdk = ": how types of the JDK are treated is fixed";
    assertRefused(Layer.class, "dini.core.TreesTest$Layer: a record is a tree already");
    assertRefused(Tensor.class, "dini.core.Tensor: a tensor is a tree already");
    assertRefused(Static.class, "dini.core.Static: it is static data");
    assertRefused(Mode.class, "dini.core.TreesTest$Mode: it is static data");
    assertRefused(LinkedList.class, "java.util.LinkedList" + jdk);
    assertRefused(double[].class, "double[]" + jdk);
    assertRefused(int.class, "int" + jdk);
    assertRefused(
        Base.class,
        "dini.core.TreesTest$Base: no object is of this very class; register the classes that"
            + " implement it");
  }

  static final class Raced {}

  @Test
  void oneOfManyRegistrationsWins() {
    AtomicInteger refused = new AtomicInteger();
    IntStream.range(0, 64)
        .parallel()
        .forEach(
            i -> {
              try {
                Trees.register(Raced.class, x -> List.of(i), parts -> new Raced());
              } catch (TreeException e) {
                refused.incrementAndGet();
              }
            });
    assertThat(refused).hasValue(63);
    assertThat(treeLeaves(new Raced())).isEmpty();
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> Trees.register(null, x -> List.of(), parts -> null))
        .withMessage("type");
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> treeLeaves(null))
        .withMessage("tree: null; use Optional");
  }

  @Test
  void namesLeavesByTheirPaths() {
    Tensor w = tensor(1, 2);
    Tensor b = tensor(3);
    var tree = Map.of("a", List.of(w, b), "b", Optional.of(b));
    assertThat(Trees.treeNamed(tree).keySet())
        .containsExactly("[\"a\"][0]", "[\"a\"][1]", "[\"b\"]");
    assertThat(Trees.treeNamed(w)).containsExactly(Map.entry("tensor", w));
    assertThat(Trees.treeFromNamed(tree, Trees.treeNamed(tree))).isEqualTo(tree);
  }

  @Test
  void refusesNamesThatDoNotFit() {
    Tensor w = tensor(1, 2);
    assertThatThrownBy(() -> Trees.treeFromNamed(List.of(w, w), Map.of("[0]", w)))
        .isInstanceOf(TreeException.class)
        .hasMessage("treeFromNamed: no tensor for [1]");
    assertThatThrownBy(() -> Trees.treeFromNamed(List.of(w), Map.of("[0]", w, "c", w)))
        .isInstanceOf(TreeException.class)
        .hasMessage("treeFromNamed: the tree has no leaf c");
  }

  @Test
  void namesOfAwkwardKeysDiffer() {
    Tensor one = tensor(1);
    Tensor two = tensor(2);
    var tree = List.of(Map.of("a", Map.of("b", one)), Map.of("a\"][\"b", two), Map.of("a\\", one));
    assertThat(Trees.treeNamed(tree).keySet())
        .containsExactly("[0][\"a\"][\"b\"]", "[1][\"a\\\"][\\\"b\"]", "[2][\"a\\\\\"]");
    assertThat(Trees.treeFromNamed(tree, Trees.treeNamed(tree))).isEqualTo(tree);
  }

  record Silent(int number) implements Comparable<Silent> {
    @Override
    public int compareTo(Silent other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
      return "silent";
    }
  }

  @Test
  void refusesLeavesOfOneName() {
    var tree = Map.of(new Silent(1), tensor(1), new Silent(2), tensor(2));
    assertThatThrownBy(() -> Trees.treeNamed(tree))
        .isInstanceOf(TreeException.class)
        .hasMessage("treeNamed: two leaves have the name [silent]");
    assertThatThrownBy(() -> Trees.treeFromNamed(tree, Map.of("[silent]", tensor(3))))
        .isInstanceOf(TreeException.class)
        .hasMessage("treeFromNamed: two leaves have the name [silent]");
  }
}
