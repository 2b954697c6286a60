/**
 * Benchmarks, grouped by subject in the packages below, each beside a peer or a control on equal
 * data, and {@code report}, which runs them and writes the page of the results.
 *
 * <p>Run them with {@code java -jar jmh/target/benchmarks.jar}; nothing depends on this module.
 */
package dini.jmh;
