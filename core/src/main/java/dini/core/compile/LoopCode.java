package dini.core.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dini.core.DType;
import dini.core.compile.Formula.Term;
import dini.core.primitive.Binary;
import dini.core.primitive.Unary;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * Writes the class of a {@link Loop}: all inputs of a few elements into vectors, the terms one
 * after the other, the results that are stored; then the same on single elements for the rest. What
 * one term leaves in a register the next one finds there, where a kernel for each would pass
 * through memory.
 */
final class LoopCode {
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
  private static final ClassDesc ANY_VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
  private static final ClassDesc FRAME = ClassDesc.of(Frame.class.getName());
  private static final ClassDesc PLACE = ClassDesc.of(Chain.Place.class.getName());

  /** The system's class loader, which would be asked about classes, need not know the library. */
  private static final ClassFile.ClassHierarchyResolverOption UNASKED =
      ClassFile.ClassHierarchyResolverOption.of(_ -> null);

  /** The arguments of {@link Loop#run}. */
  private static final int FRAME_LOCAL = 1;

  private static final int PLACES_LOCAL = 2;
  private static final int FROM_LOCAL = 3;
  private static final int COUNT_LOCAL = 4;

  private final Formula formula;
  private final CodeBuilder code;
  private final int lanes;
  private final ClassDesc vector;
  private final ClassDesc element;
  private final ClassDesc array;
  private final TypeKind kind;

  /** Local variables: for each array itself and its offset, for each number its value. */
  private final int[] arrays;

  private final int[] offsets;
  private final int[] values;

  /** The vectors of uniform inputs, which are the same in every turn. */
  private final int[] spread;

  private int index;

  private LoopCode(Formula formula, int lanes, CodeBuilder code) {
    this.formula = formula;
    this.code = code;
    this.lanes = lanes;
    boolean wide = formula.dtype() == DType.FLOAT64;
    this.vector = ClassDesc.of("jdk.incubator.vector." + (wide ? "DoubleVector" : "FloatVector"));
    this.element = wide ? ConstantDescs.CD_double : ConstantDescs.CD_float;
    this.array = element.arrayType();
    this.kind = wide ? TypeKind.DOUBLE : TypeKind.FLOAT;
    this.arrays = new int[formula.arrays()];
    this.offsets = new int[arrays.length];
    this.values = new int[formula.inputs() + formula.terms().size()];
    this.spread = new int[formula.inputs()];
  }

