/**
 * What happens when a primitive is applied: {@link dini.core.trace.Bind} finds the trace that the
 * operation belongs to, and the trace applies the primitive's rules. {@link
 * dini.core.trace.DerivativeTrace} pushes tangents forward, {@link dini.core.trace.LinearTrace}
 * records them, {@link dini.core.trace.BatchTrace} adds a leading axis, {@link
 * dini.core.trace.StageTrace} writes a program.
 *
 * <p>Works on arrays of tensors; trees belong to {@code dini.core.tree} and the modules above. No
 * trace knows any particular primitive.
 */
package dini.core.trace;
