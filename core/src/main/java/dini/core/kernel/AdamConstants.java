package dini.core.kernel;

/**
 * What is the same for all elements in a step of Adam. For float arrays every constant is rounded
 * to float, and what is computed of constants, such as {@code 1 - b1}, is computed in float.
 *
 * @param b1 decay of the first moment
 * @param b2 decay of the second moment
 * @param eps added to the root
 * @param epsRoot added under the root
 * @param c1 correction of the first moment, {@code 1 - b1^t} in step t
 * @param c2 correction of the second moment, {@code 1 - b2^t} in step t
 */
public record AdamConstants(
    double b1, double b2, double eps, double epsRoot, double c1, double c2) {}