  /** The loop, as slow as all code that has not run yet. */
  static Loop of(Formula formula, int lanes) throws ReflectiveOperationException {
    ClassDesc loop = ClassDesc.of(Loop.class.getName());
    byte[] bytes =
        ClassFile.of(UNASKED)
            .build(
                ClassDesc.of(LoopCode.class.getPackageName() + ".FormulaLoop"),
                written ->
                    written
                        .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                        .withInterfaceSymbols(loop)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            0,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        ConstantDescs.CD_Object,
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void)
                                    .return_())
                        .withMethodBody(
                            "run",
                            MethodTypeDesc.of(CD_void, FRAME, PLACE.arrayType(), CD_int, CD_int),
                            ClassFile.ACC_PUBLIC,
                            code -> new LoopCode(formula, lanes, code).write()));
    MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(bytes, true);
    return (Loop) made.lookupClass().getDeclaredConstructor().newInstance();
  }

  private void write() {
    for (int i = 0; i < values.length; i++) {
      values[i] = code.allocateLocal(TypeKind.DOUBLE);
    }
    int place = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = code.allocateLocal(TypeKind.REFERENCE);
      offsets[i] = code.allocateLocal(TypeKind.INT);
      code.aload(PLACES_LOCAL).loadConstant(i).aaload().astore(place);
      code.aload(place)
          .aload(FRAME_LOCAL)
          .iload(FROM_LOCAL)
          .iload(COUNT_LOCAL)
          .invokevirtual(
              PLACE, "data", MethodTypeDesc.of(ConstantDescs.CD_Object, FRAME, CD_int, CD_int))
          .checkcast(array)
          .astore(arrays[i]);
      code.aload(place)
          .iload(FROM_LOCAL)
          .iload(COUNT_LOCAL)
          .invokevirtual(PLACE, "offset", MethodTypeDesc.of(CD_int, CD_int, CD_int))
          .istore(offsets[i]);
    }
    int[] single = new int[formula.inputs()];
    for (int i = 0; i < formula.inputs(); i++) {
      if (formula.isUniform(i)) {
        spread[i] = code.allocateLocal(TypeKind.REFERENCE);
        single[i] = code.allocateLocal(kind);
        code.aload(arrays[i]).iload(offsets[i]).arrayLoad(kind).storeLocal(kind, single[i]);
        species().loadLocal(kind, single[i]);
        code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element))
            .astore(spread[i]);
      }
    }
    index = code.allocateLocal(TypeKind.INT);
    int end = code.allocateLocal(TypeKind.INT);
    code.iload(COUNT_LOCAL).loadConstant(-lanes).iand().istore(end);
    code.iconst_0().istore(index);
    turns(end, lanes, this::vectors);
    // the values of the turns that follow are single elements
    System.arraycopy(single, 0, spread, 0, single.length);
    turns(COUNT_LOCAL, 1, this::elements);
    code.return_();
  }

  private void turns(int end, int step, Runnable body) {
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(next).iload(index).iload(end).if_icmpge(done);
    body.run();
    code.iinc(index, step).goto_(next).labelBinding(done);
  }

  private CodeBuilder species() {
    return code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
  }

  private void place(int number) {
    code.aload(arrays[number]).iload(offsets[number]).iload(index).iadd();
  }

  private int value(int number) {
    return number < formula.inputs() && formula.isUniform(number) ? spread[number] : values[number];
  }

  // ---- on vectors ----

  private void vectors() {
    for (int i = 0; i < formula.inputs(); i++) {
      if (!formula.isUniform(i)) {
        species();
        place(i);
        code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int))
            .astore(values[i]);
      }
    }
    for (int i = 0; i < formula.terms().size(); i++) {
      Term term = formula.terms().get(i);
      code.aload(value(term.x()));
      switch (term.operation()) {
        case Binary binary -> {
          code.aload(value(term.y()));
          String name =
              switch (binary) {
                case ADD -> "add";
                case SUB -> "sub";
                case MUL -> "mul";
                case DIV -> "div";
                default -> throw new AssertionError(binary);
              };
          code.invokevirtual(vector, name, MethodTypeDesc.of(vector, ANY_VECTOR));
        }
        case Unary unary -> {
          switch (unary) {
            case NEG -> code.invokevirtual(vector, "neg", MethodTypeDesc.of(vector));
            case SQRT -> code.invokevirtual(vector, "sqrt", MethodTypeDesc.of(vector));
            case SQUARE ->
                code.aload(value(term.x()))
                    .invokevirtual(vector, "mul", MethodTypeDesc.of(vector, ANY_VECTOR));
            default -> throw new AssertionError(unary);
          }
        }
        default -> throw new AssertionError(term);
      }
      code.astore(values[formula.inputs() + i]);
    }
    for (int i = 0; i < formula.stored().size(); i++) {
      code.aload(values[formula.inputs() + formula.stored().get(i)]);
      place(formula.inputs() + i);
      code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
    }
  }

  // ---- on single elements ----

  private void elements() {
    for (int i = 0; i < formula.inputs(); i++) {
      if (!formula.isUniform(i)) {
        place(i);
        code.arrayLoad(kind).storeLocal(kind, values[i]);
      }
    }
    for (int i = 0; i < formula.terms().size(); i++) {
      Term term = formula.terms().get(i);
      code.loadLocal(kind, value(term.x()));
      switch (term.operation()) {
        case Binary binary -> {
          code.loadLocal(kind, value(term.y()));
          arithmetic(binary);
        }
        case Unary unary -> {
          switch (unary) {
            case NEG -> negated();
            case SQRT -> squareRoot();
            case SQUARE -> {
              code.loadLocal(kind, value(term.x()));
              arithmetic(Binary.MUL);
            }
            default -> throw new AssertionError(unary);
          }
        }
        default -> throw new AssertionError(term);
      }
      code.storeLocal(kind, values[formula.inputs() + i]);
    }
    for (int i = 0; i < formula.stored().size(); i++) {
      place(formula.inputs() + i);
      code.loadLocal(kind, values[formula.inputs() + formula.stored().get(i)]).arrayStore(kind);
    }
  }

  private void arithmetic(Binary binary) {
    boolean wide = kind == TypeKind.DOUBLE;
    switch (binary) {
      case ADD -> code.with(OperatorInstruction.of(wide ? Opcode.DADD : Opcode.FADD));
      case SUB -> code.with(OperatorInstruction.of(wide ? Opcode.DSUB : Opcode.FSUB));
      case MUL -> code.with(OperatorInstruction.of(wide ? Opcode.DMUL : Opcode.FMUL));
      case DIV -> code.with(OperatorInstruction.of(wide ? Opcode.DDIV : Opcode.FDIV));
      default -> throw new AssertionError(binary);
    }
  }

  private void negated() {
    code.with(OperatorInstruction.of(kind == TypeKind.DOUBLE ? Opcode.DNEG : Opcode.FNEG));
  }

  /** Of a float by way of double, which rounds as the square root of a float does. */
  private void squareRoot() {
    code.conversion(kind, TypeKind.DOUBLE)
        .invokestatic(
            ClassDesc.of("java.lang.Math"),
            "sqrt",
            MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double))
        .conversion(TypeKind.DOUBLE, kind);
  }
}
