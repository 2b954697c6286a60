package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.logSumExp;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Transforms.grad;
import static dini.linalg.LinearSolvers.cg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.Index;
import dini.core.Tensor;
import dini.core.kernel.Kernels;
import dini.linalg.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The class path, with the vector module and without it, and JShell on it. */
class ClassPathTest {

  private static final String FLAG = "--add-modules=jdk.incubator.vector";

  /** Numbers from many kernels, as one hash of their bits. */
  static final class Bits {
    private Bits() {}

    public static void main(String[] arguments) {
      StringBuilder bits = new StringBuilder();
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        Tensor x = linspace(-4, 4, 10_007).astype(dtype);
        Tensor a = linspace(-1, 1, 60 * 70).astype(dtype).reshape(60, 70);
        bits.append(hash(grad(z -> sum(tanh(z).mul(exp(z)).add(sigmoid(z))), x)));
        bits.append(hash(grad(z -> logSumExp(z), x)));
        bits.append(hash(grad(z -> sum(matmul(z, z.transpose()).pow(2)), a)));
        BiFunction<Tensor, Tensor, Tensor> objective =
            (w, t) -> sum(matmul(a, w).pow(2)).add(sum(w.sub(t).pow(2)));
        Tensor t = x.get(Index.to(70));
        BiFunction<Tensor, Tensor, Tensor> solve =
            customArgmin(objective, cg()).onResidual(Policy.IGNORE).apply((init, p) -> init);
        bits.append(hash(grad(p -> sum(solve.apply(t, p)), t)));
      }
      System.out.println(bits);
      System.out.println(kernels());
    }

    private static String hash(Tensor x) {
      long hash = 1;
      for (double value : x.toArray()) {
        hash = 31 * hash + Double.doubleToLongBits(value);
      }
      return Long.toHexString(hash) + " ";
    }

    /** Which kernels serve. */
    private static String kernels() {
      return Kernels.chosen().name();
    }
  }

  @Test
  void sameBitsWithoutTheVectorModule() {
    Child with = Child.java(Bits.class, FLAG);
    Child without = Child.java(Bits.class);
    assertThat(with.status()).as(with.err()).isZero();
    assertThat(without.status()).as(without.err()).isZero();
    List<String> bits = with.out().lines().toList();
    List<String> scalar = without.out().lines().toList();
    assertThat(scalar.getFirst()).isEqualTo(bits.getFirst());
    assertThat(with.err().lines().filter(line -> line.contains("--add-modules"))).isEmpty();
    if (!scalar.getLast().equals(bits.getLast())) {
      assertThat(
              without
                  .err()
                  .lines()
                  .filter(line -> line.contains("--add-modules jdk.incubator.vector")))
          .hasSize(1);
    }
  }

  @Test
  void sessionOfJShell() {
    Child session =
        Child.run(
            List.of(
                Child.tool("jshell"),
                "--class-path",
                Child.classPath(),
                "--startup",
                "DEFAULT",
                "--startup",
                root().resolve("jshell").resolve("dini.jsh").toString(),
                "-s",
                "-"),
            """
            UnaryOperator<Tensor> df = grad(x -> sum(sin(x).mul(x)));
            System.out.println(df.apply(zeros(2)));
            System.out.println(hessian(x -> sum(x.pow(3)), tensor(1, 2)).get(at(1), all()));
            """);
    assertThat(session.err().lines().filter(line -> line.contains("rror"))).isEmpty();
    assertThat(session.out()).isEqualToIgnoringNewLines(zeros(2) + "\n" + tensor(0, 12) + "\n");
  }

  /** The folder of the whole project. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!folder.resolve("jshell").toFile().exists()) {
      folder = folder.getParent();
    }
    return folder;
  }
}
