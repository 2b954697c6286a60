/**
 * Primitives that only this module needs, with the functions that apply them: the fused step of
 * Adam; random numbers, whose keys may have leading axes that the result begins with, so that a
 * batch of keys needs no rule of its own; choices and loops, whose bodies are programs ({@code
 * Region} derives other programs from them, {@code Body} runs them); custom derivatives, and
 * checkpoints with policies.
 *
 * <p>Builds on {@code dini.core} and its kernels alone. Not exported: users meet these primitives
 * through the optimizers and through {@code dini.functional.random}.
 */
package dini.functional.primitive;
