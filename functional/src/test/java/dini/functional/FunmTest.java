package dini.functional;

import static dini.core.Tensors.eye;
import static dini.core.Tensors.tensor;
import static dini.functional.Jacobians.hvp;
import static dini.functional.Transforms.grad;
import static dini.linalg.MatrixFunctions.funm;

import dini.core.Diagonals;
import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.Tensors;
import org.junit.jupiter.api.Test;

class FunmTest {
  @Test
  void smoke() {
    Tensor e = tensor(new double[][] {{1, 2}, {2, -1}});
    System.out.println(funm(eye(2), Elementwise::exp));
    System.out.println(grad(a -> Diagonals.trace(funm(a, Elementwise::exp)), eye(2)));
    System.out.println(hvp(a -> Diagonals.trace(funm(a, Elementwise::exp)), eye(2), e));
    Tensor p = Tensors.scalar(1.5);
    Tensor a = tensor(new double[][] {{2, 1}, {1, 2}});
    System.out.println(grad(q -> Diagonals.trace(funm(a, x -> x.pow(q))), p));
    System.out.println(1.0 * Math.pow(3, 1.5) * Math.log(3));
    System.out.println(Jacobians.hessian(q -> Diagonals.trace(funm(a, x -> x.pow(q))), p));
    System.out.println(1.0 * Math.pow(3, 1.5) * Math.log(3) * Math.log(3));
  }
}
