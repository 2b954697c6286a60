package dini.functional;

import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.lt;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vmap;
import static dini.functional.Visual.makeDot;
import static dini.linalg.LinearAlgebra.qr;
import static dini.linalg.LinearSolvers.cg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.Program;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.linalg.LinearSystems;
import dini.linalg.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs as text, and the page docs/visualisation.md, whose code and picture come from here. */
class VisualTest {
  record Pair(Tensor w, Tensor b) {}

  record Net(List<Pair> layers, Map<String, Tensor> moments) {}

  private static final Net NET =
      new Net(
          List.of(new Pair(ones(3, 4), zeros(4)), new Pair(ones(4), scalar(0))),
          Map.of("a", scalar(1)));

  private static Tensor output(Net net, Tensor x) {
    Pair hidden = net.layers().get(0);
    Pair last = net.layers().get(1);
    return matmul(tanh(matmul(x, hidden.w()).add(hidden.b())), last.w())
        .add(last.b())
        .mul(net.moments().get("a"));
  }

  @Test
  void writesTheGraphOfAFunction() {
    assertThat(makeDot((Tensor x) -> sum(x.mul(2)), tensor(1, 2, 3)))
        .isEqualTo(
            """
            digraph program {
              ordering=in;
              node [shape=box, style=filled, fillcolor=white, fontname=Helvetica];
              edge [fontname=Helvetica, fontsize=10];
              c0 [label="2", shape=ellipse, fillcolor="#fce5cd"];
              x0 [label="argument", shape=ellipse, fillcolor="#cfe2f3"];
              e0 [label="mul"];
              e1 [label="sum\\naxes=[0]"];
              y0 [label="result", shape=ellipse, fillcolor="#c9e7c1", penwidth=2];
              x0 -> e0 [label="f64[3]"];
              c0 -> e0 [label="f64[]"];
              e0 -> e1 [label="f64[3]"];
              e1 -> y0 [label="f64[]"];
            }
            """);
  }

  @Test
  void dashesWhatIsLinear() {
    assertThat(makeDot(linearize((Tensor x) -> sum(x.mul(x).mul(x)), tensor(1, 2)).map()))
        .contains(
            "x0 [label=\"argument\", shape=ellipse, fillcolor=\"#cfe2f3\","
                + " style=\"filled,dashed\"];\n");
    Dot dot = Dot.of(makeDot(linearize(sinOfProduct(), new Pair(ones(3), scalar(2))).map()));
    for (String node : dot.nodes.keySet()) {
      assertThat(dot.isDashed(node)).as(node).isEqualTo(!node.startsWith("c"));
    }
    for (Dot.Edge edge : dot.edges) {
      assertThat(edge.isDashed()).as("%s", edge).isEqualTo(!edge.from().startsWith("c"));
    }
    assertThat(dot.labels("x")).containsExactly("w", "b");
    assertThat(dot.labels("y")).containsExactly("result");
    assertThat(dot.labels("c")).hasSize(3).containsOnlyOnce("2");
    // the transpose runs the other way, between the same nodes
    Dot back =
        Dot.of(makeDot(linearize(sinOfProduct(), new Pair(ones(3), scalar(2))).map().transpose()));
    assertThat(back.labels("x")).containsExactly("argument");
    assertThat(back.labels("y")).containsExactly("w", "b");
  }

  private static Function<Pair, Tensor> sinOfProduct() {
    return p -> sin(p.w().mul(p.b()));
  }

  @Test
  void namesLeavesByTheirPaths() {
    Dot dot = Dot.of(makeDot(VisualTest::output, NET, ones(5, 3)));
    assertThat(dot.labels("x"))
        .containsExactly(
            "layers[0].w",
            "layers[0].b",
            "layers[1].w",
            "layers[1].b",
            "moments[\"a\"]",
            "argument 2");
    assertThat(dot.labels("e")).containsExactly("matmul", "add", "tanh", "matmul", "add", "mul");
    assertThat(dot.into("e0")).containsExactly("x5", "x0");
    assertThat(dot.edges.stream().filter(edge -> edge.to().equals("e0")).map(Dot.Edge::label))
        .containsExactly("f64[5,3]", "f64[3,4]");
    Dot lists = Dot.of(makeDot((List<Tensor> x) -> List.of(x.get(1), sin(x.get(0))), list()));
    assertThat(lists.labels("x")).containsExactly("argument[0]", "argument[1]");
    assertThat(lists.labels("y")).containsExactly("result[0]", "result[1]");
    assertThat(lists.into("y0")).as("an argument that is a result").containsExactly("x1");
    Dot gradient = Dot.of(makeDot(grad((Net net) -> sum(output(net, ones(5, 3)))), NET));
    assertThat(gradient.labels("y")).hasSize(5).contains("layers[1].b", "moments[\"a\"]");
  }

