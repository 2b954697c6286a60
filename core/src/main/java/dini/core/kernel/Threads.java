package dini.core.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The one place that decides whether work is split over threads, and does so.
 *
 * <p>Parts are those of a fixed grid, and no element depends on how the work was cut, so that the
 * number of threads cannot change a bit. The caller takes parts like the threads that help it: it
 * never waits for one that has not begun, so calls from any number of threads at once, from virtual
 * threads and from workers of other pools all make progress, and an idle machine is put to use.
 *
 * <p>The system property {@code dini.threads} gives the number of threads instead of that of the
 * processors.
 */
public final class Threads {
  /**
   * Work below this many picoseconds stays on its thread: 0.5 ms, a product of matrices of extent
   * 256. Waking another thread takes 10 to 90 microseconds on a machine with two busy processors.
   */
  private static final double LEAST = 5e8;

  /** About the picoseconds of a part: 0.2 ms, so that threads that are slowed down do fewer. */
  private static final double PART = 2e8;

  /** Turns of waiting, 20 to 30 microseconds, before a thread is put to sleep. */
  private static final int SPINS = 1000;

  private static final int MOST = parse(System.getProperty("dini.threads"));

  private static final ScopedValue<Integer> LIMIT = ScopedValue.newInstance();

  private Threads() {}

  /** Work on a range of rows or elements. */
  @FunctionalInterface
  public interface Ranges {
    /** Does the work from {@code from} to before {@code to}. */
    void run(int from, int to);
  }

  /** Work on a range, by threads that have arrays of their own. */
  @FunctionalInterface
  public interface Workers {
    /** Does the work from {@code from} to before {@code to}; no two at once have one number. */
    void run(int worker, int from, int to);
  }

  /** The number that a property gives, or 0 if it gives none. */
  private static int parse(String property) {
    if (property == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      return Math.max(0, Integer.parseInt(property.strip()));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** The most threads that any work of this process may take. */
  public static int most() {
    if (MOST == 0) {
      throw new IllegalStateException(
          "dini.threads="
              + System.getProperty("dini.threads")
              + ": expected a number of threads, 1 or more");
    }
    return MOST;
  }

  /** The most threads that work of the calling thread may take, itself included. */
  public static int count() {
    return Thread.currentThread() instanceof Helper ? 1 : LIMIT.isBound() ? LIMIT.get() : most();
  }

  /** Runs a computation whose work takes at most some number of threads. */
  public static <T> T limited(int threads, Supplier<? extends T> computation) {
    return ScopedValue.where(LIMIT, Math.min(threads, most())).call(computation::get);
  }

  /** Whether it pays to split {@code n} pieces of work of some picoseconds each. */
  public static boolean pays(int n, double picoseconds) {
    return n * picoseconds >= LEAST && n > 1 && count() > 1;
  }

  /** Splits the range from 0 to n, of some picoseconds a piece, at multiples of {@code unit}. */
  public static void split(int n, double picoseconds, int unit, Ranges work) {
    split(n, picoseconds, unit, (_, from, to) -> work.run(from, to));
  }

  /** Likewise; workers are numbered from 0, the caller, to before {@link #count}. */
  public static void split(int n, double picoseconds, int unit, Workers work) {
    double wanted = Math.min(n, Math.max(1, PART / picoseconds));
    int units = (int) Math.ceil(wanted / unit);
    split(n, (int) Math.min(n, (long) units * unit), work);
  }

  /** Likewise, in parts of some length. */
  public static void split(int n, int length, Workers work) {
    Split split = new Split(n, length, work);
    split.run(Math.min(count(), split.parts));
  }

  /** A piece of work that is being done. */
  private static final class Split {
    private final int n;
    private final int length;
    private final int parts;
    private final Workers work;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();

    /** Helpers that may hold a part. */
    private final AtomicInteger active = new AtomicInteger();

    private volatile Throwable failure;

    Split(int n, int length, Workers work) {
      this.n = n;
      this.length = length;
      this.parts = (n - 1) / length + 1;
      this.work = work;
    }

    void run(int threads) {
      try {
        help(threads);
        work(0);
      } finally {
        // after a failure here nobody takes another part; what is under way writes to the arrays
        next.set(parts);
        await();
      }
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new AssertionError(failure);
      }
    }

    private void help(int threads) {
      try {
        for (int worker = 1; worker < threads; worker++) {
          Pool.POOL.execute(new Help(this, worker));
        }
      } catch (RejectedExecutionException | OutOfMemoryError _) {
        // no thread can be had: the caller does what is left
      }
    }

    private void work(int worker) {
      for (int part; (part = next.getAndIncrement()) < parts; ) {
        int from = part * length;
        work.run(worker, from, Math.min(length, n - from) + from);
      }
    }

    /** By a helper. That it is active is seen by whoever misses a part that it took. */
    private void assist(int worker) {
      active.incrementAndGet();
      try {
        work(worker);
      } catch (RuntimeException | Error e) {
        failure = e;
        next.set(parts);
      } finally {
        if (active.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }

    private void await() {
      boolean interrupted = false;
      for (int turn = 0; active.get() > 0; turn++) {
        if (turn < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  /** The request for one more thread. */
  private static final class Help extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient Split split;
    private final int worker;

    Help(Split split, int worker) {
      this.split = split;
      this.worker = worker;
    }

    @Override
    protected void compute() {
      split.assist(worker);
    }
  }

  /** A thread of the pool, whose own work is not split further. */
  private static final class Helper extends ForkJoinWorkerThread {
    Helper(ForkJoinPool pool) {
      super(pool);
      setName("dini kernels");
    }
  }

  /** Made when work is first split. */
  private static final class Pool {
    static final ForkJoinPool POOL =
        new ForkJoinPool(Math.max(1, MOST - 1), Helper::new, null, false);
  }
}
