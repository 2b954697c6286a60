package dini.functional;

/**
 * The value of a function and the derivative of its result along a direction.
 *
 * @param value the value
 * @param tangent the directional derivative, a tree like the value
 * @param <Y> the tree of the result
 */
public record Jvp<Y>(Y value, Y tangent) {}
