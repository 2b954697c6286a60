/**
 * Arithmetic on the elements of primitive arrays. {@link dini.core.kernel.Kernels} is the way in
 * for floating point, {@link dini.core.kernel.IntegerKernels} and {@link
 * dini.core.kernel.Comparison} for the rest. Only operations on dense tensors and the solvers
 * beside them depend on this package, and it on nothing but the JDK: shapes, strides and tensors
 * are unknown here.
 *
 * <p>The portable {@code ScalarKernels} is the definition. Any other implementation gives the same
 * bits for the same input, up to the sign and payload of NaN. What that takes, for double and float
 * alike, each in its own arithmetic unless said otherwise:
 *
 * <h2>Sums and dot products</h2>
 *
 * <ol>
 *   <li>A range is cut from its start into blocks of 32,768 elements, the last one shorter.
 *   <li>In a block there are 32 lanes that start at +0. Element i of each full group of 32 goes
 *       into lane i. Of what remains, every full group of 8 goes into lanes 0 to 7. A sum adds,
 *       {@code lane + x}; a dot product fuses, {@code fma(x, y, lane)}.
 *   <li>The lanes are folded: {@code lane[j] += lane[j + 16]} for j below 16, {@code lane[j] +=
 *       lane[j + 8]} for j below 8, then {@code ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7))}.
 *   <li>The last {@code n % 8} elements of the block follow one by one, as {@code s + x} or {@code
 *       fma(x, y, s)}.
 *   <li>Results of blocks are combined by a tree: neighbours are added, {@code (0 + 1), (2 + 3),
 *       ...}, an odd last one moves up as it is, until one is left.
 * </ol>
 *
 * <p>The empty range gives +0. The order never depends on the number of threads.
 *
 * <h2>Norms</h2>
 *
 * <p>{@code nrm2(x) = sqrt(dot(x, x))} if that dot product is from 2^-900 to 2^1000, for float from
 * 2^-100 to 2^120. Otherwise, with M the largest magnitude: M itself if it is 0, infinite or NaN;
 * else {@code sqrt(dot(y, y)) 2^e} where e is the exponent of M, at least that of the least normal
 * number, and {@code y = x 2^-e} element by element.
 *
 * <h2>Other reductions</h2>
 *
 * <p>Maximum and minimum are the same in every order: NaN wins, and -0 is less than +0; {@code
 * amax} is the maximum of 0 and all magnitudes. {@code reduce} with {@code inner == 1} takes the
 * sum, maximum or minimum of each row as above, and the product of a row one by one from 1. With
 * {@code inner > 1} every result starts at the identity (0, 1, -infinity, +infinity) and takes its
 * elements in the order of k: {@code s = op(s, x)}, rounded at each step.
 *
 * <h2>Scans</h2>
 *
 * <p>Running sums, products, extremes, log-sum-exps and linear recurrences take the elements of an
 * axis one after the other, from either end, and round at each step: {@code s = op(s, x)}, {@code z
 * = a * z + b} in two roundings. They have one implementation.
 *
 * <h2>Matrices</h2>
 *
 * <ul>
 *   <li>{@code gemv}: {@code y[i] = dot(a_i, x)} with the rows of A as above; transposed, {@code
 *       y[j] = fma(x[i], a[i][j], y[j])} over i in order from +0.
 *   <li>{@code gram}: for i in order {@code r = dot(a_i, x)}, {@code r = w[i] * r} if there are
 *       weights, and {@code y[j] = fma(r, a[i][j], y[j])}, from +0.
 *   <li>{@code gemm}: {@code c = fma(a, b, c)} over k in order from +0, for each element, whatever
 *       the blocking.
 *   <li>{@code subtract} and {@code subtractUpper}: {@code c = fma(-a, b, c)} over k in order, for
 *       each element, and a zero is +0 at the end. {@code substitute} does so with the unknowns
 *       that are known by then, in order, and divides. So a factorization by these has the bits of
 *       the textbook's three loops, wherever its matrix is cut.
 * </ul>
 *
 * <h2>Windows and positions</h2>
 *
 * <ul>
 *   <li>{@link dini.core.kernel.Convolution64}: an output is a {@code gemm} over channels, rows and
 *       columns of its window, padding included; the order of the other two sums is stated there
 *       and depends on extents only.
 *   <li>{@link dini.core.kernel.Pooling}: a window sums row by row from +0, padding left out.
 *   <li>{@link dini.core.kernel.Rows}: what is combined with one element comes in the order of the
 *       rows. {@link dini.core.kernel.Ordering} sorts stably, by passes over bytes.
 * </ul>
 *
 * <p>These loops are the same in all implementations but for the products inside.
 *
 * <h2>Functions</h2>
 *
 * <p>Transcendental functions are sequences of fma, mul, add, div, sqrt, bit operations and selects
 * in {@code Exponential}, {@code Logarithm}, {@code Power}, {@code Circular}, {@code
 * InverseCircular}, {@code CubeRoot}, {@code Hyperbolic}, {@code Logistic}, {@code ErrorFunction},
 * {@code Gamma}, {@code Hypotenuse} and {@code Remainder}; pow of a base of 1, and of -1 with an
 * infinite exponent, is 1. {@code VectorUnary64} lists those that have a vector twin. {@code
 * SpecialUnary} and {@code SpecialBinary} list what one scalar loop serves; of these {@code atan2}
 * is {@link java.lang.StrictMath}'s. For float, {@code Exponential32}, {@code Logarithm32}, {@code
 * Circular32}, {@code Hyperbolic32} and {@code Logistic32} are such sequences in float; the others
 * are computed in double and rounded. {@code MAX}, {@code MIN} and {@code RELU = max(x, +0)} follow
 * {@link java.lang.Math#max(double, double)}, {@code ROUND} rounds half to even, {@code SIGN} keeps
 * NaN and the zeros.
 *
 * <p>{@code adam} is what {@link dini.core.kernel.AdamKernel} says, operation by operation.
 *
 * <p>{@code axpy} is {@code fma(a, x, y)}. No other multiplication and addition are ever fused.
 */
package dini.core.kernel;
