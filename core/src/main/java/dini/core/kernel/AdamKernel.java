package dini.core.kernel;

/**
 * One pass of Adam over whole arrays: the step itself, its derivative, and the transpose of that.
 * With {@code s = sqrt(v / c2 + epsRoot)}, {@code d = s + eps}, and the constants of {@link
 * AdamConstants}, in this order of operations and rounded at each:
 *
 * <p>UPDATE takes g, mu, nu to m, v and the direction:
 *
 * <pre>{@code
 * m = b1 * mu + (1 - b1) * g        v = b2 * nu + (1 - b2) * (g * g)        m / (c1 * d)
 * }</pre>
 *
 * <p>TANGENT takes g, m, v and tangents g', mu', nu' to those of m, v and the direction, where
 * {@code s'} is 0 if s is:
 *
 * <pre>{@code
 * m' = b1 * mu' + (1 - b1) * g'     v' = b2 * nu' + 2 (1 - b2) * (g * g')
 * s' = v' / (2 c2 * s)              (m' - m / d * s') / (c1 * d)
 * }</pre>
 *
 * <p>COTANGENT takes g, m, v and cotangents of m, v and the direction, here p, q, r, to those of g,
 * mu and nu, where w is 0 if s is:
 *
 * <pre>{@code
 * u = r / (c1 * d)                  w = u * (m / d) / (2 c2 * s)
 * a = p + u                         b = q - w
 * (1 - b1) * a + 2 (1 - b2) * (g * b)            b1 * a            b2 * b
 * }</pre>
 */
public enum AdamKernel {
  UPDATE,
  TANGENT,
  COTANGENT
}
