package dini.functional;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.sin;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.trace.BatchTrace;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users get wrong: each mistake has one exception that says what to do instead. */
class TracerErrorsTest {

  /** A class that is no tree. */
  static final class Point {
    final Tensor x = scalar(1);
  }

  /** Records that hold something that is no tree. */
  public record Holder(Tensor w, Object encoder) {}

  /** Two levels. */
  public record Outer(Holder inner) {}

  /** Two tensors. */
  public record Pair(Tensor a, Tensor b) {}

  private static void fails(
      Class<? extends RuntimeException> type, String message, ThrowingCallable call) {
    assertThatExceptionOfType(type).isThrownBy(call).withMessage(message);
  }

  /** After whatever went wrong the next call on this thread must work. */
  @AfterEach
  void laterCallsWork() {
    assertThat(grad(x -> x.mul(x), scalar(3))).isEqualTo(scalar(6));
  }

  // ---- life and thread of tracers ----

  @Test
  void leakedTracer() {
    List<Tensor> leaked = new ArrayList<>();
    grad(x -> keep(leaked, x.mul(2)), scalar(3));
    String message =
        "a traced value was used after its derivative ended: return it from the function instead"
            + " of storing it";
    fails(TracerException.class, message, () -> leaked.getFirst().add(1));
    fails(TracerException.class, message, () -> leaked.getFirst().toDouble());
    fails(TracerException.class, message, () -> add(scalar(1), leaked.getFirst()));
    fails(TracerException.class, message, () -> grad(y -> y.mul(leaked.getFirst()), scalar(1)));
    fails(TracerException.class, message, () -> grad(y -> leaked.getFirst(), scalar(1)));
    fails(TracerException.class, message, () -> vmap(y -> leaked.getFirst(), ones(2)));
    fails(TracerException.class, message, () -> grad(y -> y.mul(y), leaked.getFirst()));
  }

  @Test
  void leakedTracerOfAMap() {
    List<Tensor> leaked = new ArrayList<>();
    vmap(x -> keep(leaked, x), ones(2));
    fails(
        TracerException.class,
        "a traced value was used after its vmap ended: return it from the function instead of"
            + " storing it",
        () -> sin(leaked.getFirst()));
  }

  @Test
  void leakedTracerInAProgramOrAsOtherOutput() {
    List<Tensor> leaked = new ArrayList<>();
    grad(x -> keep(leaked, x.mul(2)), scalar(3));
    String message =
        "a traced value was used after its derivative ended: return it from the function instead"
            + " of storing it";
    Tensor dead = leaked.getFirst();
    fails(TracerException.class, message, () -> makeProgram((Tensor x) -> dead, scalar(1)));
    fails(TracerException.class, message, () -> makeProgram((Tensor x) -> x.mul(dead), scalar(1)));
    fails(
        TracerException.class,
        message,
        () -> gradWithAux((Tensor x) -> new WithAux<>(x.mul(x), dead)).apply(scalar(1)));
    fails(
        TracerException.class,
        message,
        () -> gradWithAux((Tensor x) -> new WithAux<>(x, List.of(x, dead))).apply(scalar(1)));
  }

  /** Differentiates at every depth, so that the stack ends somewhere inside a transformation. */
  private static Tensor bottomless(Tensor x) {
    return grad(y -> y.mul(y), x).mul(bottomless(x));
  }

  private static Tensor bottomlessInside(Tensor x) {
    return grad(TracerErrorsTest::bottomlessInside, x).mul(x);
  }

