package dini.core.compile;

import dini.core.Program.Equation;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import dini.core.kernel.SumOrder;
import dini.core.kernel.Threads;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reduce;
import dini.core.primitive.Unary;
import java.util.List;

/**
 * Elementwise equations over one number of elements, run block by block: what one leaves in the
 * first-level cache the next one finds there, and results that only this chain needs are never
 * stored as a whole.
 */
final class Chain implements Step {
  private final int elements;
  private final int block;
  private final Filling[] fillings;
  private final Part[] parts;
  private final Sum[] sums;
  private final Rows[] rows;
  private final Equation equation;

  /** Where this chain may be cut, for several threads: a multiple of so many elements. */
  private final int unit;

  /** The time of an element, as in {@link Pointwise#picoseconds}. */
  private final double picoseconds;

  Chain(
      int elements,
      int block,
      List<Filling> fillings,
      List<Part> parts,
      List<Sum> sums,
      List<Rows> rows,
      Equation equation) {
    this.elements = elements;
    this.block = block;
    this.fillings = fillings.toArray(Filling[]::new);
    this.parts = parts.toArray(Part[]::new);
    this.sums = sums.toArray(Sum[]::new);
    this.rows = rows.toArray(Rows[]::new);
    this.equation = equation;
    this.unit = unit();
    this.picoseconds = parts.stream().mapToDouble(Part::picoseconds).sum();
  }

  /**
   * A multiple of whole blocks, of those of a sum, and of the rows that are reduced to one: what
   * belongs to one element of a result stays together. All elements, if that is too many.
   */
  private int unit() {
    int common = sums.length == 0 ? block : multiple(block, SumOrder.BLOCK);
    for (Rows each : rows) {
      int together =
          switch (each.ending) {
            case Ending.Columns columns -> columns.row() * columns.count();
            case Ending.Rows one -> one.row();
            case Ending.Whole _ -> throw new AssertionError(each);
          };
      common = multiple(common, together);
    }
    return common;
  }

  /** The least common multiple, or all elements if it is more. */
  private int multiple(int x, int y) {
    return (int) Math.min((long) x / BlockUnit.divisor(x, y) * y, elements);
  }

  /**
   * Where a link reads or writes.
   *
   * @param scratch whether at the start of a scratch array, or in a variable
   * @param index which one
   * @param uniform whether a variable of one element
   * @param spread what fills the scratch array, where a block need not be copied if its elements
   *     stand together in a variable; else null
   */
  record Place(boolean scratch, int index, boolean uniform, Spread spread) {

    /** All elements of a variable, or its only one. */
    static Place variable(int index, boolean uniform) {
      return new Place(false, index, uniform, null);
    }

    /** A block in a scratch array. */
    static Place scratch(int index) {
      return new Place(true, index, false, null);
    }

    /** The array that holds n elements, at {@code from} of all and on. */
    Object data(Frame frame, int from, int n) {
      return !scratch
          ? frame.data(index)
          : spread != null && spread.isTogether(from, n)
              ? frame.data(spread.variable())
              : frame.scratch()[index];
    }

    /** Where in that array they begin. */
    int offset(int from, int n) {
      return scratch
          ? spread != null && spread.isTogether(from, n) ? spread.offset(from) : 0
          : uniform ? 0 : from;
    }
  }

  /** What is copied to a place before a block is computed, unless it is read where it stands. */
  record Filling(Spread spread, Place out) {
    void run(Frame frame, int from, int n) {
      if (out.spread == null || !spread.isTogether(from, n)) {
        spread.fill(frame, out, from, n);
      }
    }
  }

  /** What is computed of a block at once. */
  sealed interface Part {
    /** Computes n elements, at {@code from} of all and on. */
    void run(Frame frame, int from, int n);

    /** The time of an element, as in {@link Pointwise#picoseconds}. */
    double picoseconds();
  }

  /** One elementwise primitive; absent operands repeat the first. */
  record Link(Pointwise rule, Place x, Place y, Place z, Place out) implements Part {
    @Override
    public double picoseconds() {
      return rule.picoseconds();
    }

    @Override
    public void run(Frame frame, int from, int n) {
      rule.run(
          x.data(frame, from, n),
          x.offset(from, n),
          y.data(frame, from, n),
          y.offset(from, n),
          z.data(frame, from, n),
          z.offset(from, n),
          (x.uniform ? 1 : 0) | (y.uniform ? 2 : 0) | (z.uniform ? 4 : 0),
          out.data(frame, from, n),
          out.offset(from, n),
          n);
    }
  }

