package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.POSITIVE;
import static dini.functional.catalogue.Domain.REAL;

import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.primitive.FusedAdam;
import dini.functional.primitive.FusedAdam.Constants;
import dini.functional.primitive.FusedAdam.Step;
import java.util.List;

/** Steps of optimizers. */
final class OptimizerEntries {
  private OptimizerEntries() {}

  /** Decays and corrections, off the ends of their range. */
  private static final Domain FRACTION = Domain.floating(random -> random.nextDouble(0.3, 0.9));

  /** Three roundings of each moment, and six of the direction. */
  private static final Entry.Tolerance ROUNDED = new Entry.Tolerance(0x1p-49, true);

  private static Tensor[] adam(Tensor g, Tensor mu, Tensor nu, Constants constants) {
    Step step = FusedAdam.update(g, mu, nu, constants);
    return new Tensor[] {step.mu(), step.nu(), step.direction()};
  }

  private static Plain[] adam(Plain[] x, double... c) {
    Plain mu = Plain.each(x[0].shape, i -> c[0] * x[1].at(i) + (1 - c[0]) * x[0].at(i));
    Plain nu =
        Plain.each(x[0].shape, i -> c[1] * x[2].at(i) + (1 - c[1]) * x[0].at(i) * x[0].at(i));
    Plain direction =
        Plain.each(x[0].shape, i -> mu.at(i) / c[4] / (Math.sqrt(nu.at(i) / c[5] + c[3]) + c[2]));
    return new Plain[] {mu, nu, direction};
  }

  private static Constants like(Tensor g, double... c) {
    Tensor[] scalars = new Tensor[c.length];
    for (int i = 0; i < c.length; i++) {
      scalars[i] = Tensors.scalar(c[i]).astype(g.dtype());
    }
    return new Constants(scalars[0], scalars[1], scalars[2], scalars[3], scalars[4], scalars[5]);
  }

  static List<Entry> all() {
    double[] second = {0.9, 0.75, 0.125, 0.0625, 0.1875, 0.4375};
    return List.of(
        Entry.several(
                "adam",
                x -> adam(x[0], x[1], x[2], like(x[0], second)),
                x -> adam(x, second),
                REAL,
                REAL,
                POSITIVE)
            .at("[] [] []", "[0] [0] [0]", "[1] [1] [1]", "[17] [17] [17]", "[2,0] [2,0] [2,0]")
            .large("[2053] [2053] [2053]", "[41,67] [41,67] [41,67]")
            .within(ROUNDED),
        Entry.several(
                "adam of constants",
                x -> adam(x[0], x[1], x[2], new Constants(x[3], x[4], x[5], x[6], x[7], x[8])),
                x ->
                    adam(
                        x,
                        x[3].data[0],
                        x[4].data[0],
                        x[5].data[0],
                        x[6].data[0],
                        x[7].data[0],
                        x[8].data[0]),
                REAL,
                REAL,
                POSITIVE,
                FRACTION,
                FRACTION,
                FRACTION,
                FRACTION,
                FRACTION,
                FRACTION)
            .at("[2] [2] [2] [] [] [] [] [] []", "[2,1] [2,1] [2,1] [] [] [] [] [] []")
            .within(ROUNDED));
  }
}
