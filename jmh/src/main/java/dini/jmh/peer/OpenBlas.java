package dini.jmh.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * OpenBLAS on one thread, called on arrays of the Java heap without a copy. Matrices are row-major
 * and dense.
 *
 * <p>It is there in a build with {@code -Ppeers} only.
 */
public final class OpenBlas {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  private OpenBlas() {}

  /** The functions, looked up when first needed. */
  @SuppressWarnings("restricted") // forks are started with native access
  private static final class Functions {
    private static final SymbolLookup LIBRARY = open();

    private static final MethodHandle DOT =
        function("cblas_ddot", JAVA_DOUBLE, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SUM =
        function("cblas_dsum", JAVA_DOUBLE, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle AXPY =
        procedure("cblas_daxpy", JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GEMV =
        procedure(
            "cblas_dgemv",
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_DOUBLE,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_DOUBLE,
            ADDRESS,
            JAVA_INT);
    private static final MethodHandle GEMM = gemm("cblas_dgemm", JAVA_DOUBLE);
    private static final MethodHandle GEMM32 = gemm("cblas_sgemm", JAVA_FLOAT);
    private static final MethodHandle LU =
        procedure("dgetrf_", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle LU_SOLVE =
        procedure(
            "dgetrs_", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
            ADDRESS);
    private static final MethodHandle POSITIVE_DEFINITE_SOLVE =
        procedure("dposv_", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    private static SymbolLookup open() {
      NativeLibrary library = NativeLibrary.openBlas();
      if (!library.isPresent()) {
        throw new IllegalStateException("OpenBLAS is not in this jar: build it with -Ppeers");
      }
      SymbolLookup opened = library.open();
      MethodHandle threads =
          Linker.nativeLinker()
              .downcallHandle(
                  opened.findOrThrow("openblas_set_num_threads"),
                  FunctionDescriptor.ofVoid(JAVA_INT));
      try {
        threads.invokeExact(1);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      return opened;
    }

    private static MethodHandle gemm(String name, MemoryLayout number) {
      return procedure(
          name, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS,
          JAVA_INT, ADDRESS, JAVA_INT, number, ADDRESS, JAVA_INT);
    }

    private static MethodHandle procedure(String name, MemoryLayout... arguments) {
      return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    private static MethodHandle function(
        String name, MemoryLayout result, MemoryLayout... arguments) {
      return handle(name, FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
      return Linker.nativeLinker()
          .downcallHandle(LIBRARY.findOrThrow(name), type, Linker.Option.critical(true));
    }
  }

  /** Whether the class path has the library for this platform. */
  public static boolean isPresent() {
    return NativeLibrary.openBlas().isPresent();
  }

  /** {@code x . y}. */
  public static double dot(int n, MemorySegment x, MemorySegment y) {
    try {
      return (double) Functions.DOT.invokeExact(n, x, 1, y, 1);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The sum of x. */
  public static double sum(int n, MemorySegment x) {
    try {
      return (double) Functions.SUM.invokeExact(n, x, 1);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code y = a x + y}. */
  public static void axpy(int n, double a, MemorySegment x, MemorySegment y) {
    try {
      Functions.AXPY.invokeExact(n, a, x, 1, y, 1);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code y = A x}, or {@code A' x}, for A of shape (m, n). */
  public static void gemv(
      boolean transposed, int m, int n, MemorySegment a, MemorySegment x, MemorySegment y) {
    try {
      int operation = transposed ? TRANSPOSED : PLAIN;
      Functions.GEMV.invokeExact(ROW_MAJOR, operation, m, n, 1.0, a, n, x, 1, 0.0, y, 1);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code C = A B} for square matrices of doubles. */
  public static void gemm(int n, MemorySegment a, MemorySegment b, MemorySegment c) {
    try {
      Functions.GEMM.invokeExact(ROW_MAJOR, PLAIN, PLAIN, n, n, n, 1.0, a, n, b, n, 0.0, c, n);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code C = A B} for square matrices of floats. */
  public static void gemm32(int n, MemorySegment a, MemorySegment b, MemorySegment c) {
    try {
      Functions.GEMM32.invokeExact(ROW_MAJOR, PLAIN, PLAIN, n, n, n, 1.0f, a, n, b, n, 0.0f, c, n);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** A system of n unknowns: the storage that LAPACK overwrites. */
  public static final class DenseSystem {
    private final int n;
    private final double[] factors;
    private final double[] solution;
    private final MemorySegment matrix;
    private final MemorySegment vector;
    private final MemorySegment pivots;
    private final MemorySegment order;
    private final MemorySegment one = MemorySegment.ofArray(new int[] {1});
    private final MemorySegment info = MemorySegment.ofArray(new int[1]);
    private final MemorySegment upper = MemorySegment.ofArray(new byte[] {'U'});
    private final MemorySegment transposed = MemorySegment.ofArray(new byte[] {'T'});

    /** Makes the storage. */
    public DenseSystem(int n) {
      this.n = n;
      factors = new double[n * n];
      solution = new double[n];
      matrix = MemorySegment.ofArray(factors);
      vector = MemorySegment.ofArray(solution);
      pivots = MemorySegment.ofArray(new int[n]);
      order = MemorySegment.ofArray(new int[] {n});
    }

    /** The solution of {@code A x = b}; valid until the next call. */
    public double[] solve(double[] a, double[] b) {
      copy(a, b);
      try {
        // LAPACK takes columns for rows, so it factors the transposed matrix
        Functions.LU.invokeExact(order, order, matrix, order, pivots, info);
        check("dgetrf");
        Functions.LU_SOLVE.invokeExact(
            transposed, order, one, matrix, order, pivots, vector, order, info);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      check("dgetrs");
      return solution;
    }

    /** The solution where A is symmetric positive definite. */
    public double[] solvePositiveDefinite(double[] a, double[] b) {
      copy(a, b);
      try {
        Functions.POSITIVE_DEFINITE_SOLVE.invokeExact(
            upper, order, one, matrix, order, vector, order, info);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      check("dposv");
      return solution;
    }

    private void copy(double[] a, double[] b) {
      System.arraycopy(a, 0, factors, 0, n * n);
      System.arraycopy(b, 0, solution, 0, n);
    }

    private void check(String function) {
      int code = info.getAtIndex(JAVA_INT, 0);
      if (code != 0) {
        throw new IllegalStateException(function + ": info " + code);
      }
    }
  }
}
