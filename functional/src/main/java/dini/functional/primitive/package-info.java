/**
 * Primitives that only this module needs, with the functions that apply them: the fused step of
 * Adam, and random numbers, whose keys may have leading axes that the result begins with, so that a
 * batch of keys needs no rule of its own.
 *
 * <p>Builds on {@code dini.core} and its kernels alone. Not exported: users meet these primitives
 * through the optimizers and through {@code dini.functional.random}.
 */
package dini.functional.primitive;
