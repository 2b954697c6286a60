package dini.functional.nn;

import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.zeros;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.functional.Buffer;
import dini.functional.WithAux;

/**
 * Batch normalization of each feature, {@code y = scale (x - m) / sqrt(v + epsilon) + shift}. In
 * training m and v are the mean and the biased variance of the batch; in use they are running
 * averages of those of earlier batches, where the variances are the unbiased ones: Ioffe and
 * Szegedy, Batch Normalization (2015), algorithms 1 and 2.
 *
 * <p>A module does not change: {@link #train} returns the layer with its new statistics beside the
 * output. The statistics are functions of the batch and have its derivatives; {@code gradWithAux}
 * sets them aside without, and a state extracted with detached buffers has none either.
 *
 * <pre>{@code
 * record Net(Linear hidden, BatchNorm norm, Linear out) {
 *   WithAux<Tensor, Net> loss(Batch batch) {
 *     WithAux<Tensor, BatchNorm> normal = norm.train(hidden.apply(batch.x()));
 *     Tensor error = out.apply(tanh(normal.value())).sub(batch.y());
 *     return new WithAux<>(mean(square(error)), new Net(hidden, normal.aux(), out));
 *   }
 * }
 * }</pre>
 *
 * @param scale the factor of each feature
 * @param shift what is added to each feature
 * @param runningMean the running mean of each feature
 * @param runningVariance the running variance of each feature
 * @param momentum the weight of a new batch in the running averages
 * @param epsilon what is added to variances, against division by zero
 */
public record BatchNorm(
    Tensor scale,
    Tensor shift,
    Buffer runningMean,
    Buffer runningVariance,
    double momentum,
    double epsilon)
    implements Layer {

  /**
   * A layer in FLOAT64 that changes nothing yet: scale 1, shift 0, mean 0, variance 1, and the
   * momentum 0.1 and epsilon 1e-5 of PyTorch.
   *
   * @param features the number of features
   * @return the layer
   */
  public static BatchNorm of(int features) {
    return new BatchNorm(
        ones(features),
        zeros(features),
        new Buffer(zeros(features)),
        new Buffer(ones(features)),
        0.1,
        1e-5);
  }

  /**
   * The input normalized by the running averages.
   *
   * @param x a vector (features), or a stack of them (…, features)
   * @return a tensor of the shape of x
   */
  @Override
  public Tensor apply(Tensor x) {
    return normalized(x, runningMean.value(), runningVariance.value());
  }

  /**
   * The batch normalized by its own mean and variance, and the layer with the running averages
   * moved towards them.
   *
   * @param x the batch, (examples, features), of two examples or more
   * @return a tensor of the shape of x, and the layer for the next batch
   * @throws ShapeException if the batch is no matrix or has fewer than two examples
   */
  public WithAux<Tensor, BatchNorm> train(Tensor x) {
    int count = x.rank() == 2 ? x.shape().extent(0) : 0;
    if (count < 2) {
      throw new ShapeException(
          "BatchNorm.train: expected (examples, features) with two examples or more, got "
              + x.type());
    }
    Tensor center = x.mean(0);
    Tensor spread = square(x.sub(center)).mean(0);
    Tensor unbiased = spread.mul(count / (count - 1.0));
    BatchNorm next =
        new BatchNorm(
            scale,
            shift,
            moved(runningMean, center),
            moved(runningVariance, unbiased),
            momentum,
            epsilon);
    return new WithAux<>(normalized(x, center, spread), next);
  }

  private Tensor normalized(Tensor x, Tensor center, Tensor spread) {
    return x.sub(center).div(sqrt(spread.add(epsilon))).mul(scale).add(shift);
  }

  private Buffer moved(Buffer average, Tensor latest) {
    return new Buffer(average.value().mul(1 - momentum).add(latest.mul(momentum)));
  }
}