  @Test
  void numbersTheArgumentsWhoseLeavesHaveTheSameNames() {
    Pair pair = new Pair(ones(3), scalar(1));
    Dot twice = Dot.of(makeDot((Pair p, Pair q) -> p.w().sub(q.w()), pair, pair));
    assertThat(twice.labels("x")).containsExactly("1.w", "1.b", "2.w", "2.b");
    assertThat(twice.into("e0")).containsExactly("x0", "x2");
    Dot lists = Dot.of(makeDot((List<Tensor> x, List<Tensor> y) -> x.get(0), list(), list()));
    assertThat(lists.labels("x"))
        .containsExactly("argument 1[0]", "argument 1[1]", "argument 2[0]", "argument 2[1]");
    Dot once = Dot.of(makeDot((Pair p, Tensor x) -> p.w().mul(x), pair, scalar(2)));
    assertThat(once.labels("x")).containsExactly("w", "b", "argument 2");
  }

  @Test
  void functionsOfThreeAndFourArguments() {
    Pair pair = new Pair(ones(3), scalar(1));
    Dot three =
        Dot.of(
            makeDot((Pair p, Tensor x, Pair q) -> p.w().mul(x).sub(q.b()), pair, scalar(2), pair));
    assertThat(three.labels("x")).containsExactly("1.w", "1.b", "argument 2", "3.w", "3.b");
    assertThat(three.labels("e")).containsExactly("mul", "sub");
    assertThat(three.into("e0")).containsExactly("x0", "x2");
    assertThat(three.into("e1")).containsExactly("e0", "x4");
    Dot four =
        Dot.of(
            makeDot(
                (Tensor x, List<Tensor> y, Tensor z, Pair p) -> x.mul(z).sub(p.b()).div(y.get(0)),
                ones(2),
                list(),
                scalar(3),
                pair));
    assertThat(four.labels("x"))
        .containsExactly("argument 1", "argument 2[0]", "argument 2[1]", "argument 3", "w", "b");
    assertThat(four.into("e0")).containsExactly("x0", "x3");
    assertThat(four.into("e1")).containsExactly("e0", "x5");
    assertThat(four.into("e2")).containsExactly("e1", "x1");
  }

  private static List<Tensor> list() {
    return List.of(ones(2), floats(1, 2, 3));
  }

  @Test
  void operandsComeInOrder() {
    BiFunction<Tensor, Tensor, Tensor> f = (x, y) -> y.sub(x).div(x.mul(x));
    Dot dot = Dot.of(makeDot(f, scalar(1), scalar(2)));
    assertThat(dot.labels("e")).containsExactly("sub", "mul", "div");
    assertThat(dot.into("e0")).containsExactly("x1", "x0");
    assertThat(dot.into("e1")).containsExactly("x0", "x0");
    assertThat(dot.into("e2")).containsExactly("e0", "e1");
    assertThat(dot.labels("x")).containsExactly("argument 1", "argument 2");
  }

  @Test
  void everyOperandHasAnEdge() {
    Function<Net, Tensor> f = net -> sum(vmap(row -> output(net, row), ones(5, 3)).pow(2));
    Function<Net, Net> derivative = grad(f::apply);
    for (Function<Net, ?> function : List.of(f, derivative)) {
      Program program = makeProgram(function, NET);
      Dot dot = Dot.of(makeDot(function, NET));
      int operands = 0;
      for (int i = 0; i < program.equations().size(); i++) {
        Program.Equation equation = program.equations().get(i);
        assertThat(dot.label("e" + i)).startsWith(equation.primitive().label());
        assertThat(dot.into("e" + i)).hasSameSizeAs(equation.operands());
        operands += equation.operands().size();
      }
      assertThat(dot.edges).hasSize(operands + program.outputs().size());
      assertThat(dot.nodes)
          .hasSize(
              program.constantCount()
                  + program.inputCount()
                  + program.equations().size()
                  + program.outputs().size());
    }
  }

