/**
 * The values and operations that a program is written with: what a user of the library imports
 * first.
 *
 * <p>Nothing here knows a decomposition or a solver; those are in the module {@code dini.linalg},
 * and the transformations of functions are in {@code dini.functional}.
 */
package dini.core;
