package dini.functional;

import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.tree.Structure;
import java.util.function.UnaryOperator;

/**
 * Operations on the {@linkplain Buffer buffers} of a module alone, or on its parameters alone:
 * every tensor within a {@code Buffer} is a buffer, all others are parameters.
 *
 * <p>A step of training, where the loss returns the module with its new statistics beside the
 * value:
 *
 * <pre>{@code
 * WithAux<Net, Net> g = gradWithAux(net -> net.loss(batch), net);
 * net = withBuffers(treeAddScaled(net, -0.1, g.value()), g.aux());
 * }</pre>
 */
public final class Buffers {
  private Buffers() {}

  /**
   * The parameters of one module with the buffers of another.
   *
   * @param module the module that gives the parameters
   * @param source the module that gives the buffers, of the same structure
   * @param <X> the class of the modules
   * @return a module of the same structure
   * @throws TreeException if the structures differ
   */
  public static <X> X withBuffers(X module, X source) {
    Structure.Flat flat = Structure.flatten(module);
    Structure.Flat other = Structure.flatten(source);
    flat.structure().requireSame("withBuffers", other.structure());
    Tensor[] leaves = flat.leaves();
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = isBuffer(flat, i) ? other.leaves()[i] : leaves[i];
    }
    return rebuild(flat);
  }

  /**
   * Applies a function to every buffer.
   *
   * @param f the function
   * @param module the module, or any tree
   * @param <X> the class of the module
   * @return the module with other buffers
   * @throws TreeException if it is not a tree
   */
  public static <X> X mapBuffers(UnaryOperator<Tensor> f, X module) {
    return mapWhere(true, f, module);
  }

  /**
   * Applies a function to every parameter, integers included.
   *
   * @param f the function
   * @param module the module, or any tree
   * @param <X> the class of the module
   * @return the module with other parameters
   * @throws TreeException if it is not a tree
   */
  public static <X> X mapParameters(UnaryOperator<Tensor> f, X module) {
    return mapWhere(false, f, module);
  }

  private static <X> X mapWhere(boolean buffers, UnaryOperator<Tensor> f, X module) {
    Structure.Flat flat = Structure.flatten(module);
    Tensor[] leaves = flat.leaves();
    for (int i = 0; i < leaves.length; i++) {
      if (isBuffer(flat, i) == buffers) {
        leaves[i] = f.apply(leaves[i]);
        if (leaves[i] == null) {
          throw new TreeException("the function returned null for " + flat.structure().path(i));
        }
      }
    }
    return rebuild(flat);
  }

  private static boolean isBuffer(Structure.Flat flat, int leaf) {
    return flat.structure().isWithin(leaf, Buffer.class);
  }

  /** Safe: the structure is that of an X, and is rebuilt in the same classes. */
  @SuppressWarnings("unchecked")
  private static <X> X rebuild(Structure.Flat flat) {
    return (X) flat.structure().unflatten(flat.leaves());
  }
}