  @Test
  void exhaustedStacksLeaveNoTraceBehind() {
    BiFunction<Tensor, Tensor, Tensor> root =
        customRoot((Tensor x, Tensor t) -> x.sub(t.mul(3))).apply((init, t) -> t.mul(3));
    assertThat(grad(t -> root.apply(scalar(0), t), scalar(2))).isEqualTo(scalar(3));
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> bottomless(scalar(1))).isInstanceOf(StackOverflowError.class);
      assertThat(TraceStack.current().isEmpty()).isTrue();
      assertThatThrownBy(() -> bottomlessInside(scalar(1))).isInstanceOf(StackOverflowError.class);
      assertThat(TraceStack.current().isEmpty()).isTrue();
      assertThat(root.apply(scalar(0), scalar(2))).isEqualTo(scalar(6));
      assertThat(grad(t -> root.apply(scalar(0), t), scalar(2))).isEqualTo(scalar(3));
    }
  }

  @Test
  void closingATraceClosesWhatWasOpenedAfterIt() {
    TraceStack stack = TraceStack.current();
    DerivativeTrace outer = stack.derivative();
    BatchTrace inner = stack.batch(2);
    Tensor tracer = inner.batched(ones(2));
    stack.close(outer);
    assertThat(stack.isEmpty()).isTrue();
    stack.close(inner);
    fails(
        TracerException.class,
        "a traced value was used after its vmap ended: return it from the function instead of"
            + " storing it",
        () -> tracer.add(1));
  }

  @Test
  void tracersPrintAfterTheirEnd() {
    List<Tensor> leaked = new ArrayList<>();
    grad(x -> keep(leaked, x), scalar(3));
    vmap(x -> keep(leaked, x), ones(2, 3));
    assertThat(leaked.get(0).toString()).startsWith("Dual(f64[]").doesNotContain("@");
    assertThat(leaked.get(1)).hasToString("Batched(f64[3] x 2)");
  }

  @Test
  void wrongThread() {
    String name = Thread.currentThread().getName();
    Tensor g =
        grad(
            x -> {
              assertThat(onThread("helper", () -> x.mul(2)))
                  .isInstanceOf(TracerException.class)
                  .hasMessage(
                      "a traced value of a derivative was used on thread helper, but the"
                          + " transformation runs on "
                          + name
                          + ": keep traced values on one thread, or start the transformation on"
                          + " the other");
              assertThat(onThread("helper", () -> scalar(x.toDouble())))
                  .isInstanceOf(TracerException.class);
              assertThat(onThread("helper", () -> grad(y -> y.mul(x), scalar(1))))
                  .isInstanceOf(TracerException.class);
              return x.mul(x);
            },
            scalar(3));
    assertThat(g).isEqualTo(scalar(6));
  }

  private static Throwable onThread(String name, Supplier<Tensor> work) {
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                work.get();
              } catch (RuntimeException e) {
                thrown[0] = e;
              }
            },
            name);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return thrown[0];
  }

  private static Tensor keep(List<Tensor> list, Tensor x) {
    list.add(x);
    return x;
  }

  // ---- reading values that are not known ----

  @Test
  void readingInsideAMap() {
    String message =
        "the values of a tensor f64[] inside a vmap were read (toDouble, toArray, if): they are"
            + " not known there; use where(...) to choose between values, or map with a plain loop";
    fails(TracerException.class, message, () -> vmap(x -> x.toDouble() > 0 ? x : x.neg(), ones(2)));
    fails(
        TracerException.class,
        message.replace("f64[]", "bool[]"),
        () -> vmap(x -> grad(y -> y.gt(0).toBoolean() ? y : y.neg(), x), ones(2)).size());
    fails(
        TracerException.class,
        message.replace("f64[]", "f64[3]"),
        () -> vmap(x -> scalar(x.toArray()[0]), ones(2, 3)));
  }

  @Test
  void readingInsideAStagedFunction() {
    fails(
        TracerException.class,
        "the values of a tensor f64[] inside a staged function were read (toDouble, toArray, if):"
            + " they are not known there; use where(...), or keep what decides static",
        () ->
            Staging.stage(
                x -> new Tensor[] {x[0].toDouble() > 0 ? x[0] : x[0].neg()},
                List.of(scalar(1).type())));
  }

  @Test
  void readingMoreThanOneElement() {
    fails(
        ShapeException.class,
        "toDouble: expected one element, got f64[2]",
        () -> grad(x -> scalar(x.toDouble()), ones(2)));
  }

  @Test
  void printingATracerNeverFails() {
    vmap(
        x -> {
          assertThat(x).hasToString("Batched(f64[] x 2)");
          return grad(
              y -> {
                assertThat(y.toString()).startsWith("Dual(f64[], primal=Batched(f64[] x 2)");
                return y;
              },
              x);
        },
        ones(2));
  }

  // ---- directions ----

  @Test
  void tangentOfTheWrongShapeOrDtype() {
    fails(
        ShapeException.class,
        "jvp: expected a direction of type f64[2], got f64[3]",
        () -> jvp((Tensor x) -> sin(x), ones(2), ones(3)));
    fails(
        ShapeException.class,
        "jvp: expected a direction of type f64[2], got f32[2]",
        () -> jvp((Tensor x) -> sin(x), ones(2), floats(1, 1)));
    fails(
        ShapeException.class,
        "jvp: expected a direction of type f64[] at pair.b, got f64[1]",
        () ->
            jvp(
                (Pair p) -> p.a().mul(p.b()),
                new Pair(ones(2), scalar(1)),
                new Pair(ones(2), ones(1))));
  }

  @Test
  void tangentOfTheWrongStructure() {
    fails(
        TreeException.class,
        "jvp: tree: a list of 2 and a list of 1 differ",
        () -> jvp((List<Tensor> p) -> p.get(0), List.of(ones(2), ones(2)), List.of(ones(2))));
    fails(
        TreeException.class,
        "jvp: tree: a map with keys [\"a\"] and a map with keys [\"b\"] differ",
        () ->
            jvp((Map<String, Tensor> p) -> p.get("a"), Map.of("a", ones(2)), Map.of("b", ones(2))));
  }

  @Test
  void cotangentOfTheWrongShape() {
    fails(
        ShapeException.class,
        "pullback: expected a direction of type f64[2], got f64[]",
        () -> vjp((Tensor x) -> sin(x), ones(2)).pullback().apply(scalar(1)));
    assertThatThrownBy(() -> linearize((Tensor x) -> sin(x), ones(2)).map().apply(ones(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("f64[2]")
        .hasMessageContaining("f64[3]");
  }

  // ---- what can be differentiated ----

  @Test
  void gradientOfAVector() {
    fails(
        ShapeException.class,
        "grad: the function must return a scalar, got f64[2]; reduce it with sum or mean, or use"
            + " jacrev",
        () -> grad(x -> sin(x), ones(2)));
    fails(
        ShapeException.class,
        "grad: the function must return a scalar, got f64[1]; reduce it with sum or mean, or use"
            + " jacrev",
        () -> grad(x -> sin(x), ones(1)));
  }

  @Test
  void gradientOfAnInteger() {
    fails(
        DTypeException.class,
        "grad: the function must return a floating scalar, got i64[]",
        () -> grad(x -> sum(x.gt(0)), ones(2)));
    fails(
        DTypeException.class,
        "grad: derivatives are with respect to floating tensors, got i32[2]; convert it with"
            + " astype, or capture it instead of passing it",
        () -> grad(x -> sum(x), ints(1, 2)));
    fails(
        DTypeException.class,
        "jacfwd: derivatives are with respect to floating tensors, got bool[1]; convert it with"
            + " astype, or capture it instead of passing it",
        () -> jacfwd((Tensor x) -> x, bools(true)));
    fails(
        DTypeException.class,
        "grad: derivatives are with respect to floating tensors, got i32[1] and others without"
            + " derivative; convert it with astype, or capture it instead of passing it",
        () -> grad(p -> sum(p.a()), new Pair(ints(1), longs(1))));
  }

  @Test
  void gradientWithoutTensors() {
    fails(
        TreeException.class, "grad: the argument has no tensors", () -> grad(k -> scalar(k), 3.0));
    fails(
        TreeException.class,
        "grad: the argument has no tensors",
        () -> grad(list -> scalar(1), List.<Tensor>of()));
  }

  @Test
  void functionThatReturnsNull() {
    assertThatThrownBy(() -> grad(x -> null, scalar(1)))
        .isInstanceOf(TreeException.class)
        .hasMessage("grad: the function returned null");
    assertThatThrownBy(() -> vmap(x -> null, ones(2)))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("null");
    fails(
        TreeException.class,
        "the function with other outputs returned null",
        () -> gradWithAux((Tensor x) -> (WithAux<Tensor, String>) null).apply(scalar(1)));
    assertThatThrownBy(() -> hessian(x -> null, scalar(1))).isInstanceOf(TreeException.class);
  }

  // ---- trees ----

  @Test
  void unregisteredClassInATree() {
    fails(
        TreeException.class,
        "outer.inner.encoder: class dini.functional.TracerErrorsTest$Point is not a record; make"
            + " it one, or register it with Trees.register",
        () -> grad(o -> sum(o.inner().w()), new Outer(new Holder(ones(2), new Point()))));
    fails(
        TreeException.class,
        "point: class dini.functional.TracerErrorsTest$Point is not a record; make it one, or"
            + " register it with Trees.register",
        () -> grad(p -> sum(p.x), new Point()));
    fails(
        TreeException.class,
        "tree[1]: class dini.functional.TracerErrorsTest$Point is not a record; make it one, or"
            + " register it with Trees.register",
        () -> vmap(x -> List.of(x, new Point()), ones(2)));
  }

  @Test
  void javaArrayInATree() {
    fails(
        TreeException.class,
        "holder.encoder: double[] is neither a tensor nor static data; make it a Tensor, or wrap"
            + " it in Static",
        () -> grad(h -> sum(h.w()), new Holder(ones(2), new double[] {1})));
    assertThatThrownBy(() -> grad(x -> sum(x.w()), new Holder(ones(2), null)))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("holder.encoder")
        .hasMessageContaining("null");
  }

  // ---- dtypes ----

  @Test
  void floatingTypesDoNotMix() {
    fails(
        DTypeException.class,
        "add: f64[2] and f32[2]: dtypes FLOAT64 and FLOAT32 differ; convert one with astype",
        () -> ones(2).add(floats(1, 2)));
    fails(
        DTypeException.class,
        "matmul: f64[2,2] and f32[2]: dtypes FLOAT64 and FLOAT32 differ; convert one with"
            + " astype",
        () -> matmul(ones(2, 2), floats(1, 2)));
    fails(
        DTypeException.class,
        "mul: f64[] and i32[2]: dtypes FLOAT64 and INT32 differ; convert one with astype",
        () -> grad(x -> sum(x.mul(ints(1, 2))), scalar(1)));
    fails(
        DTypeException.class,
        "lt: i32[1] and i64[1]: dtypes INT32 and INT64 differ; convert one with astype",
        () -> ints(1).lt(longs(1)));
  }

  @Test
  void integersTakeIntegralLiterals() {
    assertThat(ints(1, 2).mul(3)).isEqualTo(ints(3, 6));
    assertThatThrownBy(() -> ints(1, 2).mul(0.5))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("mul")
        .hasMessageContaining("0.5")
        .hasMessageContaining("INT32");
    assertThatThrownBy(() -> longs(1).add(1e300)).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> ints(1).add(Double.NaN)).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> ints(1).add(3e9)).isInstanceOf(DTypeException.class);
  }

  @Test
  void integersHaveNoMeanAndNoSine() {
    assertThatThrownBy(() -> mean(ints(1, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("mean")
        .hasMessageContaining("i32[2]");
    assertThatThrownBy(() -> sin(ints(1, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("sin")
        .hasMessageContaining("i32[2]");
  }

  @Test
  void shapesThatDoNotFit() {
    assertThatThrownBy(() -> grad(x -> sum(x.add(ones(3))), ones(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "add: shapes (2,) and (3,) do not broadcast: extents 2 and 3 of axis -1 differ");
    fails(
        ShapeException.class,
        "matmul: (3, 4) @ (5, 2): inner extents 4 and 5 differ",
        () -> grad(x -> sum(matmul(x, zeros(5, 2))), ones(3, 4)));
    fails(
        ShapeException.class,
        "matmul: (2, 3, 4) @ (5, 2): inner extents 4 and 5 differ",
        () -> vmap(x -> matmul(x, zeros(5, 2)), tensor(1, 2).reshape(2, 1, 1).mul(ones(3, 4))));
  }

  /** What an error deeper than {@code finally} would leave behind must not be a silent zero. */
  @Test
  void tracesLeftSuspendedAreNoticed() {
    assertThatThrownBy(
            () ->
                grad(
                    (Tensor x) -> {
                      TraceStack.suspend(TraceStack.current().innermost());
                      return x.mul(2);
                    },
                    scalar(1)))
        .isInstanceOf(TracerException.class)
        .hasMessageStartingWith("a derivative was left suspended by an error inside a solver");
    assertThat(grad((Tensor x) -> x.mul(2), scalar(1))).isEqualTo(scalar(2));
  }
}
