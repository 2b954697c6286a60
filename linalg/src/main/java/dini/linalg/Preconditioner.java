package dini.linalg;

import dini.core.LinearMap;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A map close to the inverse of another, which makes an iteration shorter and does not change what
 * it converges to. {@link Cg#withPreconditioner} and its like in the other iterative solvers make
 * one.
 *
 * <p>Since it does not change the solution it has no derivative: it may depend on what is
 * differentiated, mapped over or staged, and serves the systems of derivatives as it is, transposed
 * where they are.
 */
public sealed interface Preconditioner {

  /**
   * A linear map.
   *
   * @param map from trees like the right-hand side to trees like the unknown
   */
  record OfTree(LinearMap<?, ?> map) implements Preconditioner {
    /** Checks that the map is present. */
    public OfTree {
      Objects.requireNonNull(map, "map");
    }

    @Override
    public OfTree transpose() {
      return new OfTree(map.transpose());
    }

    @Override
    public LinearMap<?, ?> between(List<TensorType> arguments, List<TensorType> results) {
      return checked(map, arguments, results);
    }
  }

  /**
   * A linear function of one tensor, for systems whose unknown is one tensor.
   *
   * @param function the function
   * @param transposed whether its transpose is meant
   */
  record OfTensor(UnaryOperator<Tensor> function, boolean transposed) implements Preconditioner {
    /** Checks that the function is present. */
    public OfTensor {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public OfTensor transpose() {
      return new OfTensor(function, !transposed);
    }

    @Override
    public LinearMap<?, ?> between(List<TensorType> arguments, List<TensorType> results) {
      List<TensorType> own = transposed ? results : arguments;
      if (own.size() != 1) {
        throw new ShapeException(
            "preconditioner: a function of one tensor for a system of "
                + own.size()
                + " tensors "
                + own
                + "; give a LinearMap of the whole tree");
      }
      LinearMap<Tensor, Tensor> map = LinearMap.of(function, Tensors.zeros(own.getFirst()));
      return checked(transposed ? map.transpose() : map, arguments, results);
    }
  }

  private static LinearMap<?, ?> checked(
      LinearMap<?, ?> map, List<TensorType> arguments, List<TensorType> results) {
    if (!map.domainTypes().equals(arguments) || !map.codomainTypes().equals(results)) {
      throw new ShapeException(
          "preconditioner: expected a map from "
              + arguments
              + " to "
              + results
              + ", got "
              + map
              + ": it takes what is like the right-hand side to what is like the unknown");
    }
    return map;
  }

  /**
   * The preconditioner of the transposed system.
   *
   * @return its transpose
   */
  Preconditioner transpose();

  /**
   * The map for a system of some types.
   *
   * @param arguments the types of the leaves that it takes, those of the right-hand side
   * @param results the types of the leaves that it gives, those of the unknown
   * @return the map
   * @throws ShapeException if it is a map of other types
   */
  LinearMap<?, ?> between(List<TensorType> arguments, List<TensorType> results);
}
