package dini.jmh.report;

import static dini.jmh.report.Quantity.GFLOPS;
import static dini.jmh.report.Quantity.PER_ELEMENT;
import static dini.jmh.report.Quantity.TIME;

import dini.jmh.machine.Arithmetic;
import dini.jmh.solve.DenseCg;
import dini.jmh.solve.LaplacianCg;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All subjects of the report, in the order of the page. */
final class Subjects {
  /** Operations of our exponential: 16 fma and 2 others. */
  static final int EXP_FLOPS = 34;

  static final Subject ARITHMETIC =
      new Subject(
          "machine.Arithmetic",
          "Fused multiply-adds in registers",
          "Twelve accumulators, no memory: the roof of everything that computes.",
          columns("float64=FLOAT64", "float32=FLOAT32"),
          GFLOPS,
          params -> new Work(1, Arithmetic.FLOPS, 0),
          Map.of());

  static final Subject MEMORY =
      new Subject(
          "machine.Memory",
          "Moving bytes",
          "Reading one array, and STREAM's triad over three: from the nearest cache and from"
              + " memory.",
          columns("read=read", "triad=triad"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 0, 8),
          Map.of());

  static final Subject GEMM =
      product("Gemm", "FLOAT64", 8, "dini=Dini", "openBlas=OpenBLAS", "ejml=EJML", "ojAlgo=ojAlgo");

  static final Subject GEMM_32 =
      product("Gemm32", "FLOAT32", 4, "dini=Dini", "openBlas=OpenBLAS", "loop=loops");

  static final Subject GEMV =
      new Subject(
          "kernel.Gemv",
          "Matrix and vector",
          "`A x`, and `A' x` where transposed; a square matrix.",
          columns("dini=Dini", "openBlas=OpenBLAS", "ejml=EJML"),
          GFLOPS,
          params -> {
            double n = number(params, "size");
            return new Work(n * n, 2 * n * n, 8 * (n * n + 2 * n));
          },
          sizes("512", "4096"));

  static final Subject FUNCTIONS =
      new Subject(
          "kernel.Functions",
          "Functions of an element",
          "`StrictMath` gives the same bits on every machine, as Dini does; `Math` and the"
              + " operators of the JDK's Vector API do not promise that.",
          columns(
              "dini=Dini",
              "math=Math",
              "strictMath=StrictMath",
              "vectorApi=Vector API",
              "pyTorch=PyTorch"),
          PER_ELEMENT,
          params ->
              Work.each(
                  number(params, "size"),
                  params.get("function").equals("EXP") ? EXP_FLOPS : 0,
                  params.get("function").equals("POW") ? 24 : 16),
          sizes("4096", "1000000"));

  static final Subject FUNCTIONS_32 =
      new Subject(
          "kernel.Functions32",
          "Functions of an element, FLOAT32",
          "The JDK has none of its own; Dini gives the same bits on every machine here too.",
          columns("dini=Dini", "pyTorch=PyTorch"),
          PER_ELEMENT,
          params ->
              Work.each(number(params, "size"), 0, params.get("function").equals("POW") ? 12 : 8),
          sizes("4096", "1000000"));

  static final Subject ERF =
      new Subject(
          "kernel.Erf",
          "The error function",
          "The JDK has none.",
          columns("dini=Dini", "ojAlgo=ojAlgo"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 0, 16),
          sizes("4096"));

  static final Subject ELEMENTWISE =
      new Subject(
          "kernel.Elementwise",
          "Sums and products of elements",
          "Into a result that is there already. The loop is plain Java, which C2 vectorizes.",
          columns("dini=Dini", "ejml=EJML", "loop=loop"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 1, 24),
          Map.of("operation", List.of("ADD"), "size", List.of("512", "10000000")));

  static final Subject SUM =
      new Subject(
          "kernel.Sum",
          "Sum of a vector",
          "Dini adds in an order that does not depend on the machine.",
          columns("dini=Dini", "openBlas=OpenBLAS", "pyTorch=PyTorch", "ejml=EJML"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 1, 8),
          sizes("512", "10000000"));

  static final Subject DOT =
      new Subject(
          "kernel.Dot",
          "Inner product",
          "Dini adds in an order that does not depend on the machine.",
          columns(
              "dini=Dini", "openBlas=OpenBLAS", "pyTorch=PyTorch", "ejml=EJML", "ojAlgo=ojAlgo"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 2, 16),
          sizes("512", "10000000"));

  static final Subject AXPY =
      new Subject(
          "kernel.Axpy",
          "A multiple of a vector added to another",
          "`y = a x + y`.",
          columns("dini=Dini", "openBlas=OpenBLAS", "ejml=EJML", "ojAlgo=ojAlgo"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 2, 24),
          sizes("512", "10000000"));

