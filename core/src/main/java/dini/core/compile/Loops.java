package dini.core.compile;

import dini.core.DType;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.compile.Chain.Place;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The loops of all formulas of this process. Code on vectors is very slow until the JVM has
 * compiled it: so a loop is made for a formula only when much has been computed by it, and run on
 * numbers of no meaning, on a thread of its own, until it is faster than the kernels of its terms.
 * From then on it takes their place, with the same bits.
 */
final class Loops {
  /** Loops that are made at most. */
  private static final int MOST = 2048;

  /** Formulas that are looked up; of older ones, programs that have them keep what they have. */
  private static final int LATEST = 4096;

  /** Where so many loops in a row never get fast, as in an interpreter, no more are made. */
  private static final int HOPELESS = 3;

  /** Elements times terms, about 2 ms of work, from which on a loop is made. */
  private static final long MUCH = 1L << 23;

  /** What a call takes besides its elements, in elements. */
  private static final int CALL = 256;

  /** Elements of the arrays that a loop is made fast with. */
  private static final int LENGTH = 250;

  /** Turns whose time is taken. */
  private static final int MANY = 256;

  /** How often in a row it must be faster: at first the JVM may have compiled a part of it. */
  private static final int SURE = 4;

  /** A loop that is not fast after so many nanoseconds is given up. */
  private static final long PATIENCE = 2_000_000_000L;

  private static final Map<Formula, Late> KNOWN =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Formula, Late> eldest) {
          return size() > LATEST;
        }
      };

  /** One thread, which ends when there is nothing to do. */
  private static final ThreadPoolExecutor MAKER = maker();

  private static int made;
  private static int slowInARow;

  private Loops() {}

  private static ThreadPoolExecutor maker() {
    ThreadPoolExecutor maker =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform()
                .daemon()
                .name("dini-loops")
                .inheritInheritableThreadLocals(false)
                .factory());
    maker.allowCoreThreadTimeOut(true);
    return maker;
  }

  /** The loop of a formula, the same for equal formulas. */
  static Late of(Formula formula) {
    synchronized (KNOWN) {
      return KNOWN.computeIfAbsent(formula, Late::new);
    }
  }

  /** Makes the loops of all formulas known, fast or not, for tests; gives their number. */
  static int makeAll() throws ReflectiveOperationException {
    List<Late> all;
    synchronized (KNOWN) {
      all = List.copyOf(KNOWN.values());
    }
    for (Late late : all) {
      late.loop = late.code();
    }
    return all.size();
  }

  /** The loop of a formula, which is there as soon as it is fast. */
  static final class Late {
    private final Formula formula;
    private volatile Loop loop;

    /** Work until the loop is made; an estimate, since threads may lose each other's. */
    private long left;

    Late(Formula formula) {
      this.formula = formula;
      this.left = Kernels.whyScalar().isEmpty() ? MUCH : Long.MAX_VALUE;
    }

    /** The loop, or null if it is not fast yet. */
    Loop loop() {
      return loop;
    }

    /** Tells that n elements were computed without the loop. */
    void missed(int n) {
      long before = left;
      left = before - (long) formula.terms().size() * (n + CALL);
      if (before >= 0 && left < 0) {
        try {
          MAKER.execute(this::make);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
          // the kernels of the terms go on
        }
      }
    }

    private Loop code() throws ReflectiveOperationException {
      int bits = formula.dtype() == DType.FLOAT64 ? Double.SIZE : Float.SIZE;
      return LoopCode.of(formula, Kernels.vectorBits().orElseThrow() / bits);
    }

    /** On the one thread that makes loops. */
    private void make() {
      if (made >= MOST || slowInARow >= HOPELESS) {
        return;
      }
      try {
        Loop slow = code();
        if (isFast(slow)) {
          loop = slow;
          made++;
          slowInARow = 0;
        } else {
          slowInARow++;
        }
      } catch (ReflectiveOperationException | RuntimeException | Error impossible) {
        // where no class can be made, the kernels of the terms go on
        slowInARow = HOPELESS;
        System.getLogger("dini").log(System.Logger.Level.DEBUG, "no loops", impossible);
      }
    }

    /** Runs a loop until it is faster than the kernels of its terms; false if that never comes. */
    private boolean isFast(Loop made) {
      Example inScratch = Example.of(formula, true);
      Example inVariables = Example.of(formula, false);
      long start = System.nanoTime();
      int turns = 1;
      int fast = 0;
      while (System.nanoTime() - start < PATIENCE) {
        long before = System.nanoTime();
        for (int i = 0; i < turns; i++) {
          made.run(inScratch.frame, inScratch.places, 0, LENGTH);
          made.run(inVariables.frame, inVariables.places, 0, LENGTH);
        }
        long between = System.nanoTime();
        for (int i = 0; i < 2 * turns * formula.terms().size(); i++) {
          kernel(inScratch.frame.scratch()[0]);
        }
        long after = System.nanoTime();
        fast = between - before < after - between ? fast + 1 : 0;
        if (turns == MANY && fast >= SURE) {
          return true;
        }
        turns = Math.min(2 * turns, MANY);
      }
      return false;
    }

    private void kernel(Object array) {
      Kernels kernels = Kernels.chosen();
      switch (array) {
        case double[] x -> kernels.binary(BinaryKernel.ADD, x, 0, x, 0, x, 0, LENGTH);
        case float[] x -> kernels.binary(BinaryKernel.ADD, x, 0, x, 0, x, 0, LENGTH);
        default -> throw new AssertionError(formula);
      }
    }
  }

  /** Numbers of no meaning, where a chain may have them: code is compiled for what it has seen. */
  private record Example(Frame frame, Place[] places) {

    static Example of(Formula formula, boolean scratch) {
      int count = formula.arrays();
      Object[] arrays = new Object[count];
      DenseTensor[] values = new DenseTensor[count];
      Place[] places = new Place[count];
      TensorType type = new TensorType(Shape.of(LENGTH), formula.dtype());
      for (int i = 0; i < count; i++) {
        values[i] = DenseTensor.allocate(type);
        arrays[i] = values[i].data();
        places[i] = new Place(scratch, i, formula.isUniform(i), null);
      }
      return new Example(new Frame(values, arrays, new Scratch(), new Frame[0]), places);
    }
  }
}
