/**
 * Modules: records of tensors with methods, which are trees as they are.
 *
 * <p>Builds on {@code dini.functional}, which knows nothing of this package.
 */
package dini.functional.nn;
