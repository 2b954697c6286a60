package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.square;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Certificates.certify;
import static dini.functional.Transforms.grad;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The example of docs/certificate.md, which quotes the lines between the marks, and its output. */
class CertificatePageTest {

  /** What a user writes. */
  static final class Decay {
    private Decay() {}

    // [page
    static final Tensor TIME = tensor(0, 0.5, 1, 1.5, 2);
    static final Tensor SEEN = tensor(2.1, 1.3, 0.8, 0.5, 0.3);

    /** How well w0 exp(-w1 t) fits, with a penalty lambda. */
    static Tensor objective(Tensor w, Tensor lambda) {
      Tensor fit = w.get(0).mul(exp(TIME.mul(w.get(1)).neg()));
      return mean(square(fit.sub(SEEN))).add(lambda.mul(sum(square(w))));
    }

    static Certificate<Tensor> hypergradient(Tensor lambda, int steps) {
      BiFunction<Tensor, Tensor, Tensor> stationary = grad(Decay::objective);
      Tensor w = ones(2);
      for (int step = 0; step < steps; step++) {
        w = w.sub(stationary.apply(w, lambda).mul(0.5));
      }
      return certify(stationary, v -> square(v.get(1).sub(1)), w, lambda);
    }
    // page]
  }

  private static final Tensor LAMBDA = scalar(0.01);

  private static Path page() {
    return ClassPathTest.root().resolve(Path.of("docs", "certificate.md"));
  }

  @Test
  void pageQuotesTheExample() throws IOException {
    assertThat(Quoted.blocks(page()))
        .containsExactly(Quoted.source(CertificatePageTest.class, "page"));
  }

  @Test
  void pageQuotesTheOutput() throws IOException {
    String page = Files.readString(page());
    for (int steps : new int[] {0, 20, 100}) {
      assertThat(page).contains(Decay.hypergradient(LAMBDA, steps).toString());
    }
  }

  @Test
  void boundsOfTheExampleHold() {
    double truth = Decay.hypergradient(LAMBDA, 5000).within(1e-12).toDouble();
    for (int steps : new int[] {10, 20, 50, 100}) {
      Certificate<Tensor> c = Decay.hypergradient(LAMBDA, steps);
      double error = Math.abs(c.derivative().toDouble() - truth);
      assertThat(c.bound()).isBetween(error, 3 * error);
    }
  }
}
