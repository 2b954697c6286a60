/**
 * Trees without their tensors: how a record, a list, a map is taken apart into leaves and put
 * together again.
 *
 * <p>{@link dini.core.tree.Structure} is the way in: every transformation flattens its arguments
 * with it and unflattens its results. How the values of one class are treated is one {@code Kind},
 * found once for each class. Depends on tensors as values only, never on their operations; what
 * users see of it is {@link dini.core.Trees}.
 */
package dini.core.tree;
