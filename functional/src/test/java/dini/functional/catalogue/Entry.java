package dini.functional.catalogue;

import dini.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operation as the laws see it.
 *
 * @param name the name in reports
 * @param operation the public function, with its static parameters fixed
 * @param oracle the value by other means
 * @param domains of each argument; the floating ones are differentiable
 * @param shapes extents of all arguments, for every law
 * @param large more of them, for the laws of values
 * @param tolerance how far value and oracle may be apart
 * @param kind what derivative to expect
 * @param integers whether floating arguments may also be integers
 */
record Entry(
    String name,
    Operation operation,
    Oracle oracle,
    List<Domain> domains,
    List<int[][]> shapes,
    List<int[][]> large,
    Tolerance tolerance,
    Kind kind,
    boolean integers) {

  /** A function of tensors. */
  interface Operation {
    Tensor[] apply(Tensor... arguments);
  }

  /** A function of tensors to one. */
  interface Single {
    Tensor apply(Tensor... arguments);
  }

  /** The same by plain loops. */
  interface Oracle {
    Plain[] apply(Plain... arguments);
  }

  /** The same by plain loops, to one array. */
  interface SingleOracle {
    Plain apply(Plain... arguments);
  }

  /** What is known of the derivative. */
  enum Kind {
    /** It is the limit of finite differences. */
    SMOOTH,
    /** The operation is linear in all floating arguments together: its own derivative. */
    LINEAR,
    /** Linear but for the rounding to FLOAT32, which finite differences would see. */
    ROUNDING,
    /** Zero by decree. */
    FROZEN,
    /** Values with NaN or infinities: the derivative is not asked for. */
    VALUE
  }

  /**
   * How far a value may be from the oracle.
   *
   * @param relative the bound
   * @param toLargest whether it is relative to 1 plus the largest element, else to each element
   */
  record Tolerance(double relative, boolean toLargest) {
    /** Correctly rounded operations and rearrangements. */
    static final Tolerance EXACT = new Tolerance(0, false);

    /** 2 ulp of ours, 1 of StrictMath, and 1 to compose them: 4 times 2^-52. */
    static final Tolerance ULPS = new Tolerance(0x1p-50, false);

    /** n eps sum |terms|, for n = 64 terms up to 4: 64 * 2^-53 * 256. */
    static final Tolerance SUMS = new Tolerance(2e-12, true);
  }

  static Entry of(String name, Single operation, SingleOracle oracle, Domain... domains) {
    return several(
        name, x -> new Tensor[] {operation.apply(x)}, x -> new Plain[] {oracle.apply(x)}, domains);
  }

  static Entry several(String name, Operation operation, Oracle oracle, Domain... domains) {
    return new Entry(
        name,
        operation,
        oracle,
        List.of(domains),
        List.of(),
        List.of(),
        Tolerance.EXACT,
        Kind.SMOOTH,
        false);
  }

  /** Cases of shapes: {@code "[2,3] [3]"} has the extents of two arguments. */
  Entry at(String... cases) {
    return new Entry(
        name, operation, oracle, domains, parse(cases), large, tolerance, kind, integers);
  }

  Entry large(String... cases) {
    return new Entry(
        name, operation, oracle, domains, shapes, parse(cases), tolerance, kind, integers);
  }

  Entry within(Tolerance other) {
    return new Entry(name, operation, oracle, domains, shapes, large, other, kind, integers);
  }

  Entry kind(Kind other) {
    return new Entry(name, operation, oracle, domains, shapes, large, tolerance, other, integers);
  }

  Entry linear() {
    return kind(Kind.LINEAR);
  }

  Entry alsoIntegers() {
    return new Entry(name, operation, oracle, domains, shapes, large, tolerance, kind, true);
  }

  private static final Pattern EXTENTS = Pattern.compile("\\[([0-9,]*)]");

  private List<int[][]> parse(String... cases) {
    List<int[][]> parsed = new ArrayList<>();
    for (String text : cases) {
      List<int[]> extents = new ArrayList<>();
      Matcher matcher = EXTENTS.matcher(text);
      while (matcher.find()) {
        String inner = matcher.group(1);
        extents.add(
            inner.isEmpty()
                ? new int[0]
                : Arrays.stream(inner.split(",")).mapToInt(Integer::parseInt).toArray());
      }
      if (extents.size() != domains.size()) {
        throw new IllegalArgumentException(name + ": " + text + " for " + domains.size());
      }
      parsed.add(extents.toArray(int[][]::new));
    }
    return List.copyOf(parsed);
  }

  boolean differentiable() {
    return kind != Kind.VALUE && domains.stream().anyMatch(Domain::floating);
  }

  @Override
  public String toString() {
    return name;
  }
}
