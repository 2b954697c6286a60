/** What derivatives cost beside the arithmetic. */
package dini.jmh.autodiff;
