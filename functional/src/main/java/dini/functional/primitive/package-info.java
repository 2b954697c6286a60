/**
 * Primitives that only this module needs, with the functions that apply them.
 *
 * <p>Builds on {@code dini.core} and its kernels alone. Not exported: users meet these primitives
 * through the optimizers.
 */
package dini.functional.primitive;
