package dini.interop

import dini.core.Elementwise.{exp, sin, sqrt}
import dini.core.Products.{dot, matmul}
import dini.core.Reductions.sum
import dini.core.Tensors.{scalar, tensor, zeros}
import dini.core.{Tensor, TreeException, Trees}
import dini.functional.Implicit.customRoot
import dini.functional.Jit.jit
import dini.functional.Transforms.{grad, valueAndGrad, vmap}
import dini.linalg.LinearAlgebra.solve
import java.util.List as JList
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.data.Offset.offset
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** Java's `add`, `sub`, `mul` as Scala's operators. */
extension (x: Tensor)
  def +(y: Tensor): Tensor = x.add(y)
  def -(y: Tensor): Tensor = x.sub(y)
  def *(y: Tensor): Tensor = x.mul(y)
  def /(y: Tensor): Tensor = x.div(y)

/** A case class is no record of Java: it is a tree by registration. */
case class Line(slope: Tensor, offset: Tensor)

object Line:
  Trees.register(
    classOf[Line],
    line => JList.of(line.slope, line.offset),
    parts => Line(parts.get(0).asInstanceOf[Tensor], parts.get(1).asInstanceOf[Tensor])
  )

case class Problem(lambda: Tensor, x: Tensor, y: Tensor)

object Problem:
  Trees.register(
    classOf[Problem],
    p => JList.of(p.lambda, p.x, p.y),
    parts =>
      Problem(
        parts.get(0).asInstanceOf[Tensor],
        parts.get(1).asInstanceOf[Tensor],
        parts.get(2).asInstanceOf[Tensor]
      )
  )

/** Neither a record nor registered. */
case class Plain(factor: Tensor)

class ScalaTest:
  private def objective(w: Tensor, p: Problem): Tensor =
    sum((matmul(p.x, w) - p.y).pow(2)) + p.lambda * dot(w, w)

  @Test def gradientOfALambda(): Unit =
    val slope = grad((x: Tensor) => sum(sin(x)))
    assertNear(slope(tensor(0, 1)), 1, math.cos(1))
    assertNear(grad((x: Tensor) => sum(sin(x)), tensor(0, 1)), 1, math.cos(1))
    assertNear(grad((x: Tensor) => sum(slope(x)), tensor(0.5)), -math.sin(0.5))

  @Test def secondArgumentsAreNotDifferentiated(): Unit =
    val slope = grad((x: Tensor, a: Tensor) => sum(a * x * x))
    assertNear(slope(tensor(1, 2), tensor(3, 5)), 6, 20)

  @Test def registeredCaseClassesAreTrees(): Unit =
    val x = tensor(0, 1, 2)
    val y = tensor(1, 2, 5)
    val found = valueAndGrad(
      (p: Line) => sum((p.slope * x + p.offset - y).pow(2)),
      Line(scalar(1), scalar(0.5))
    )
    // residuals -0.5, -0.5, -2.5
    assertNear(found.value, 6.75)
    assertNear(found.grad.slope, -11)
    assertNear(found.grad.offset, -7)

  @Test def errorOfOtherClassesSaysWhatHelps(): Unit =
    val error = assertThrows(
      classOf[TreeException],
      () => grad((p: Plain) => sum(p.factor), Plain(tensor(1)))
    )
    assertThat(error.getMessage).contains("register")

  @Test def rootsAreDifferentiable(): Unit =
    val root = customRoot((x: Tensor, theta: Tensor) => x * x - theta)
      .apply((_, theta) => scalar(math.sqrt(theta.toDouble)))
    assertNear(grad((t: Tensor) => root(scalar(1), t), scalar(9)), 1.0 / 6)

  @Test def stationarityOfAMethod(): Unit =
    val fit = customRoot(grad(objective)).apply((_, p) =>
      solve(matmul(p.x.transpose(), p.x) + p.lambda, matmul(p.x.transpose(), p.y))
    )
    val x = tensor(Array(Array(1.0), Array(2.0)))
    val y = tensor(3, 1)
    // w = x'y / (x'x + lambda) = 5 / (5 + lambda), so dw/dlambda = -5 / (5 + lambda)^2
    val derivative = grad((l: Tensor) => sum(fit(zeros(1), Problem(l, x, y))), scalar(5))
    assertNear(derivative, -0.05)

  @Test def mappedAndCompiled(): Unit =
    // Scala infers Object for a result that Java declares as `? extends Y`: here it is named.
    val slopes = vmap[Tensor, Tensor](grad((x: Tensor) => sum(exp(x))))
    assertNear(slopes(tensor(0, 1)), 1, math.E)
    val compiled = jit((x: Tensor) => sqrt(x) / (x + x))
    assertNear(compiled(tensor(4)), 0.25)

  @Test def allThisRunsOnTheClassPath(): Unit =
    assertThat(classOf[Tensor].getModule.isNamed).isFalse
    assertThat(ModuleLayer.boot.findModule("jdk.incubator.vector")).isPresent

  private def assertNear(found: Tensor, expected: Double*): Unit =
    assertThat(found.toArray).containsExactly(expected.toArray, offset(Double.box(1e-12)))
