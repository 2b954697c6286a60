package dini.interop

import dini.core.Elementwise.exp
import dini.core.Elementwise.sin
import dini.core.Elementwise.sqrt
import dini.core.Products.dot
import dini.core.Products.matmul
import dini.core.Reductions.sum
import dini.core.Tensor
import dini.core.Tensors.scalar
import dini.core.Tensors.tensor
import dini.core.Tensors.zeros
import dini.core.TreeException
import dini.core.Trees
import dini.functional.Implicit.customRoot
import dini.functional.Jit.jit
import dini.functional.Transforms.grad
import dini.functional.Transforms.valueAndGrad
import dini.functional.Transforms.vmap
import dini.linalg.LinearAlgebra.solve
import java.util.function.Function
import kotlin.math.cos
import kotlin.math.sqrt
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.assertj.core.data.Offset.offset
import org.junit.jupiter.api.Test

/** Java's `add`, `sub`, `mul`, `neg` as Kotlin's operators; `/` and `x[i]` are there as they are. */
operator fun Tensor.plus(y: Tensor): Tensor = add(y)

operator fun Tensor.minus(y: Tensor): Tensor = sub(y)

operator fun Tensor.times(y: Tensor): Tensor = mul(y)

operator fun Tensor.unaryMinus(): Tensor = neg()

/** A function of Java, called as one of Kotlin. */
operator fun <X, Y> Function<X, Y>.invoke(x: X): Y = apply(x)

@JvmRecord data class Line(val slope: Tensor, val offset: Tensor)

@JvmRecord data class Problem(val lambda: Tensor, val x: Tensor, val y: Tensor)

/** A tree by registration. */
class Scale(val factor: Tensor) {
  companion object {
    init {
      Trees.register(
          Scale::class.java, { listOf(it.factor) }, { parts -> Scale(parts[0] as Tensor) })
    }
  }
}

/** Neither a record nor registered. */
data class Plain(val factor: Tensor)

fun objective(w: Tensor, p: Problem): Tensor =
    sum((matmul(p.x, w) - p.y).pow(2.0)) + p.lambda * dot(w, w)

class KotlinTest {

  @Test
  fun gradientOfALambda() {
    val slope = grad { x: Tensor -> sum(sin(x)) }
    assertNear(slope(tensor(0.0, 1.0)), 1.0, cos(1.0))
    assertNear(grad({ x: Tensor -> sum(sin(x)) }, tensor(0.0, 1.0)), 1.0, cos(1.0))
    assertNear(grad({ x: Tensor -> sum(slope(x)) }, tensor(0.5)), -kotlin.math.sin(0.5))
    val negated = grad { x: Tensor -> sum(-x) }
    assertNear(negated(tensor(2.0)), -1.0)
  }

  @Test
  fun secondArgumentsAreNotDifferentiated() {
    val slope = grad { x: Tensor, a: Tensor -> sum(a * x * x) }
    assertNear(slope.apply(tensor(1.0, 2.0), tensor(3.0, 5.0)), 6.0, 20.0)
  }

  @Test
  fun recordsAreTrees() {
    val x = tensor(0.0, 1.0, 2.0)
    val y = tensor(1.0, 2.0, 5.0)
    val loss = { p: Line -> sum((p.slope * x + p.offset - y).pow(2.0)) }
    val found = valueAndGrad(loss, Line(scalar(1.0), scalar(0.5)))
    // residuals -0.5, -0.5, -2.5
    assertNear(found.value(), 6.75)
    assertNear(found.grad().slope, -11.0)
    assertNear(found.grad().offset, -7.0)
  }

  @Test
  fun listsAndMapsAreTrees() {
    val ofList = grad({ p: List<Tensor> -> sum(p[0] * p[1]) }, listOf(tensor(2.0), tensor(3.0)))
    assertNear(ofList[0], 3.0)
    assertNear(ofList[1], 2.0)
    val ofMap =
        grad(
            { p: Map<String, Tensor> -> sum(p.getValue("a") / p.getValue("b")) },
            mapOf("a" to tensor(6.0), "b" to tensor(2.0)))
    assertNear(ofMap.getValue("a"), 0.5)
    assertNear(ofMap.getValue("b"), -1.5)
  }

  @Test
  fun registeredClassesAreTrees() {
    assertNear(grad({ s: Scale -> sum(s.factor * s.factor) }, Scale(tensor(3.0))).factor, 6.0)
  }

  @Test
  fun errorOfOtherClassesSaysWhatHelps() {
    assertThatThrownBy { grad({ p: Plain -> sum(p.factor) }, Plain(tensor(1.0))) }
        .isInstanceOf(TreeException::class.java)
        .hasMessageContaining("register")
  }

  @Test
  fun rootsAreDifferentiable() {
    val root =
        customRoot { x: Tensor, theta: Tensor -> x * x - theta }
            .apply { _, theta -> scalar(sqrt(theta.toDouble())) }
    assertNear(grad({ t: Tensor -> root.apply(scalar(1.0), t) }, scalar(9.0)), 1.0 / 6)
  }

  @Test
  fun stationarityOfAFunctionReference() {
    val fit =
        customRoot(grad(::objective)).apply { _, p ->
          solve(matmul(p.x.transpose(), p.x) + p.lambda, matmul(p.x.transpose(), p.y))
        }
    val x = tensor(arrayOf(doubleArrayOf(1.0), doubleArrayOf(2.0)))
    val y = tensor(3.0, 1.0)
    // w = x'y / (x'x + lambda) = 5 / (5 + lambda), so dw/dlambda = -5 / (5 + lambda)^2
    val derivative =
        grad({ l: Tensor -> sum(fit.apply(zeros(1), Problem(l, x, y))) }, scalar(5.0))
    assertNear(derivative, -0.05)
  }

  @Test
  fun mappedAndCompiled() {
    val slopes = vmap(grad { x: Tensor -> sum(exp(x)) })
    assertNear(slopes(tensor(0.0, 1.0)), 1.0, Math.E)
    val compiled = jit { x: Tensor -> sqrt(x) / (x + x) }
    assertNear(compiled.apply(tensor(4.0)), 0.25)
    assertNear(tensor(1.0, 7.0)[1], 7.0)
  }

  @Test
  fun allThisRunsOnTheClassPath() {
    assertThat(Tensor::class.java.module.isNamed).isFalse
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent
  }

  private fun assertNear(found: Tensor, vararg expected: Double) {
    assertThat(found.toArray()).containsExactly(expected, offset(1e-12))
  }
}
