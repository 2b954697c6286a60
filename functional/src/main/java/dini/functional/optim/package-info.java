/**
 * Optimizers as immutable values: gradient transformations whose state is a tree, so that a step
 * can be differentiated, mapped over and saved like any function of tensors.
 *
 * <ul>
 *   <li>{@link dini.functional.optim.Optimizers}: whole ones, such as Adam; each is a {@link
 *       dini.functional.optim.Rule}, whose defaults stand in {@link dini.functional.optim.Preset}
 *   <li>{@link dini.functional.optim.Transformations}: the parts, and how to chain and mask them
 *   <li>{@link dini.functional.optim.Leafwise}: how to write another
 *   <li>{@link dini.functional.optim.Hyperparameter} and {@link dini.functional.optim.Schedules}:
 *       numbers that are learned, that change from step to step or differ from leaf to leaf
 *   <li>{@link dini.functional.optim.MetaOptimizer}, {@link dini.functional.optim.PlainOptimizer},
 *       {@link dini.functional.optim.FuncOptimizer}: holders of a state, with and without
 *       derivatives; {@link dini.functional.optim.MetaAdam} and {@link dini.functional.optim.Adam}
 *       and their like are these with one rule
 * </ul>
 *
 * <p>Builds on {@code dini.functional}, which knows nothing of this package.
 */
package dini.functional.optim;
