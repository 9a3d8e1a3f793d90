package dev.trifocal.backend;

import dev.trifocal.backend.ElementwiseProgram.Instruction;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Compiles a program to a class with one loop over the elements. The JVM compiles that loop to
 * vector instructions, where its operators have them, and keeps intermediate results in the
 * processor's registers.
 */
final class ElementwiseLoopCompiler {
  private static final Type OBJECT = Type.getType(Object.class);
  private static final Type OPERATOR = Type.getType(ElementwiseOperator.class);
  private static final Type ARRAY = Type.getType(float[].class);
  private static final Method CONSTRUCTOR = Method.getMethod("void <init> ()");
  private static final Method RUN = Method.getMethod("void run (float[][], float[], int)");
  private static final Method APPLY = Method.getMethod("float apply (float, float)");

  private final ElementwiseProgram program;
  private final GeneratorAdapter code;

  /** Local variables of the arrays, in the order of the program. */
  private final List<Integer> arrays = new ArrayList<>();

  /** Local variables of the program's registers. */
  private final int[] registers;

  private ElementwiseLoopCompiler(ElementwiseProgram program, GeneratorAdapter code) {
    this.program = program;
    this.code = code;
    this.registers = new int[program.registers()];
  }

  static ElementwiseLoop compile(ElementwiseProgram program) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_FINAL,
        Type.getInternalName(ElementwiseLoopCompiler.class) + "$Compiled",
        null,
        OBJECT.getInternalName(),
        new String[] {Type.getInternalName(ElementwiseLoop.class)});
    writeConstructor(new GeneratorAdapter(0, CONSTRUCTOR, null, null, writer));
    new ElementwiseLoopCompiler(
            program, new GeneratorAdapter(Opcodes.ACC_PUBLIC, RUN, null, null, writer))
        .writeRun();
    writer.visitEnd();
    try {
      return (ElementwiseLoop)
          MethodHandles.lookup()
              .defineHiddenClass(writer.toByteArray(), true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot define the class of an update", e);
    }
  }

  private static void writeConstructor(GeneratorAdapter code) {
    code.loadThis();
    code.invokeConstructor(OBJECT, CONSTRUCTOR);
    code.returnValue();
    code.endMethod();
  }

  private void writeRun() {
    loadScalars();
    program.setup().forEach(this::compute);
    loadArrays();
    int index = code.newLocal(Type.INT_TYPE);
    code.push(0);
    code.storeLocal(index);
    Label body = new Label();
    Label condition = new Label();
    code.goTo(condition);
    code.mark(body);
    writeBody(index);
    code.iinc(index, 1);
    code.mark(condition);
    code.loadLocal(index);
    code.loadArg(2);
    code.ifICmp(GeneratorAdapter.LT, body);
    code.returnValue();
    code.endMethod();
  }

  private void loadScalars() {
    int index = 0;
    for (int register : program.scalars().values()) {
      code.loadArg(1);
      code.push(index++);
      code.arrayLoad(Type.FLOAT_TYPE);
      store(register);
    }
    program
        .constants()
        .forEach(
            (register, value) -> {
              code.push(value);
              store(register);
            });
  }

  private void loadArrays() {
    for (int i = 0; i < program.arrays().size(); i++) {
      code.loadArg(0);
      code.push(i);
      code.arrayLoad(ARRAY);
      arrays.add(code.newLocal(ARRAY));
      code.storeLocal(arrays.get(i));
    }
  }

  /** Writes the update of the element at an index. */
  private void writeBody(int index) {
    for (int i = 0; i < arrays.size(); i++) {
      code.loadLocal(arrays.get(i));
      code.loadLocal(index);
      code.arrayLoad(Type.FLOAT_TYPE);
      store(program.arrays().get(i));
    }
    program.body().forEach(this::compute);
    for (int i = 0; i < program.results().size(); i++) {
      code.loadLocal(arrays.get(ElementwiseProgram.arrayOfResult(i)));
      code.loadLocal(index);
      code.loadLocal(registers[program.results().get(i)]);
      code.arrayStore(Type.FLOAT_TYPE);
    }
  }

  private void compute(Instruction instruction) {
    code.getStatic(OPERATOR, instruction.operator().name(), OPERATOR);
    code.loadLocal(registers[instruction.a()]);
    code.loadLocal(registers[instruction.b()]);
    code.invokeVirtual(OPERATOR, APPLY);
    store(instruction.result());
  }

  /** Moves the number on the stack to a register, which is written once. */
  private void store(int register) {
    registers[register] = code.newLocal(Type.FLOAT_TYPE);
    code.storeLocal(registers[register]);
  }
}