  @Test
  void showsCapturedNumbers() {
    Tensor values = tensor(1, 2);
    Dot dot =
        Dot.of(
            makeDot(
                (Tensor x) -> sum(x.mul(0.1).add(-3).mul(values).mul(1e-9).pow(scalar(1.5))),
                ones(2)));
    assertThat(dot.labels("c")).containsExactly("0.1", "-3", "captured", "1.0E-9", "1.5");
    Dot other =
        Dot.of(
            makeDot(
                (List<Tensor> x) ->
                    List.of(
                        x.get(0).mul(0.1),
                        x.get(1).add(full(Long.SIZE, DType.INT64)),
                        x.get(2).eq(full(1, DType.BOOL))),
                List.of(floats(1), full(1, DType.INT64), full(0, DType.BOOL))));
    assertThat(other.labels("c")).containsExactly("0.1", "64", "true");
    // inside a derivative a captured number is one of many, which nobody asked to see
    grad(
        y -> {
          assertThat(Dot.of(makeDot((Tensor x) -> x.mul(y), scalar(1))).labels("c"))
              .containsExactly("captured");
          return y;
        },
        scalar(3));
  }

  @Test
  void severalResultsAreNumbered() {
    Dot dot =
        Dot.of(
            makeDot(
                (Tensor a) -> {
                  var factors = qr(a);
                  return sum(factors.r()).add(sum(factors.q()));
                },
                ones(3, 2).add(Shapes.reshape(tensor(0, 1, 2, 3, 4, 9), 3, 2))));
    assertThat(dot.edges.stream().filter(edge -> edge.from().equals("e0")).map(Dot.Edge::label))
        .contains("0: f64[3,2]", "1: f64[2,2]");
  }

