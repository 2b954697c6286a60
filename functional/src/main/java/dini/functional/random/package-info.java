/**
 * Random numbers without hidden state: every function takes a {@link dini.functional.random.Key},
 * and the same key gives the same numbers, to the last bit, on every machine.
 *
 * <pre>{@code
 * Key keys = split(key(42), 2);
 * Tensor w = normal(keys.get(0), 3, 2);
 * Tensor b = uniform(keys.get(1), 2);
 * }</pre>
 *
 * <p>A key is used up by being used once, be it for numbers or for new keys: two calls with the
 * same key give numbers that depend on each other, mostly the same ones. Whoever needs more keys
 * splits one ({@link dini.functional.random.Keys#split}), or folds in the number of a step ({@link
 * dini.functional.random.Keys#foldIn}):
 *
 * <pre>{@code
 * for (int step = 0; step < steps; step++) {
 *   Tensor noise = normal(foldIn(key, step), 10);
 *   …
 * }
 * }</pre>
 *
 * <p>Keys are trees of one tensor, so {@code vmap} maps over a batch of them, and every lane gets
 * the numbers that its key gives alone:
 *
 * <pre>{@code
 * Tensor rows = vmap(k -> normal(k, 3), split(key, 100));   // shape (100, 3)
 * }</pre>
 *
 * <p>Numbers are constants for derivatives. A sample is differentiable in its parameters when it is
 * written as a function of them and of a constant sample: {@code mean.add(std.mul(normal(key,
 * 3)))}.
 *
 * <p>The generator is Threefry-2x32 (Salmon, Moraes, Dror and Shaw, SC 2011), used as JAX 0.10 uses
 * it: {@code key}, {@code split}, {@code foldIn} and {@code bits} give JAX's bits; {@code uniform}
 * has one random bit more than JAX's; {@code normal}, {@code exponential} and {@code gumbel} agree
 * with JAX's to the rounding of its formulas.
 *
 * <p>Depends on {@code dini.core} only.
 */
package dini.functional.random;
