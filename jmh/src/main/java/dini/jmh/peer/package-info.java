/**
 * What peers need before they can be called on equal arrays: the bindings of OpenBLAS and of
 * PyTorch, which builds with {@code -Ppeers} and {@code -Ptorch} bring, and matrices of ojAlgo. The
 * benchmarks themselves stand beside ours, in the packages of their subjects.
 */
package dini.jmh.peer;
