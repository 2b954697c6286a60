/** What the machine itself can do, to hold the kernels against. */
package dini.jmh.machine;
