/**
 * Runs the benchmarks, keeps the results as JSON and writes the page of them: {@code java -jar
 * jmh/target/benchmarks.jar report}.
 */
package dini.jmh.report;
