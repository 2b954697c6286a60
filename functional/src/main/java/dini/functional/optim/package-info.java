/**
 * Optimizers as immutable values: gradient transformations whose state is a tree, so that a step
 * can be differentiated, mapped over and saved like any function of tensors.
 *
 * <p>Builds on {@code dini.functional}, which knows nothing of this package.
 */
package dini.functional.optim;
