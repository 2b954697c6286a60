package dini.core;

import dini.core.primitive.Binary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of products over named axes: einsum and what is written with it.
 *
 * <pre>{@code
 * Tensor forms = einsum("bi,ij,bj->b", x, a, x);   // x' A x for each row of x
 * Tensor trace = einsum("ii->", a);
 * }</pre>
 *
 * <p>Products of two floating tensors are made by {@link Products#matmul}, with its order of
 * summation and its error bound; those of integers by multiplication and sum. Derivatives of every
 * order are those of the operations that they consist of.
 */
public final class Contractions {
  private Contractions() {}

  /**
   * Einstein's summation: each operand's axes have letters, the operands are multiplied where
   * letters agree, and letters that the result does not have are summed over.
   *
   * <ul>
   *   <li>{@code "ij,jk->ik"} is the product of matrices, {@code "ij->ji"} the transpose, {@code
   *       "i,j->ij"} the outer product, {@code "ij->"} the sum.
   *   <li>A letter twice in one operand takes its diagonal: {@code "ii->i"}; {@code "ii->"} is the
   *       trace.
   *   <li>{@code "..."} stands for any further axes, which broadcast from the last one: {@code
   *       "...ij,...jk->...ik"}.
   *   <li>Without an arrow the result has the axes of the ellipsis, then the letters that occur
   *       once, in alphabetical order, capitals first; as in NumPy.
   *   <li>Spaces mean nothing.
   * </ul>
   *
   * <p>Several operands are contracted two at a time: always the two whose product takes the fewest
   * multiplications, the smaller result first, then the leftmost. A letter that occurs in one
   * operand only is summed over before that. The same equation and shapes always give the same
   * order.
   *
   * <p>Extents of one letter must be equal: only axes of an ellipsis broadcast.
   *
   * @param equation letters a-z and A-Z, commas, at most one ellipsis an operand, and an arrow
   * @param operands as many tensors as the equation has operands, of one dtype
   * @return the contraction; summing over an axis of extent 0 gives 0
   * @throws IllegalArgumentException if the equation is not of this form
   * @throws ShapeException if the operands do not fit it
   * @throws DTypeException if their dtypes differ
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    return EinsumEquation.parse(equation).contract(operands);
  }

  /**
   * The sum over the last axes of x against the first axes of y: {@code tensordot(x, y, 1)} is the
   * product of matrices, 0 the product of every element with every element, 2 of matrices the sum
   * of the elementwise product.
   *
   * @param x a tensor (…, s)
   * @param y a tensor (s, …)
   * @param axes how many axes s are
   * @return the other axes of x, then those of y
   * @throws ShapeException if there are not so many axes or their extents differ
   */
  public static Tensor tensordot(Tensor x, Tensor y, int axes) {
    if (axes < 0 || axes > Math.min(x.rank(), y.rank())) {
      throw new ShapeException(
          "tensordot: " + axes + " axes of " + x.type() + " and " + y.type() + ": not so many");
    }
    int[] ofX = new int[axes];
    int[] ofY = new int[axes];
    Arrays.setAll(ofX, i -> x.rank() - axes + i);
    Arrays.setAll(ofY, i -> i);
    return tensordot(x, y, ofX, ofY);
  }

  /**
   * The sum over pairs of axes: {@code xAxes[i]} of x goes with {@code yAxes[i]} of y.
   *
   * @param x a tensor
   * @param y a tensor of the same dtype
   * @param xAxes axes of x, each once, negative from the end
   * @param yAxes as many axes of y, of the same extents
   * @return the other axes of x, then those of y
   * @throws ShapeException if the axes do not fit
   */
  public static Tensor tensordot(Tensor x, Tensor y, int[] xAxes, int[] yAxes) {
    return tensordot("tensordot", x, y, xAxes, yAxes);
  }

  static Tensor tensordot(String operation, Tensor x, Tensor y, int[] xAxes, int[] yAxes) {
    if (xAxes.length != yAxes.length) {
      throw new ShapeException(
          operation + ": " + xAxes.length + " axes of x and " + yAxes.length + " axes of y");
    }
    int[] ofX = new int[x.rank()];
    int[] ofY = new int[y.rank()];
    Arrays.setAll(ofX, i -> i);
    Arrays.setAll(ofY, i -> x.rank() + i);
    boolean[] taken = new boolean[x.rank()];
    boolean[] paired = new boolean[y.rank()];
    for (int i = 0; i < xAxes.length; i++) {
      int left = x.shape().axis(operation, xAxes[i]);
      int right = y.shape().axis(operation, yAxes[i]);
      if (taken[left] || paired[right]) {
        throw new ShapeException(
            operation
                + ": an axis is named twice: "
                + Arrays.toString(xAxes)
                + " and "
                + Arrays.toString(yAxes));
      }
      if (x.shape().extent(left) != y.shape().extent(right)) {
        throw new ShapeException(
            operation
                + ": axis "
                + xAxes[i]
                + " of "
                + x.type()
                + " and axis "
                + yAxes[i]
                + " of "
                + y.type()
                + ": extents differ");
      }
      taken[left] = true;
      paired[right] = true;
      ofY[right] = left;
    }
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < ofX.length; axis++) {
      if (!taken[axis]) {
        kept.add(ofX[axis]);
      }
    }
    for (int axis = 0; axis < ofY.length; axis++) {
      if (!paired[axis]) {
        kept.add(ofY[axis]);
      }
    }
    int[] result = kept.stream().mapToInt(label -> label).toArray();
    return new Labelled(operation, x, ofX)
        .times(new Labelled(operation, y, ofY), result)
        .ordered(result);
  }

  /**
   * Kronecker's product: every element of x times the whole of y, side by side. For matrices (m, n)
   * and (p, q) it is (mp, nq), with element {@code (i p + k, j q + l) = x[i, j] y[k, l]}. The
   * smaller rank is filled up with axes of extent 1 in front, as in NumPy.
   *
   * @param x a tensor
   * @param y a tensor of the same dtype
   * @return a tensor of the larger rank; extents are products
   * @throws DTypeException if the dtypes differ
   */
  public static Tensor kron(Tensor x, Tensor y) {
    Binary.MUL.check("kron", x.type(), y.type());
    int rank = Math.max(x.rank(), y.rank());
    int[] left = new int[2 * rank];
    int[] right = new int[2 * rank];
    int[] product = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int own = axis - (rank - x.rank());
      int other = axis - (rank - y.rank());
      left[2 * axis] = own < 0 ? 1 : x.shape().extent(own);
      left[2 * axis + 1] = 1;
      right[2 * axis] = 1;
      right[2 * axis + 1] = other < 0 ? 1 : y.shape().extent(other);
      product[axis] = left[2 * axis] * right[2 * axis + 1];
    }
    Tensor all =
        Elementwise.mul(Shapes.reshape(x, Shape.of(left)), Shapes.reshape(y, Shape.of(right)));
    return Shapes.reshape(all, Shape.of(product));
  }
}
