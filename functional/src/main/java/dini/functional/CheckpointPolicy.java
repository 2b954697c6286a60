package dini.functional;

import dini.core.Primitive;
import dini.core.primitive.Gram;
import dini.core.primitive.MatMul;
import dini.functional.primitive.Named;
import java.util.Set;

/**
 * Which results of operations a {@link Checkpoint} keeps for reverse mode, beside its argument.
 * What it does not keep, and the derivative needs, it computes again.
 *
 * <pre>{@code
 * Function<Tensor, Tensor> block = checkpoint(dotsSaveable(), x -> tanh(matmul(w, x)));
 * Function<Tensor, Tensor> named =
 *     checkpoint(saveOnly("hidden"), x -> matmul(v, checkpointName(tanh(matmul(w, x)), "hidden")));
 * }</pre>
 *
 * <p>The policies of this class are those of {@code jax.checkpoint_policies}; {@link #saveOnly} is
 * {@code save_only_these_names} there.
 */
@FunctionalInterface
public interface CheckpointPolicy {

  /**
   * Whether the results of an operation are kept.
   *
   * @param operation the operation, as it stands in a program
   * @return whether to keep them
   */
  boolean saves(Primitive operation);

  /**
   * Keeps what the derivative needs, as without a checkpoint.
   *
   * @return the policy
   */
  static CheckpointPolicy everythingSaveable() {
    return operation -> true;
  }

  /**
   * Keeps nothing but the argument and what is captured: the policy of a checkpoint without one.
   *
   * @return the policy
   */
  static CheckpointPolicy nothingSaveable() {
    return operation -> false;
  }

  /**
   * Keeps the results of products of matrices, which cost most to compute again, and not those of
   * elementwise operations, which are as large and cost little.
   *
   * @return the policy
   */
  static CheckpointPolicy dotsSaveable() {
    return operation -> operation instanceof MatMul || operation instanceof Gram;
  }

  /**
   * Keeps what was named by {@link Checkpoint#checkpointName}.
   *
   * @param names the names
   * @return the policy
   */
  static CheckpointPolicy saveOnly(String... names) {
    Set<String> all = Set.of(names);
    return operation -> operation instanceof Named named && all.contains(named.name());
  }
}
