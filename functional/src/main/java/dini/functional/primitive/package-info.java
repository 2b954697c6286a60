/**
 * The primitives of random numbers, with their rules. Their keys may have leading axes, which the
 * result begins with; so a batch of keys needs no rule of its own.
 *
 * <p>Builds on {@code dini.core} only.
 */
package dini.functional.primitive;
