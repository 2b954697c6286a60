/** Linear solves and derivatives through them. */
package dini.jmh.solve;