  @Test
  void framesTheMapOfALinearSolve() {
    LinearMap<Tensor, Tensor> fixed = LinearMap.matrix(tensor(new double[][] {{2, 1}, {1, 2}}));
    Function<Pair, Tensor> f =
        p ->
            LinearSystems.linearSolve(
                LinearMap.of((Tensor x) -> fixed.apply(x).add(x.mul(p.b())), p.w()),
                neg(p.w()),
                cg().withRtol(1e-12).withMaxSteps(100).withRidge(1e-3));
    Dot dot = Dot.of(makeDot(f, new Pair(ones(2), scalar(3))));
    assertThat(dot.labels("e").stream().filter(label -> label.startsWith("linearSolve")))
        .containsExactly("linearSolve\nsolver=cg().withRtol(1.0E-12).withMaxSteps(100)…");
    String solve =
        dot.nodes.keySet().stream()
            .filter(node -> node.matches("e\\d+") && dot.label(node).startsWith("linearSolve"))
            .findFirst()
            .orElseThrow();
    String frame = "cluster_" + solve;
    assertThat(dot.frames.entrySet().stream().filter(e -> e.getValue().equals(frame)))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            solve, solve + "x0", solve + "e0", solve + "e1", solve + "e2", solve + "y0");
    assertThat(dot.labels(solve + "e")).containsExactlyInAnyOrder("matmul", "mul", "add");
    // what the map captured comes from outside; the right-hand side goes to the solve
    assertThat(dot.into(solve + "e1")).containsExactlyInAnyOrder(solve + "x0", "x1");
    assertThat(dot.into(solve)).hasSize(2).contains(solve + "y0");
    assertThat(dot.frames.get("x1")).isEmpty();
  }

  /** The nodes in a frame. */
  private static List<String> inside(Dot dot, String frame) {
    return dot.frames.entrySet().stream()
        .filter(node -> node.getValue().equals(frame))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @Test
  void framesTheBodiesOfLoops() {
    Function<Pair, Tensor> f =
        p ->
            ControlFlow.scan(
                    (Tensor c, Tensor x) -> new Scan<>(tanh(c.mul(p.b())), c.add(x)),
                    scalar(0),
                    exp(p.w()))
                .ys();
    Dot dot = Dot.of(makeDot(f, new Pair(ones(4), scalar(3))));
    assertThat(dot.labels("e")).containsExactly("exp", "scan\nlength=4");
    assertThat(inside(dot, "cluster_e1b0"))
        .containsExactly("e1b0e0", "e1b0e1", "e1b0e2", "e1b0x0", "e1b0x1", "e1b0y0", "e1b0y1");
    assertThat(dot.labels("e1b0e")).containsExactly("mul", "tanh", "add");
    // what the body captured comes from outside, carry and slices go to the loop
    assertThat(dot.into("e1b0e0")).containsExactly("e1b0x0", "x1");
    assertThat(dot.into("e1b0e2")).containsExactly("e1b0x0", "e1b0x1");
    assertThat(dot.into("e1")).containsExactlyInAnyOrder("e1b0y0", "e1b0y1", "c0", "e0");
    assertThat(dot.frames.get("e1")).isEmpty();
    assertThat(makeDot(f, new Pair(ones(4), scalar(3)))).contains("label=\"body of scan\"");
  }

  @Test
  void framesTheBranchesOfChoicesAndWhatIsInsideThem() {
    Function<Pair, Tensor> f =
        p ->
            ControlFlow.cond(
                gt(p.b(), 0),
                p.w(),
                x -> ControlFlow.whileLoop(x, c -> lt(sum(c), p.b()), c -> c.add(x)),
                x -> x.mul(p.b()));
    Dot dot = Dot.of(makeDot(f, new Pair(ones(4), scalar(3))));
    assertThat(dot.labels("e")).containsExactly("gt", "cond");
    assertThat(dot.labels("e1b0e")).containsExactly("mul");
    assertThat(dot.labels("e1b1e")).containsExactly("whileLoop");
    assertThat(dot.labels("e1b1e0b0e")).containsExactly("sum\naxes=[0]", "lt");
    assertThat(dot.labels("e1b1e0b1e")).containsExactly("add");
    assertThat(dot.into("e1b0e0")).containsExactlyInAnyOrder("e1b0x0", "x1");
    assertThat(dot.into("e1b1e0b0e1")).containsExactly("e1b1e0b0e0", "x1");
    assertThat(dot.into("e1b1e0b1e0")).containsExactlyInAnyOrder("e1b1e0b1x0", "e1b1x0");
    assertThat(dot.into("e1")).containsExactlyInAnyOrder("e0", "e1b0y0", "e1b1y0", "x0");
    assertThat(makeDot(f, new Pair(ones(4), scalar(3))))
        .contains("branch 0 of cond", "branch 1 of cond")
        .contains("condition of whileLoop", "body of whileLoop");
  }

  @Test
  void framesFunctionsWithDerivativesOfTheirOwn() {
    Function<Tensor, Tensor> f =
        CustomDerivatives.customJvp(x -> sin(x).mul(2), (x, t) -> new Jvp<>(sin(x).mul(2), t));
    Dot dot = Dot.of(makeDot(f, ones(4)));
    assertThat(dot.labels("e")).containsExactly("customJvp");
    assertThat(dot.labels("e0b0e")).containsExactly("sin", "mul");
    assertThat(dot.into("e0")).containsExactlyInAnyOrder("x0", "e0b0y0");
  }

  @Test
  void showsSolversAndTheirDerivatives() {
    BiFunction<Tensor, Tensor, Tensor> stationary = (x, theta) -> exp(x).mul(theta).add(x);
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot(stationary, cg()).onResidual(Policy.IGNORE).apply((init, theta) -> init);
    Function<Tensor, Tensor> f = theta -> sum(solve.apply(ones(3), theta));
    assertThat(Dot.of(makeDot(f, ones(3))).labels("e"))
        .containsExactly("customRoot", "sum\naxes=[0]");
    Dot derivative = Dot.of(makeDot(linearize(f, ones(3)).map()));
    assertThat(derivative.labels("e")).contains("linearSolve\nsolver=cg()");
    assertThat(derivative.frames.values()).contains("cluster_e2");
    assertThat(derivative.edges)
        .allSatisfy(
            edge ->
                assertThat(edge.isDashed() || edge.from().startsWith("c"))
                    .isNotEqualTo("dotted".equals(edge.attributes().get("style"))));
  }

  @Test
  void emptyAndConstantFunctions() {
    Dot constant = Dot.of(makeDot((Tensor x) -> scalar(4), scalar(1)));
    assertThat(constant.into("y0")).containsExactly("c0");
    assertThat(constant.labels("c")).containsExactly("4");
    assertThat(Dot.of(makeDot((List<Tensor> x) -> x, List.of())).nodes).isEmpty();
    Dot twice = Dot.of(makeDot((Tensor x) -> List.of(x, x), scalar(1)));
    assertThat(twice.into("y0")).isEqualTo(twice.into("y1")).containsExactly("x0");
  }

  @Test
  void labelsShowWhatTheyHold() {
    for (String key :
        List.of("plain", "a\"b", "\\", "\\n", "&lt;", "line\nbreak", "é 😀", "\\\"", "->{};")) {
      Map<String, Tensor> tree = Map.of(key, scalar(1));
      String name = key.replace("\\", "\\\\").replace("\"", "\\\"");
      assertThat(Dot.of(makeDot((Map<String, Tensor> x) -> x.get(key), tree)).labels("x"))
          .containsExactly("argument[\"" + name + "\"]");
    }
    Map<String, Tensor> control = Map.of("\0\t\r", scalar(1));
    assertThat(Dot.of(makeDot((Map<String, Tensor> x) -> scalar(1), control)).labels("x"))
        .containsExactly("argument[\"\ufffd\ufffd\ufffd\"]");
  }

  @Test
  void sameFunctionGivesTheSameText() {
    assertThat(makeDot(VisualTest::output, NET, ones(5, 3)))
        .isEqualTo(makeDot(VisualTest::output, NET, ones(5, 3)));
  }

  @Test
  void refusesWhatHasNoGraph() {
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> makeDot((Tensor x) -> x.toDouble() > 0 ? x : neg(x), scalar(1)));
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> makeDot((Tensor x) -> null, scalar(1)));
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> makeDot((Object x) -> scalar(1), new Object()));
    // a derivative at a point has one, whatever the function reads
    Function<Tensor, Tensor> absolute = x -> x.toDouble() > 0 ? x : neg(x);
    assertThat(Dot.of(makeDot(linearize(absolute, scalar(-1)).map())).labels("e"))
        .containsExactly("neg");
  }

  // ---- docs/visualisation.md ----

  /** What a user writes. */
  static final class Example {
    private Example() {}

    // [visualisation
    record Layer(Tensor w, Tensor b) {}

    static Tensor loss(Layer layer, Tensor x) {
      return sum(tanh(matmul(x, layer.w()).add(layer.b())).pow(2));
    }

    static void draw(Layer layer, Tensor x, Path folder) throws IOException {
      String function = makeDot(Example::loss, layer, x);
      String derivative = makeDot(linearize((Layer l) -> loss(l, x), layer).map());
      Files.writeString(folder.resolve("graph.dot"), function);
      Files.writeString(folder.resolve("derivative.dot"), derivative);
    }
    // visualisation]
  }

  /** The pictures are drawn from these files: dot -Tsvg graph.dot -o graph.svg. */
  @Test
  void picturesOfThePageAreOfItsCode(@TempDir Path folder) throws IOException {
    Example.draw(new Example.Layer(ones(3, 4), zeros(4)), ones(5, 3), folder);
    Path images = ClassPathTest.root().resolve("docs").resolve("images");
    for (String name : List.of("graph.dot", "derivative.dot")) {
      assertThat(images.resolve(name)).hasSameTextualContentAs(folder.resolve(name));
      Dot dot = Dot.of(Files.readString(folder.resolve(name)));
      String picture = Files.readString(images.resolve(name.replace(".dot", ".svg")));
      for (String node : dot.nodes.keySet()) {
        assertThat(picture).contains("<title>" + node + "</title>");
      }
    }
  }

  @Test
  void pageQuotesTheExample() throws IOException {
    Path page = ClassPathTest.root().resolve("docs").resolve("visualisation.md");
    assertThat(Quoted.blocks(page))
        .containsExactly(Quoted.source(VisualTest.class, "visualisation"));
  }
}
