package dini.core.primitive;

import dini.core.Tensor;
import dini.core.trace.Differentiation.Duals;

/**
 * The rules of a primitive whose results and tangents are computed together: a loop that would
 * otherwise run once for the results and once more for what the tangents need.
 */
public interface Joint extends Rules {

  /**
   * Results and their tangents; null stands for a zero tangent, both ways. At least one argument
   * tangent is not null. The arrays are not written to.
   */
  Duals both(Tensor[] primals, Tensor[] tangents);

  @Override
  default Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    return both(primals, tangents).tangents();
  }
}
