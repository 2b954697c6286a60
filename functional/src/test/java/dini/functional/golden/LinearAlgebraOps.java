package dini.functional.golden;

import dini.core.Products;
import dini.core.Shapes;
import dini.core.Tensor;

/** Products, decompositions and solutions of systems. */
final class LinearAlgebraOps {
  private LinearAlgebraOps() {}

  static void addTo(OpTable table) {
    table.binary("dot", Products::dot);
    table.binary("vdot", (x, y) -> Products.vdot(flat(x), flat(y)));
    table.binary("matmul", Products::matmul);
    table.binary("outer", (x, y) -> Products.outer(flat(x), flat(y)));
  }

  private static Tensor flat(Tensor x) {
    return Shapes.reshape(x, x.size());
  }
}
