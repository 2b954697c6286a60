/**
 * The kernels of {@code dini.core.kernel} on plain arrays, each beside peers on equal ones.
 * Benchmarks run on the class path, where that package can be named.
 */
package dini.jmh.kernel;
