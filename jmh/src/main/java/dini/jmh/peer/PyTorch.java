package dini.jmh.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * PyTorch on one thread and without gradients: the {@code out} forms of its operations, which write
 * a result that is there already. They are called in its library directly, where C++ programs call
 * them, so that no wrapper is measured.
 *
 * <p>It is there in a build with {@code -Ptorch} only, which puts the library of DJL's package into
 * {@code torch} beside {@code benchmarks.jar}. An operation that refuses its operands throws in
 * C++, which ends the JVM.
 */
public final class PyTorch {
  private static final Path LIBRARY = library();

  private PyTorch() {}

  /** The functions, looked up when first needed. */
  @SuppressWarnings("restricted") // forks are started with native access
  private static final class Functions {
    private static final SymbolLookup OPENED = open();

    /** Of PyTorch's C interface, a tensor of the given memory. */
    private static final MethodHandle TENSOR =
        handle(
            "aoti_torch_create_tensor_from_blob",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT,
                JAVA_INT, ADDRESS));

    private static final MethodHandle GRADIENTS =
        handle("aoti_torch_grad_mode_set_enabled", FunctionDescriptor.ofVoid(JAVA_BOOLEAN));

    private static final MethodHandle EXP = unary("exp_out");
    private static final MethodHandle LOG = unary("log_out");
    private static final MethodHandle SIN = unary("sin_out");
    private static final MethodHandle TANH = unary("tanh_out");
    private static final MethodHandle POW = binary("pow_Tensor_Tensor_out");
    private static final MethodHandle DOT = binary("dot_out");

    /** Takes an optional dtype by value: two bytes, 0 for none. */
    private static final MethodHandle SUM =
        operation(
            "sum_out",
            "RKNS_6TensorESt8optionalIN3c1010ScalarTypeEERS2_",
            ADDRESS,
            JAVA_SHORT,
            ADDRESS);

    private static SymbolLookup open() {
      if (!isPresent()) {
        throw new IllegalStateException(
            "PyTorch is not beside these classes: build them with -Ptorch");
      }
      SymbolLookup opened = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
      MethodHandle threads =
          Linker.nativeLinker()
              .downcallHandle(
                  opened.findOrThrow("_ZN2at15set_num_threadsEi"),
                  FunctionDescriptor.ofVoid(JAVA_INT));
      try {
        threads.invokeExact(1);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      return opened;
    }

    private static MethodHandle unary(String name) {
      return operation(name, "RKNS_6TensorERS2_", ADDRESS, ADDRESS);
    }

    private static MethodHandle binary(String name) {
      return operation(name, "RKNS_6TensorES4_RS2_", ADDRESS, ADDRESS, ADDRESS);
    }

    /** {@code at::_ops::NAME::call}, with its arguments as C++ compilers name them. */
    private static MethodHandle operation(String name, String mangled, MemoryLayout... arguments) {
      return handle(
          "_ZN2at4_ops" + name.length() + name + "4callE" + mangled,
          FunctionDescriptor.of(ADDRESS, arguments));
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
      return Linker.nativeLinker().downcallHandle(OPENED.findOrThrow(name), type);
    }
  }

  /** Whether the library is there. */
  public static boolean isPresent() {
    return Files.exists(LIBRARY);
  }

  private static Path library() {
    try {
      // target/classes or target/benchmarks.jar
      Path ours =
          Path.of(PyTorch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return ours.resolveSibling("torch").resolve(System.mapLibraryName("torch_cpu"));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code e^x}. */
  public static void exp(Tensor x, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.EXP.invokeExact(x.handle, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code ln x}. */
  public static void log(Tensor x, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.LOG.invokeExact(x.handle, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code sin x}. */
  public static void sin(Tensor x, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.SIN.invokeExact(x.handle, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code tanh x}. */
  public static void tanh(Tensor x, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.TANH.invokeExact(x.handle, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code x^y}. */
  public static void pow(Tensor x, Tensor y, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.POW.invokeExact(x.handle, y.handle, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** {@code x . y}, into a scalar. */
  public static void dot(Tensor x, Tensor y, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.DOT.invokeExact(x.handle, y.handle, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The sum of x, into a scalar. */
  public static void sum(Tensor x, Tensor out) {
    try {
      MemorySegment _ = (MemorySegment) Functions.SUM.invokeExact(x.handle, (short) 0, out.handle);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** A vector or a scalar, outside of the heap. It lives as long as the JVM. */
  public static final class Tensor {
    private static final int FLOAT32 = 6;
    private static final int FLOAT64 = 7;

    private final MemorySegment elements;
    private final MemorySegment handle;

    private Tensor(MemorySegment elements, int dtype, long... shape) {
      this.elements = elements;
      try (Arena arena = Arena.ofConfined()) {
        // of the thread, which is the one that measures
        Functions.GRADIENTS.invokeExact(false);
        MemorySegment made = arena.allocate(ADDRESS);
        int code =
            (int)
                Functions.TENSOR.invokeExact(
                    elements,
                    (long) shape.length,
                    arena.allocateFrom(JAVA_LONG, shape),
                    arena.allocateFrom(JAVA_LONG, new long[] {1}),
                    0L,
                    dtype,
                    0,
                    0,
                    made);
        if (code != 0) {
          throw new IllegalStateException("PyTorch made no tensor: code " + code);
        }
        handle = made.get(ADDRESS, 0);
      } catch (RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    /** A vector of these elements, copied. */
    public static Tensor of(double[] elements) {
      MemorySegment copy = storage(JAVA_DOUBLE, elements.length);
      MemorySegment.copy(elements, 0, copy, JAVA_DOUBLE, 0, elements.length);
      return new Tensor(copy, FLOAT64, elements.length);
    }

    /** A vector of these elements, copied. */
    public static Tensor of(float[] elements) {
      MemorySegment copy = storage(JAVA_FLOAT, elements.length);
      MemorySegment.copy(elements, 0, copy, JAVA_FLOAT, 0, elements.length);
      return new Tensor(copy, FLOAT32, elements.length);
    }

    /** A scalar of FLOAT64, for a result. */
    public static Tensor scalar() {
      return new Tensor(storage(JAVA_DOUBLE, 1), FLOAT64);
    }

    private static MemorySegment storage(ValueLayout number, int n) {
      return Arena.global().allocate(number.byteSize() * n, 64); // as PyTorch aligns its own
    }

    /** The elements of FLOAT64, copied. */
    public double[] doubles() {
      return elements.toArray(JAVA_DOUBLE);
    }

    /** The elements of FLOAT32, copied. */
    public float[] floats() {
      return elements.toArray(JAVA_FLOAT);
    }

    /** The element of a scalar of FLOAT64. */
    public double item() {
      return elements.get(JAVA_DOUBLE, 0);
    }
  }
}
