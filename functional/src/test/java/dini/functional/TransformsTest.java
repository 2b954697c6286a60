package dini.functional;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Products.vdot;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.arange;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.hvp;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.grad3;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.jvpWithAux;
import static dini.functional.Transforms.linearTranspose;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.valueAndGradWithAux;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vjpWithAux;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.DType;
import dini.core.Index;
import dini.core.Shape;
import dini.core.Static;
import dini.core.Tensor;
import dini.core.dense.DenseTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TransformsTest {

  /** Floating, integer and boolean leaves, and static data. */
  public record Mixed(Tensor w, Tensor steps, Tensor mask, String name, int k) {}

  /** A tree of every kind of node. */
  public record Everything(
      Tensor[] array,
      List<Tensor> list,
      Map<String, Tensor> map,
      Optional<Tensor> some,
      Optional<Tensor> none,
      Pair pair,
      Static<Shape> shape) {}

  /** Two tensors. */
  public record Pair(Tensor a, Tensor b) {}

  private static final Mixed MIXED =
      new Mixed(tensor(1, 2), ints(3, 4), bools(true, false), "adam", 7);

  @Test
  void gradientOfARecordIsARecord() {
    Pair g = grad(p -> sum(p.a().mul(p.b())), new Pair(tensor(1, 2), tensor(3, 4)));
    assertThat(g).isEqualTo(new Pair(tensor(3, 4), tensor(1, 2)));
  }

  @Test
  void integerBooleanAndStaticLeavesPassThrough() {
    Mixed g = grad(m -> sum(m.w().mul(m.w())).mul(m.k()), MIXED);
    assertThat(g).isEqualTo(new Mixed(tensor(14, 28), ints(0, 0), bools(false, false), "adam", 7));
    Jvp<Mixed> jvp =
        jvp(
            (Mixed m) -> new Mixed(m.w().mul(2), m.steps(), m.mask(), m.name(), m.k()),
            MIXED,
            new Mixed(tensor(5, 6), ints(9, 9), bools(true, true), "adam", 7));
    assertThat(jvp.value())
        .isEqualTo(new Mixed(tensor(2, 4), ints(3, 4), bools(true, false), "adam", 7));
    assertThat(jvp.tangent())
        .isEqualTo(new Mixed(tensor(10, 12), ints(0, 0), bools(false, false), "adam", 7));
  }

  @Test
  void integerLeavesTakePartInTheComputation() {
    Mixed g = grad(m -> sum(m.w().mul(m.steps().astype(DType.FLOAT64))), MIXED);
    assertThat(g.w()).isEqualTo(tensor(3, 4));
    assertThat(g.steps()).isEqualTo(ints(0, 0));
  }

  @Test
  void gradientOfATreeOfEveryKind() {
    Everything tree =
        new Everything(
            new Tensor[] {scalar(1), scalar(2)},
            List.of(scalar(3)),
            Map.of("b", scalar(5), "a", scalar(4)),
            Optional.of(scalar(6)),
            Optional.empty(),
            new Pair(scalar(7), scalar(8)),
            new Static<>(Shape.of(3)));
    Everything g =
        grad(
            t ->
                t.array()[0]
                    .mul(10)
                    .add(t.array()[1].mul(20))
                    .add(t.list().getFirst().mul(30))
                    .add(t.map().get("a").mul(40))
                    .add(t.map().get("b").mul(50))
                    .add(t.some().orElseThrow().mul(60))
                    .add(t.pair().a().mul(t.pair().b()))
                    .mul(t.shape().value().rank()),
            tree);
    assertThat(g.array()).containsExactly(scalar(10), scalar(20));
    assertThat(g.list()).containsExactly(scalar(30));
    assertThat(g.map()).isEqualTo(Map.of("a", scalar(40), "b", scalar(50)));
    assertThat(g.some()).contains(scalar(60));
    assertThat(g.none()).isEmpty();
    assertThat(g.pair()).isEqualTo(new Pair(scalar(8), scalar(7)));
    assertThat(g.shape()).isEqualTo(new Static<>(Shape.of(3)));
  }

  @Test
  void functionOfTheArgumentAtAll() {
    assertThat(grad(x -> scalar(3), tensor(1, 2))).isEqualTo(zeros(2));
    assertThat(valueAndGrad(x -> scalar(3), tensor(1, 2)))
        .isEqualTo(new ValueAndGrad<>(scalar(3), zeros(2)));
    assertThat(jvp((Tensor x) -> scalar(3), tensor(1, 2), tensor(1, 1)))
        .isEqualTo(new Jvp<>(scalar(3), scalar(0)));
    assertThat(vjp((Tensor x) -> scalar(3), tensor(1, 2)).pullback().apply(scalar(1)))
        .isEqualTo(zeros(2));
    assertThat(jacfwd((Tensor x) -> tensor(3, 4, 5), tensor(1, 2))).isEqualTo(zeros(3, 2));
    assertThat(jacrev((Tensor x) -> tensor(3, 4, 5), tensor(1, 2))).isEqualTo(zeros(3, 2));
    assertThat(hessian(x -> sum(x), tensor(1, 2))).isEqualTo(zeros(2, 2));
    assertThat(grad(x -> x, scalar(5))).isEqualTo(scalar(1));
  }

  @Test
  void argumentUsedTwiceReturnsTheSumAndSharesNothing() {
    Pair p = vjp((Tensor x) -> new Pair(x, x), tensor(1, 2)).value();
    assertThat(p).isEqualTo(new Pair(tensor(1, 2), tensor(1, 2)));
    Vjp<Tensor, Pair> vjp = vjp((Tensor x) -> new Pair(x, x.add(x)), tensor(1, 2));
    Tensor cotangent = tensor(1, 10);
    assertThat(vjp.pullback().apply(new Pair(cotangent, cotangent))).isEqualTo(tensor(3, 30));
    assertThat(vjp.pullback().apply(new Pair(cotangent, cotangent))).isEqualTo(tensor(3, 30));
    assertThat(cotangent).isEqualTo(tensor(1, 10));
  }

  @Test
  void cotangentsAreNotOverwrittenByAccumulation() {
    // the cotangent of x is a sum of four terms; two of them are the same tensor
    Vjp<Tensor, Tensor> vjp = vjp((Tensor x) -> x.add(x).add(x.mul(2)).add(x), tensor(1, 2));
    Tensor cotangent = tensor(1, 1);
    assertThat(vjp.pullback().apply(cotangent)).isEqualTo(tensor(5, 5));
    assertThat(vjp.pullback().apply(cotangent)).isEqualTo(tensor(5, 5));
    assertThat(cotangent).isEqualTo(tensor(1, 1));
  }

  @Test
  void gradOfThreeArguments() {
    F3<Tensor, Tensor, Double, Tensor> df = grad3((x, y, k) -> sum(x.mul(y)).mul(k));
    assertThat(df.apply(tensor(1, 2), tensor(3, 4), 10.0)).isEqualTo(tensor(30, 40));
  }

  @Test
  void otherOutputsAreFreeOfTracers() {
    Function<Tensor, WithAux<Tensor, Map<String, Tensor>>> f =
        x -> new WithAux<>(sum(x.mul(x)), Map.of("double", x.mul(2), "constant", scalar(9)));
    Map<String, Tensor> aux = Map.of("double", tensor(2, 4), "constant", scalar(9));
    WithAux<Tensor, Map<String, Tensor>> g = gradWithAux(f).apply(tensor(1, 2));
    assertThat(g).isEqualTo(new WithAux<>(tensor(2, 4), aux));
    assertThat(g.aux().get("double")).isInstanceOf(DenseTensor.class);
    assertThat(valueAndGradWithAux(f).apply(tensor(1, 2)))
        .isEqualTo(new WithAux<>(new ValueAndGrad<>(scalar(5), tensor(2, 4)), aux));
    WithAux<Vjp<Tensor, Tensor>, Map<String, Tensor>> vjp = vjpWithAux(f, tensor(1, 2));
    assertThat(vjp.value().value()).isEqualTo(scalar(5));
    assertThat(vjp.value().pullback().apply(scalar(3))).isEqualTo(tensor(6, 12));
    assertThat(vjp.aux()).isEqualTo(aux);
    assertThat(jvpWithAux(f, tensor(1, 2), tensor(1, 0)))
        .isEqualTo(new WithAux<>(new Jvp<>(scalar(5), scalar(2)), aux));
  }

  @Test
  void resultsPrintWithoutIdentityHashes() {
    assertThat(vjp((Tensor x) -> x.mul(x), scalar(3))).hasToString("Vjp[value=" + scalar(9) + "]");
    assertThat(linearize((Tensor x) -> x.mul(x), scalar(3)).toString()).doesNotContain("@");
  }

  @Test
  void stagedFunctionsPrintTheirProgram() {
    Staged<Tensor, Tensor> loss = Staged.of(x -> sum(x.mul(2)), tensor(1, 2, 3));
    assertThat(loss)
        .hasToString(
            """
            { lambda a:f64[] ; b:f64[3] . let
                c:f64[3] = mul b a
                d:f64[] = sum[axes=[0]] c
              in ( d ) }\
            """);
    assertThat("" + Staged.of(loss, tensor(4, 5, 6))).isEqualTo(loss.program().toString());
  }

  @Test
  void otherOutputsMayBeStatic() {
    WithAux<Tensor, String> g =
        gradWithAux((Tensor x) -> new WithAux<>(sum(x), "steps: " + x.size())).apply(ones(3));
    assertThat(g).isEqualTo(new WithAux<>(ones(3), "steps: 3"));
  }

  @Test
  void linearizationIsReusedAndTransposed() {
    int[] runs = {0};
    Linearized<Tensor, Tensor> linearized =
        linearize(
            x -> {
              runs[0]++;
              return x.mul(x).mul(x);
            },
            tensor(1, 2));
    assertThat(linearized.value()).isEqualTo(tensor(1, 8));
    assertThat(linearized.map().apply(tensor(1, 1))).isEqualTo(tensor(3, 12));
    assertThat(linearized.map().apply(tensor(2, 0))).isEqualTo(tensor(6, 0));
    assertThat(linearized.map().transpose().apply(tensor(1, 2))).isEqualTo(tensor(3, 24));
    assertThat(linearized.map().materialize()).isEqualTo(tensor(new double[][] {{3, 0}, {0, 12}}));
    assertThat(runs[0]).isEqualTo(1);
    assertThat(linearized.map().toString()).startsWith("LinearMap(").doesNotContain("@");
  }

  @Test
  void transposeOfALinearFunction() {
    Function<Tensor, Tensor> transposed =
        linearTranspose(x -> x.get(Index.from(1)).mul(2), zeros(3));
    assertThat(transposed.apply(tensor(5, 7))).isEqualTo(tensor(0, 10, 14));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linearTranspose((Tensor x) -> sin(x), zeros(3)).apply(zeros(3)))
        .withMessage(
            "sin: not linear in argument 0, so a function that uses it cannot be transposed; was"
                + " it meant to be linear?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linearTranspose((Tensor x) -> x.mul(x), zeros(3)).apply(zeros(3)))
        .withMessageStartingWith("mul: not linear in");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                linearTranspose((Tensor x) -> where(x.gt(0), x, x.neg()), zeros(3)).apply(zeros(3)))
        .withMessage(
            "gt: not linear in argument 0, so a function that uses it cannot be transposed; was"
                + " it meant to be linear?");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                linearTranspose((Tensor x) -> x.astype(DType.INT64).astype(DType.FLOAT64), zeros(3))
                    .apply(zeros(3)))
        .withMessageContaining("not linear in argument 0");
  }

  @Test
  void jacobiansHaveTheShapeOfTheResultThenOfTheArgument() {
    Tensor a = arange(6).reshape(2, 3);
    Function<Tensor, Tensor> f = x -> matmul(a, x);
    Tensor x = ones(3, 4);
    Tensor forward = jacfwd(f, x);
    Tensor reverse = jacrev(f, x);
    assertThat(forward.shape()).isEqualTo(Shape.of(2, 4, 3, 4));
    assertThat(forward).isEqualTo(reverse);
    assertThat(forward.item(1, 2, 0, 2)).isEqualTo(3);
    assertThat(forward.item(1, 2, 0, 1)).isEqualTo(0);
    Function<Tensor, Tensor> jacobian = jacrev((Tensor z) -> z.mul(z));
    assertThat(jacobian.apply(tensor(1, 2))).isEqualTo(tensor(new double[][] {{2, 0}, {0, 4}}));
  }

  @Test
  void jacobianOfATreeIsTheMatrixOverTheRavelledTrees() {
    Function<Pair, Pair> f = p -> new Pair(p.a().mul(p.b().get(0)), p.b().mul(p.a()));
    Pair at = new Pair(scalar(2), tensor(3, 5));
    Tensor expected = tensor(new double[][] {{3, 2, 0}, {3, 2, 0}, {5, 0, 2}});
    assertThat(jacfwd(f, at)).isEqualTo(expected);
    assertThat(jacrev(f, at)).isEqualTo(expected);
  }

  @Test
  void integerLeavesHaveColumnsOfZeros() {
    Pair at = new Pair(scalar(2), ints(3, 4));
    Function<Pair, Tensor> f = p -> p.a().mul(p.a());
    assertThat(jacfwd(f, at)).isEqualTo(tensor(new double[][] {{4, 0, 0}}));
    assertThat(jacrev(f, at)).isEqualTo(tensor(new double[][] {{4, 0, 0}}));
  }

  @Test
  void hessianOfATensorAndOfATree() {
    assertThat(hessian(x -> sum(x.pow(3)), tensor(1, 2)))
        .isEqualTo(tensor(new double[][] {{6, 0}, {0, 12}}));
    Function<Pair, Tensor> f = p -> p.a().mul(p.a()).mul(p.b().get(0)).add(p.b().get(1).pow(3));
    Pair at = new Pair(scalar(2), tensor(3, 5));
    assertThat(hessian(f, at)).isEqualTo(tensor(new double[][] {{6, 4, 0}, {4, 0, 0}, {0, 0, 30}}));
    assertThat(hvp(f, at, new Pair(scalar(1), tensor(10, 100))))
        .isEqualTo(new Pair(scalar(46), tensor(4, 3000)));
    Tensor matrix = hessian(x -> sum(matmul(x, x)), ones(2, 2));
    assertThat(matrix.shape()).isEqualTo(Shape.of(2, 2, 2, 2));
    assertThat(matrix.item(0, 1, 1, 1)).isEqualTo(1);
  }

  @Test
  void derivativesOfEmptyTensorsAreEmpty() {
    assertThat(grad(x -> sum(exp(x)), zeros(0))).isEqualTo(zeros(0));
    assertThat(jacfwd((Tensor x) -> exp(x), zeros(0))).isEqualTo(zeros(0, 0));
    assertThat(jacrev((Tensor x) -> exp(x), zeros(0))).isEqualTo(zeros(0, 0));
    assertThat(hessian(x -> sum(exp(x)), zeros(0))).isEqualTo(zeros(0, 0));
    assertThat(jacrev((Tensor x) -> sum(x).reshape(1), zeros(0))).isEqualTo(zeros(1, 0));
  }

  @Test
  void singlePrecisionStaysSingle() {
    Tensor g = grad(x -> sum(x.mul(x).mul(0.5)), floats(1, 2));
    assertThat(g).isEqualTo(floats(1, 2));
    assertThat(hessian(x -> sum(x.mul(x)), floats(1, 2)).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void conversionsCarryDerivativesBetweenFloatingTypes() {
    Tensor g = grad(x -> sum(x.astype(DType.FLOAT64).mul(3)), floats(1, 2));
    assertThat(g).isEqualTo(floats(3, 3));
    assertThat(grad(x -> sum(x.mul(x.astype(DType.INT64).astype(DType.FLOAT64))), tensor(2, 3)))
        .isEqualTo(tensor(2, 3));
  }

  @Test
  void pullbackAndPushforwardAgree() {
    Tensor a = tensor(new double[][] {{1, -2, 0.5}, {3, 0.25, -1}});
    Function<Tensor, Tensor> f = x -> tanh(matmul(a, x)).mul(sum(x.mul(x)));
    Tensor x = tensor(0.3, -0.7, 1.1);
    Tensor u = tensor(0.9, -1.3);
    Tensor v = tensor(2, 0.1, -0.4);
    double forward = vdot(u, jvp(f, x, v).tangent()).toDouble();
    assertNear(vdot(vjp(f, x).pullback().apply(u), v), forward);
  }

  @Test
  void eightThreadsGiveTheSameBits() throws Exception {
    Callable<Tensor> work =
        () -> {
          Tensor x = arange(5000).div(1000);
          Tensor g = x;
          for (int i = 0; i < 5; i++) {
            g = grad(z -> sum(sin(z).mul(jvp((Tensor y) -> exp(y.neg()), z, z).tangent())), g);
          }
          return g;
        };
    Tensor expected = work.call();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<Tensor>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(pool.submit(work));
      }
      for (Future<Tensor> future : futures) {
        assertThat(future.get()).isEqualTo(expected);
      }
    }
  }
}
