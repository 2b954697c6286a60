package dini.core;

/**
 * The largest elements along an axis, the largest first.
 *
 * @param values the elements
 * @param indices where they stand, INT64
 */
public record TopK(Tensor values, Tensor indices) {}
