/**
 * The catalogue of operations, and the laws that every operation keeps under every transformation.
 *
 * <p>An {@link dini.functional.catalogue.Entry} says how an operation is called, what its arguments
 * may be, and what plain loops say of its value; the tests here ask each law of each entry. A new
 * primitive needs one line in the tables, and {@code CoverageTest} fails until it has it.
 */
package dini.functional.catalogue;
