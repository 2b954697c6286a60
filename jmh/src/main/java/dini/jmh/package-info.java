/**
 * Benchmarks, grouped by subject in the packages below, each beside a peer or a control on equal
 * data.
 *
 * <p>Run them with {@code java -jar jmh/target/benchmarks.jar}; nothing depends on this module.
 */
package dini.jmh;
