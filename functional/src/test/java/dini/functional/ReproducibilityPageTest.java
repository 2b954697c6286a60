package dini.functional;

import static dini.core.Products.matmul;
import static dini.core.Tensors.linspace;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Dini;
import dini.core.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code of docs/reproducibility.md. */
class ReproducibilityPageTest {
  @Test
  void pageQuotesThis() throws IOException {
    Tensor a = linspace(-1, 1, 300 * 300).reshape(300, 300);
    Tensor b = a.transpose();
    // [page
    Tensor y = Dini.withThreads(1, () -> matmul(a, b));
    // page]
    assertThat(matmul(a, b)).isEqualTo(y);
    assertThat(Quoted.blocks(ClassPathTest.root().resolve(Path.of("docs", "reproducibility.md"))))
        .containsExactly(Quoted.source(ReproducibilityPageTest.class, "page"));
  }
}
