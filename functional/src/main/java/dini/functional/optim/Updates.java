package dini.functional.optim;

/**
 * What an {@link Optimizer} makes of gradients.
 *
 * @param updates what to add to the parameters, a tree like the gradients
 * @param state the state for the next step
 * @param <X> the tree of parameters
 * @param <S> the tree of the state
 */
public record Updates<X, S>(X updates, S state) {

  /**
   * The parameters after the step: {@code params + updates} in floating leaves. Other leaves, and
   * those without update, stay as they are.
   *
   * @param params the parameters before the step
   * @return a tree like them
   * @throws dini.core.TreeException if they differ from the updates in structure
   */
  public X applyTo(X params) {
    return NamedLeaves.add(params, updates);
  }
}
