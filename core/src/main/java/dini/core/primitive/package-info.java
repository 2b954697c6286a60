/**
 * The primitives, each with all its rules in one place: result type, dense value, derivative,
 * transpose, batching. The derivative of {@code tanh} is in {@link dini.core.primitive.Unary}, that
 * of {@code matmul} in {@link dini.core.primitive.MatMul}.
 *
 * <p>Rules are written with the public operations of {@code dini.core}, so that they nest; they may
 * use {@code dini.core.dense} and {@code dini.core.kernel} for values, and {@link
 * dini.core.trace.Bind} to apply primitives, but know nothing of particular traces.
 */
package dini.core.primitive;
