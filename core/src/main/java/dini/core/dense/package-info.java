/**
 * Tensors with values: their storage, broadcasting and strided copies over it, and their text.
 *
 * <p>Users see them as {@link dini.core.Tensor} only, so that no array escapes. Builds on {@code
 * dini.core.kernel} for arithmetic; knows nothing of derivatives.
 */
package dini.core.dense;
