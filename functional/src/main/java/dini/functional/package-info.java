/**
 * The library's face: functions that take functions and return their gradients, their batched
 * forms, their programs to look at, or solvers that can be differentiated.
 *
 * <p>Builds on {@code dini.core} and {@code dini.linalg}; nothing in those knows this package.
 */
package dini.functional;