  /** The hyperbolic tangent and its derivative at the same elements, as layers of networks need. */
  record Tanh(Place x, Place tanh, Place slope) implements Part {
    @Override
    public double picoseconds() {
      return Unary.TANH.picoseconds();
    }

    @Override
    public void run(Frame frame, int from, int n) {
      Kernels kernels = Kernels.chosen();
      Object in = x.data(frame, from, n);
      int xo = x.offset(from, n);
      int to = tanh.offset(from, n);
      int so = slope.offset(from, n);
      Object out = slope.data(frame, from, n);
      switch (tanh.data(frame, from, n)) {
        case double[] t ->
            kernels.tanhAndSechSquared((double[]) in, xo, t, to, (double[]) out, so, n);
        case float[] t -> kernels.tanhAndSechSquared((float[]) in, xo, t, to, (float[]) out, so, n);
        default -> throw new AssertionError(tanh);
      }
    }
  }

  /**
   * Links that one loop computes, as soon as there is a fast one.
   *
   * @param links one after the other
   * @param late the loop
   * @param places what it reads, then what it writes
   */
  record Fused(Link[] links, Loops.Late late, Place[] places) implements Part {
    @Override
    public double picoseconds() {
      // one pass over so many arrays, where a kernel of two operands has three
      return BinaryKernel.CHEAP * places.length / 3;
    }

    @Override
    public void run(Frame frame, int from, int n) {
      Loop loop = late.loop();
      if (loop == null) {
        late.missed(n);
        for (Link link : links) {
          link.run(frame, from, n);
        }
        return;
      }
      loop.run(frame, places, from, n);
    }
  }

  /**
   * The elements of which as many are needed at once as are summed at once.
   *
   * @param in where a block of them stands
   * @param gathered the scratch array that gathers more blocks, where {@code in} is itself scratch
   */
  record Gathered(Place in, int gathered) {

    /** Takes a block in. */
    void take(Frame frame, int from, int n) {
      if (in.scratch) {
        Object block = in.data(frame, from, n);
        Object all = frame.scratch()[gathered];
        System.arraycopy(block, in.offset(from, n), all, from % SumOrder.BLOCK, n);
      }
    }

    Object data(Frame frame) {
      return in.scratch ? frame.scratch()[gathered] : frame.data(in.index);
    }

    int offset(int start) {
      return in.scratch ? 0 : start;
    }
  }

  /**
   * The sum of all elements of a result, or of the products of two.
   *
   * @param x the elements
   * @param y those of the other, or x
   * @param products whether products are summed
   * @param out the variable of the sum
   */
  record Sum(Gathered x, Gathered y, boolean products, int out) {

    /** Takes a block in; the last of a block of the sum's order adds it up. */
    void take(Frame frame, int from, int n, int elements, Object parts) {
      x.take(frame, from, n);
      if (y != x) {
        y.take(frame, from, n);
      }
      int at = from % SumOrder.BLOCK;
      if (at + n == SumOrder.BLOCK || from + n == elements) {
        int part = from / SumOrder.BLOCK;
        if (parts instanceof double[] sums) {
          sums[part] = sum64(frame, from - at, at + n);
        } else {
          ((float[]) parts)[part] = sum32(frame, from - at, at + n);
        }
      }
    }

    private double sum64(Frame frame, int start, int n) {
      double[] a = (double[]) x.data(frame);
      int ao = x.offset(start);
      Kernels kernels = Kernels.chosen();
      return products
          ? kernels.dot(a, ao, (double[]) y.data(frame), y.offset(start), n)
          : kernels.sum(a, ao, n);
    }

    private float sum32(Frame frame, int start, int n) {
      float[] a = (float[]) x.data(frame);
      int ao = x.offset(start);
      Kernels kernels = Kernels.chosen();
      return products
          ? kernels.dot(a, ao, (float[]) y.data(frame), y.offset(start), n)
          : kernels.sum(a, ao, n);
    }

    Object parts(Frame frame, int elements) {
      int count = (elements - 1) / SumOrder.BLOCK + 1;
      return frame.data(out) instanceof double[] ? new double[count] : new float[count];
    }

