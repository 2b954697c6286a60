package dini.functional;

/**
 * What a step of {@link ControlFlow#scan} gives, and what all steps give together.
 *
 * @param carry what the next step starts from; of all steps, what the last one left
 * @param ys what is kept of the step; of all steps, the same with a leading axis over them
 * @param <C> the tree of the carry
 * @param <Y> the tree of what is kept
 */
public record Scan<C, Y>(C carry, Y ys) {}