  static final Subject ADAM =
      new Subject(
          "kernel.AdamUpdate",
          "A step of Adam",
          "One pass over all six arrays; the same operation by operation; and two additions that"
              + " move as many bytes.",
          columns("update=one pass", "composed=composed", "sixAdded=additions"),
          PER_ELEMENT,
          params ->
              Work.each(number(params, "size"), 12, params.get("dtype").equals("f64") ? 48 : 24),
          sizes("1000000"));

  static final Subject SORT =
      new Subject(
          "kernel.Sort",
          "Sorting",
          "Into a new vector; the JDK on a copy.",
          columns("dini=Dini", "arrays=Arrays.sort"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 0, 0),
          sizes("1000000"));

  static final Subject SMALL =
      new Subject(
          "autodiff.SmallTensors",
          "What a derivative adds to an operation",
          "A chain of 60 operations on 8 elements, where the arithmetic is nothing; time per"
              + " operation of the chain.",
          columns(
              "value=value",
              "gradient=value and gradient",
              "gradientOfGradient=gradient of gradient"),
          TIME,
          params -> Work.one(),
          Map.of());

  static final Subject FUSION =
      new Subject(
          "autodiff.Fusion",
          "A chain of cheap operations",
          "`sum((a x + b) (x - c) + x x)`: under `jit`, operation by operation, and as one plain"
              + " Java loop.",
          columns("compiled=jit", "dini=eager", "loop=loop"),
          PER_ELEMENT,
          params -> Work.each(number(params, "size"), 6, 8),
          sizes("4096"));

  static final Subject FACTORIZATIONS =
      new Subject(
          "solve.Factorizations",
          "Dense systems",
          "Factorization and solution with one right-hand side, through the public operations.",
          columns("dini=Dini", "openBlas=OpenBLAS", "ejml=EJML", "ojAlgo=ojAlgo"),
          TIME,
          params -> Work.one(),
          sizes("100", "1000"));

  static final Subject DENSE_CG =
      new Subject(
          "solve.DenseCg",
          "Conjugate gradients, dense",
          DenseCg.STEPS
              + " steps. The peers are a textbook's loop around their product of matrix and"
              + " vector.",
          columns("dini=Dini", "openBlas=OpenBLAS", "ejml=EJML"),
          TIME,
          params -> Work.one(),
          sizes("1000"));

  static final Subject LAPLACIAN =
      new Subject(
          "solve.LaplacianCg",
          "Conjugate gradients, Laplacian of a grid",
          LaplacianCg.STEPS
              + " steps, per unknown and step. The map is a function of tensors; the control is a"
              + " textbook's algorithm with the stencil as a plain Java loop.",
          columns("dini=Dini", "compiled=Dini, map under jit", "loop=loops"),
          PER_ELEMENT,
          params -> {
            double n = number(params, "size");
            return Work.each(n * n * LaplacianCg.STEPS, 0, 0);
          },
          sizes("1024"));

  static final Subject LINEAR_SOLVE =
      new Subject(
          "solve.LinearSolveGradient",
          "A derivative through a linear solve",
          "By conjugate gradients; a derivative needs two solves.",
          columns("value=value", "gradient=gradient"),
          TIME,
          params -> Work.one(),
          sizes("100", "1000"));

  static final Subject RIDGE =
      new Subject(
          "solve.RidgeHypergradient",
          "A hypergradient",
          "The derivative of a validation loss with respect to a ridge penalty, through the fit.",
          columns("innerSolve=fit", "derivative=hypergradient"),
          TIME,
          params -> Work.one(),
          sizes("1000x100"));

  private Subjects() {}

  /** All, in the order of the page; what the machine can do comes first. */
  static List<Subject> all() {
    return List.of(
        ARITHMETIC,
        MEMORY,
        GEMM,
        GEMM_32,
        GEMV,
        FUNCTIONS,
        FUNCTIONS_32,
        ERF,
        ELEMENTWISE,
        SUM,
        DOT,
        AXPY,
        ADAM,
        SORT,
        SMALL,
        FUSION,
        FACTORIZATIONS,
        DENSE_CG,
        LAPLACIAN,
        LINEAR_SOLVE,
        RIDGE);
  }

  private static Subject product(String name, String dtype, int bytes, String... columns) {
    return new Subject(
        "kernel." + name,
        "Products of matrices, " + dtype,
        "`C = A B`, square, row-major.",
        columns(columns),
        GFLOPS,
        params -> {
          double n = number(params, "size");
          return new Work(n * n, 2 * n * n * n, 3 * bytes * n * n);
        },
        sizes("8", "32", "100", "256", "1000"));
  }

  private static Map<String, String> columns(String... columns) {
    return Arrays.stream(columns)
        .map(column -> column.split("="))
        .collect(
            Collectors.toMap(
                column -> column[0], column -> column[1], (a, b) -> a, LinkedHashMap::new));
  }

  private static Map<String, List<String>> sizes(String... sizes) {
    return Map.of("size", Stream.of(sizes).toList());
  }

  private static double number(Map<String, String> params, String name) {
    return Double.parseDouble(params.get(name));
  }
}