    void finish(Frame frame, Object parts) {
      DenseTensor result = frame.values()[out];
      if (parts instanceof double[] sums) {
        result.doubles()[0] = SumOrder.tree(sums);
      } else {
        result.floats()[0] = SumOrder.tree((float[]) parts);
      }
    }
  }

  /**
   * Reductions of rows, or over rows, that stand in the blocks as a whole.
   *
   * @param in where a block stands
   * @param ending which reduction
   * @param out the variable of the result
   */
  record Rows(Place in, Ending ending, int out) {
    void take(Frame frame, int from, int n) {
      Object source = in.data(frame, from, n);
      int start = in.offset(from, n);
      Object target = frame.data(out);
      switch (ending) {
        case Ending.Rows rows -> {
          for (int i = 0; i < n; i += rows.row()) {
            reduce(rows.kind(), source, start + i, rows.row(), target, (from + i) / rows.row());
          }
        }
        case Ending.Columns columns -> {
          int row = columns.row();
          for (int i = 0; i < n; i += row) {
            int number = (from + i) / row;
            int at = number / columns.count() * row;
            boolean first = number % columns.count() == 0;
            accumulate(columns.kind(), first, source, start + i, target, at, row);
          }
        }
        case Ending.Whole _ -> throw new AssertionError(ending);
      }
    }

    private static void reduce(
        Reduce.Kind kind, Object source, int from, int n, Object target, int at) {
      Kernels kernels = Kernels.chosen();
      if (source instanceof double[] x) {
        ((double[]) target)[at] =
            switch (kind) {
              case SUM -> kernels.sum(x, from, n);
              case MAX -> kernels.max(x, from, n);
              case MIN -> kernels.min(x, from, n);
              case PROD, ALL, ANY -> throw new AssertionError(kind);
            };
      } else {
        float[] x = (float[]) source;
        ((float[]) target)[at] =
            switch (kind) {
              case SUM -> kernels.sum(x, from, n);
              case MAX -> kernels.max(x, from, n);
              case MIN -> kernels.min(x, from, n);
              case PROD, ALL, ANY -> throw new AssertionError(kind);
            };
      }
    }

    /** The first row meets the identity, as in {@link Kernels#reduce}. */
    private static void accumulate(
        Reduce.Kind kind, boolean first, Object source, int from, Object target, int at, int n) {
      BinaryKernel op;
      double identity;
      switch (kind) {
        case SUM -> {
          op = BinaryKernel.ADD;
          identity = 0;
        }
        case MAX -> {
          op = BinaryKernel.MAX;
          identity = Double.NEGATIVE_INFINITY;
        }
        case MIN -> {
          op = BinaryKernel.MIN;
          identity = Double.POSITIVE_INFINITY;
        }
        case PROD, ALL, ANY -> throw new AssertionError(kind);
        default -> throw new AssertionError(kind);
      }
      Kernels kernels = Kernels.chosen();
      if (source instanceof double[] x) {
        double[] y = (double[]) target;
        if (first) {
          kernels.binary(op, identity, x, from, y, at, n);
        } else {
          kernels.binary(op, y, at, x, from, y, at, n);
        }
      } else {
        float[] x = (float[]) source;
        float[] y = (float[]) target;
        if (first) {
          kernels.binary(op, (float) identity, x, from, y, at, n);
        } else {
          kernels.binary(op, y, at, x, from, y, at, n);
        }
      }
    }
  }

  @Override
  public void run(Frame frame) {
    Object[] sumParts = new Object[sums.length];
    for (int i = 0; i < sums.length; i++) {
      sumParts[i] = sums[i].parts(frame, elements);
    }
    if (Threads.pays(elements, picoseconds)) {
      Threads.split(
          elements,
          picoseconds,
          unit,
          (worker, from, to) -> run(frame.of(worker), sumParts, from, to));
    } else {
      run(frame, sumParts, 0, elements);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i].finish(frame, sumParts[i]);
    }
  }

  private void run(Frame frame, Object[] sumParts, int start, int end) {
    for (int from = start; from < end; from += block) {
      int n = Math.min(block, end - from);
      for (Filling filling : fillings) {
        filling.run(frame, from, n);
      }
      for (Part part : parts) {
        part.run(frame, from, n);
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i].take(frame, from, n, elements, sumParts[i]);
      }
      for (Rows each : rows) {
        each.take(frame, from, n);
      }
    }
  }

  @Override
  public Equation equation() {
    return equation;
  }
}
