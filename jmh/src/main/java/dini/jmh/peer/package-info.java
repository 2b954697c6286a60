/**
 * What peers need before they can be called on equal arrays: the binding of OpenBLAS, which a build
 * with {@code -Ppeers} brings, and matrices of ojAlgo. The benchmarks themselves stand beside ours,
 * in the packages of their subjects.
 */
package dini.jmh.peer;
