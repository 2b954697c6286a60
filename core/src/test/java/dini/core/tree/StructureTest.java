package dini.core.tree;

import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Static;
import dini.core.Tensor;
import dini.core.TreeException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static final Tensor A = scalar(1);
  private static final Tensor B = tensor(2, 3);
  private static final Tensor C = tensor(4, 5, 6);

  record Layer(Tensor w, Tensor b) {}

  record Params(Tensor w, List<Layer> layers, Map<String, Tensor> map, String name) {}

  private record Box<T>(T value) {}

  record Empty() {}

  record Mixed(int count, double rate, boolean on, Tensor x, char mark) {}

  enum Mode {
    TRAIN,
    TEST {
      @Override
      public String toString() {
        return "test";
      }
    }
  }

  static final class Encoder {}

  private static Params params() {
    return new Params(A, List.of(new Layer(A, B), new Layer(B, C)), Map.of("b", B, "a", A), "x");
  }

  private static Object roundTrip(Object tree) {
    Structure.Flat flat = Structure.flatten(tree);
    Object back = flat.structure().unflatten(flat.leaves());
    Structure.Flat again = Structure.flatten(back);
    assertThat(again).isEqualTo(flat).hasSameHashCodeAs(flat);
    return back;
  }

  private static void assertRefused(Object tree, String message) {
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> Structure.flatten(tree))
        .withMessage(message);
  }

  private static void assertDiffer(Object x, Object y, String message) {
    Structure a = Structure.flatten(x).structure();
    Structure b = Structure.flatten(y).structure();
    assertThat(a).isNotEqualTo(b);
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> a.requireSame("treeAdd", b))
        .withMessage("treeAdd: " + message);
  }

  @Test
  void aTensorIsALeaf() {
    Structure.Flat flat = Structure.flatten(B);
    assertThat(flat.leaves()).containsExactly(B);
    assertThat(flat.structure().leafCount()).isEqualTo(1);
    assertThat(flat.structure().unflatten(new Tensor[] {C})).isSameAs(C);
    assertThat(flat.structure().path(0)).isEqualTo("tensor");
    assertThat(flat.structure()).hasToString("*").isSameAs(Structure.flatten(A).structure());
  }

  @Test
  void nestedRecordsListsAndMapsComeBack() {
    Params params = params();
    Structure.Flat flat = Structure.flatten(params);
    assertThat(flat.leaves()).containsExactly(A, A, B, B, C, A, B);
    assertThat(flat.structure().leafCount()).isEqualTo(7);
    assertThat(flat.structure())
        .hasToString(
            "Params(w=*, layers=[Layer(w=*, b=*), Layer(w=*, b=*)], map={\"a\"=*, \"b\"=*},"
                + " name=\"x\")");
    assertThat(roundTrip(params)).isEqualTo(params);
  }

  @Test
  void leavesKnowTheRecordsThatHoldThem() {
    Layer layer = new Layer(A, B);
    Structure structure =
        Structure.flatten(List.of(A, new Box<>(List.of(layer)), layer)).structure();
    assertThat(within(structure, Box.class)).containsExactly(false, true, true, false, false);
    assertThat(within(structure, Layer.class)).containsExactly(false, true, true, true, true);
    assertThat(within(structure, Empty.class)).containsOnly(false);
    assertThat(within(Structure.flatten(A).structure(), Box.class)).containsExactly(false);
    assertThatThrownBy(() -> structure.isWithin(5, Box.class))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Structure.flatten("text").structure().isWithin(0, Box.class))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static List<Boolean> within(Structure structure, Class<? extends Record> record) {
    return IntStream.range(0, structure.leafCount())
        .mapToObj(leaf -> structure.isWithin(leaf, record))
        .toList();
  }

  @Test
  void pathsReadLikeJava() {
    Structure structure = Structure.flatten(params()).structure();
    assertThat(structure.path(0)).isEqualTo("params.w");
    assertThat(structure.path(2)).isEqualTo("params.layers[0].b");
    assertThat(structure.path(3)).isEqualTo("params.layers[1].w");
    assertThat(structure.path(6)).isEqualTo("params.map[\"b\"]");
    assertThatThrownBy(() -> structure.path(7)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(Structure.flatten(Map.of(3, List.of(A))).structure().path(0))
        .isEqualTo("tree[3][0]");
    assertThat(Structure.flatten(new Box<>(Optional.of(A))).structure().path(0))
        .isEqualTo("box.value");
  }

  @Test
  void aPathPassesWhatHoldsNoLeaves() {
    Structure structure = Structure.flatten(List.of("s", List.of(), new Empty(), B)).structure();
    assertThat(structure.path(0)).isEqualTo("tree[3]");
  }

  @Test
  void unflattenCountsTheLeaves() {
    Structure structure = Structure.flatten(new Layer(A, B)).structure();
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> structure.unflatten(new Tensor[] {A}))
        .withMessage("unflatten: Layer(w=*, b=*) has 2 leaves, got 1");
  }

  @Test
  void recordsOfEverySortComeBack() {
    record Local<T, U>(T first, Box<U> second) {}

    assertThat(roundTrip(new Empty())).isEqualTo(new Empty());
    assertThat(roundTrip(new Mixed(3, 0.5, true, B, 'c')))
        .isEqualTo(new Mixed(3, 0.5, true, B, 'c'));
    assertThat(roundTrip(new Local<>(A, new Box<>(List.of(B)))))
        .isEqualTo(new Local<>(A, new Box<>(List.of(B))));
    assertThat(Structure.flatten(new Mixed(3, 0.5, true, B, 'c')).structure())
        .hasToString("Mixed(count=3, rate=0.5, on=true, x=*, mark='c')");
  }

  @Test
  void moreLeavesThanTheRootHasParts() {
    List<Tensor> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(scalar(i));
    }
    Box<Layer> first = new Box<>(new Layer(A, B));
    assertThat(roundTrip(List.of(first, A, many, C))).isEqualTo(List.of(first, A, many, C));
  }

  record Picky(Tensor x) {
    Picky {
      if (x.rank() != 0) {
        throw new ArithmeticException("picky");
      }
    }
  }

  record Broken(Tensor x) {
    @Override
    public Tensor x() {
      throw new ArithmeticException("broken");
    }
  }

  @Test
  void exceptionsOfRecordsArriveUnchanged() {
    Structure structure = Structure.flatten(new Picky(A)).structure();
    assertThatThrownBy(() -> structure.unflatten(new Tensor[] {B}))
        .isExactlyInstanceOf(ArithmeticException.class)
        .hasMessage("picky");
    assertThatThrownBy(() -> Structure.flatten(new Broken(A)))
        .isExactlyInstanceOf(ArithmeticException.class)
        .hasMessage("broken");
  }

  @Test
  void staticDataAreComparedByValue() {
    for (Object data :
        List.of(
            1,
            2L,
            0.5,
            0.5f,
            true,
            'c',
            (byte) 1,
            (short) 2,
            "s",
            Mode.TEST,
            Tensor.class,
            new Static<>(Duration.ofSeconds(1)))) {
      Structure.Flat flat = Structure.flatten(data);
      assertThat(flat.leaves()).isEmpty();
      assertThat(flat.structure().unflatten(new Tensor[0])).isSameAs(data);
    }
    assertThat(Structure.flatten(new Static<>(List.of(1))).structure())
        .isEqualTo(Structure.flatten(new Static<>(new ArrayList<>(List.of(1)))).structure());
    assertThat(Structure.flatten(Double.NaN).structure())
        .isEqualTo(Structure.flatten(Double.NaN).structure());
    assertThat(Structure.flatten(1).structure()).isNotEqualTo(Structure.flatten(1L).structure());
  }

  @Property
  void leavesOfAMapComeInTheOrderOfItsKeys(@ForAll @Size(max = 20) Set<Integer> keys) {
    Map<Integer, Tensor> map = new HashMap<>();
    keys.forEach(key -> map.put(key, scalar(key)));
    List<Tensor> sorted = keys.stream().sorted().map(key -> scalar(key)).toList();
    SortedMap<Integer, Tensor> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(map);
    for (Map<Integer, Tensor> same :
        List.of(map, Map.copyOf(map), new LinkedHashMap<>(map), new TreeMap<>(map), reversed)) {
      assertThat(Structure.flatten(same).leaves()).containsExactlyElementsOf(sorted);
      assertThat(roundTrip(same)).isEqualTo(map);
    }
  }

  @Test
  void collectionsWithPublicClassesComeBackAsThose() {
    assertThat(roundTrip(new ArrayList<>(List.of(A, B)))).isExactlyInstanceOf(ArrayList.class);
    assertThat(roundTrip(new HashMap<>(Map.of("a", A)))).isExactlyInstanceOf(HashMap.class);
    assertThat(roundTrip(new LinkedHashMap<>(Map.of("a", A))))
        .isExactlyInstanceOf(LinkedHashMap.class);
    TreeMap<String, Tensor> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(Map.of("a", A, "b", B));
    assertThat(Structure.flatten(reversed).leaves()).containsExactly(A, B);
    TreeMap<?, ?> back = (TreeMap<?, ?>) roundTrip(reversed);
    assertThat(back.keySet().toArray()).containsExactly("b", "a");
  }

  @Test
  void hiddenCollectionsComeBackUnmodifiable() {
    List<Tensor> two = new ArrayList<>(List.of(A, B));
    for (List<Tensor> list :
        List.of(
            List.of(A, B),
            Arrays.asList(A, B),
            Collections.unmodifiableList(two),
            two.subList(0, 2),
            two.stream().toList(),
            List.of(B, A).reversed())) {
      @SuppressWarnings("unchecked")
      List<Tensor> back = (List<Tensor>) roundTrip(list);
      assertThat(back).containsExactly(A, B);
      assertThatThrownBy(() -> back.set(0, B)).isInstanceOf(UnsupportedOperationException.class);
    }
    for (Map<String, Tensor> map :
        List.of(
            Map.of("b", B, "a", A),
            Collections.unmodifiableMap(new HashMap<>(Map.of("b", B, "a", A))),
            new TreeMap<>(Map.of("b", B, "a", A, "c", C)).headMap("c"))) {
      @SuppressWarnings("unchecked")
      SequencedMap<String, Tensor> back = (SequencedMap<String, Tensor>) roundTrip(map);
      assertThat(back).containsExactly(Map.entry("a", A), Map.entry("b", B));
      assertThatThrownBy(() -> back.put("a", B)).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(roundTrip(Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("a", A)))))
        .isInstanceOf(SortedMap.class);
  }

  @Test
  void arraysKeepTheirComponentType() {
    Tensor[][] back = (Tensor[][]) roundTrip(new Tensor[][] {{A}, {}, {B, C}});
    assertThat(back).isDeepEqualTo(new Tensor[][] {{A}, {}, {B, C}});
    assertThat(roundTrip(new Layer[] {new Layer(A, B)})).isInstanceOf(Layer[].class);
    assertThat(roundTrip(new Object[] {1, A})).isEqualTo(new Object[] {1, A});
    assertThat(Structure.flatten(new Tensor[] {A, B}).structure().path(1)).isEqualTo("tree[1]");
  }

  @Test
  void optionalsComeBack() {
    assertThat(roundTrip(Optional.of(A))).isEqualTo(Optional.of(A));
    assertThat(roundTrip(Optional.empty())).isEqualTo(Optional.empty());
    assertThat(Structure.flatten(List.of(Optional.of(A), Optional.empty())).structure())
        .hasToString("[Optional[*], Optional.empty]");
  }

  @Test
  void otherClassesAreRefusedByName() {
    assertRefused(
        new Box<>(new Box<>(new Encoder())),
        "box.value.value: class dini.core.tree.StructureTest$Encoder is not a record; make it one,"
            + " or register it with Trees.register");
    assertRefused(
        new Encoder(),
        "encoder: class dini.core.tree.StructureTest$Encoder is not a record; make it one, or"
            + " register it with Trees.register");
    assertRefused(
        new Box<>(Duration.ZERO),
        "box.value: class java.time.Duration is neither a tree nor static data; wrap it in Static"
            + " if it has no derivative");
    assertRefused(
        List.of(OptionalDouble.of(1)),
        "tree[0]: class java.util.OptionalDouble is neither a tree nor static data; wrap it in"
            + " Static if it has no derivative");
    assertRefused(
        A.shape(),
        "shape: class dini.core.Shape is neither a tree nor static data; wrap it in Static if it"
            + " has no derivative");
    UnaryOperator<Tensor> lambda = x -> x;
    assertRefused(
        new Box<>(lambda),
        "box.value: a lambda or another hidden class, whose tensors would get no derivative; make"
            + " it a record, or wrap it in Static if it holds no tensors");
  }

  @Test
  void primitiveArraysAreRefused() {
    assertRefused(
        new Box<>(new double[] {1}),
        "box.value: double[] is neither a tensor nor static data; make it a Tensor, or wrap it in"
            + " Static");
    assertRefused(
        new int[][] {{1}},
        "tree[0]: int[] is neither a tensor nor static data; make it a Tensor, or wrap it in"
            + " Static");
  }

  @Test
  void nullIsRefused() {
    assertRefused(new Layer(A, null), "layer.b: null; use Optional");
    assertRefused(null, "tree: null; use Optional");
    assertRefused(Arrays.asList(A, null), "tree[1]: null; use Optional");
    Map<String, Tensor> map = new HashMap<>();
    map.put("a", null);
    assertRefused(map, "tree[\"a\"]: null; use Optional");
    Map<String, Tensor> keys = new HashMap<>();
    keys.put(null, A);
    assertRefused(new Box<>(keys), "box.value: a null key");
  }

  @Test
  void keysMustHaveAnOrder() {
    assertRefused(
        Map.of(Tensor.class, A),
        "tree: key interface dini.core.Tensor of class java.lang.Class is not Comparable, so that"
            + " the leaves would have no order");
    Map<Object, Tensor> mixed = new LinkedHashMap<>();
    mixed.put("a", A);
    mixed.put(1, B);
    assertRefused(
        mixed,
        "tree: keys \"a\" and 1 of classes java.lang.String and java.lang.Integer cannot be"
            + " compared");
    Map<Object, Tensor> scales = new TreeMap<>(Comparator.comparing(Object::toString));
    scales.put(new BigDecimal("1.0"), A);
    scales.put(new BigDecimal("1.00"), A);
    assertRefused(
        scales,
        "tree: keys 1.0 and 1.00 are different but compare as equal, so that the leaves would have"
            + " no order");
    assertThat(Structure.flatten(Map.of(DayOfWeek.MONDAY, A)).structure().path(0))
        .isEqualTo("tree[MONDAY]");
  }

  static final class Own<E> extends ArrayList<E> {
    private static final long serialVersionUID = 1L;
  }

  record Concrete(Tensor w, LinkedList<Tensor> layers) {}

  record ConcreteMap(ConcurrentHashMap<String, Tensor> map) {}

  record Kept(ArrayList<Tensor> list, TreeMap<String, Tensor> map) {}

  @Test
  void otherCollectionsAreRefusedByName() {
    String list = " cannot be rebuilt as itself; declare it as List, and pass List.copyOf of it";
    assertRefused(new LinkedList<>(), "tree: class java.util.LinkedList" + list);
    assertRefused(new Box<>(new Vector<>()), "box.value: class java.util.Vector" + list);
    assertRefused(new Own<>(), "tree: class dini.core.tree.StructureTest$Own" + list);
    assertRefused(
        new ConcurrentHashMap<>(),
        "tree: class java.util.concurrent.ConcurrentHashMap cannot be rebuilt as itself; declare it"
            + " as Map, and pass Map.copyOf of it");
    assertRefused(new HashSet<>(), "tree: class java.util.HashSet is neither a List nor a Map");
  }

  @Test
  void componentsOfOtherCollectionClassesAreRefused() {
    assertRefused(
        new Concrete(A, new LinkedList<>()),
        "concrete.layers: declared as class java.util.LinkedList, which cannot be rebuilt; declare"
            + " it as List");
    assertRefused(
        new Box<>(new ConcreteMap(new ConcurrentHashMap<>())),
        "box.value.map: declared as class java.util.concurrent.ConcurrentHashMap, which cannot be"
            + " rebuilt; declare it as Map");
    Kept kept = new Kept(new ArrayList<>(List.of(A)), new TreeMap<>(Map.of("a", A)));
    assertThat(roundTrip(kept)).isEqualTo(kept);
  }

  @Test
  void differencesAreFound() {
    Params params = params();
    assertDiffer(
        params,
        new Params(A, params.layers(), params.map(), "y"),
        "params.name: \"x\" and \"y\" differ");
    assertDiffer(
        params,
        new Params(A, List.of(new Layer(A, B)), params.map(), "x"),
        "params.layers: a list of 2 and a list of 1 differ");
    assertDiffer(
        params,
        new Params(A, params.layers(), Map.of("a", A, "c", B), "x"),
        "params.map: a map with keys [\"a\", \"b\"] and a map with keys [\"a\", \"c\"] differ");
    assertDiffer(
        new Box<>(new Layer(A, B)),
        new Box<>(A),
        "box.value: record dini.core.tree.StructureTest$Layer and a tensor differ");
    assertDiffer(A, List.of(A), "tensor: a tensor and a list of 1 differ");
    assertDiffer(1, 2L, "integer: 1 and 2 differ");
    assertDiffer(
        new Box<>(Optional.of(A)),
        new Box<>(Optional.empty()),
        "box.value: an Optional with a value and an empty Optional differ");
    assertDiffer(
        new Tensor[] {A},
        new Object[] {A},
        "tree: an array dini.core.Tensor[1] and an array java.lang.Object[1] differ");
  }

  @Test
  void listsAndMapsOfTwoClassesAreAlikeButNotEqual() {
    Structure a =
        Structure.flatten(List.of(new ArrayList<>(List.of(A)), Map.of("a", 1))).structure();
    Structure b = Structure.flatten(List.of(List.of(A), new TreeMap<>(Map.of("a", 1)))).structure();
    assertThat(a).isNotEqualTo(b);
    a.requireSame("treeAdd", b);
  }

  @Test
  void partsOfOptionalsMayBeMissing() {
    Structure whole = Structure.flatten(List.of(Optional.of(A), new Layer(A, B))).structure();
    Structure part = Structure.flatten(List.of(Optional.empty(), new Layer(A, B))).structure();
    whole.requireWithin("update", whole);
    whole.requireWithin("update", part);
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> part.requireWithin("update", whole))
        .withMessage("update: tree[0]: an empty Optional and an Optional with a value differ");
    Structure shorter = Structure.flatten(List.of(Optional.empty())).structure();
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> whole.requireWithin("update", shorter))
        .withMessage("update: tree: a list of 2 and a list of 1 differ");
  }

  @Test
  void aClosedRecordNamesTheLineToAdd() throws Exception {
    assertRefused(
        new Box<>(SmallModule.params(false, A)),
        "box.value: record app.Params is closed to module dini.core; add `opens app to dini.core;`"
            + " to the module-info of app");
  }

  @Test
  void aPublicRecordOfAnExportedPackageNeedsNoOpens() throws Exception {
    Object params = SmallModule.params(true, A);
    assertThat(roundTrip(params)).hasSameClassAs(params);
    assertThat(Structure.flatten(params).structure().path(0)).isEqualTo("params.x");
  }
}
