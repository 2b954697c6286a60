package dini.functional.nn;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** By which of its two methods a module poses the inner problem. */
enum InnerCondition {
  OBJECTIVE,
  OPTIMALITY;

  /** Found once for each class of modules. */
  private static final ClassValue<InnerCondition> FOUND =
      new ClassValue<>() {
        @Override
        protected InnerCondition computeValue(Class<?> type) {
          return find(type);
        }
      };

  static InnerCondition of(Class<?> module) {
    return FOUND.get(module);
  }

  private static InnerCondition find(Class<?> module) {
    boolean objective = overrides(module, "objective");
    boolean optimality = overrides(module, "optimality");
    if (objective == optimality) {
      throw new IllegalStateException(
          module.getName()
              + (objective
                  ? " overrides both objective and optimality; give one: the stationarity"
                      + " condition of an objective is derived"
                  : " overrides neither objective nor optimality; give one, with @Override, so"
                      + " that the compiler tells where its parameters do not match"));
    }
    return objective ? OBJECTIVE : OPTIMALITY;
  }

  /** An override has the erased parameters itself, or the compiler's bridge has them. */
  private static boolean overrides(Class<?> module, String name) {
    for (Class<?> type = module; type != MetaGradientModule.class; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        Class<?>[] parameters = method.getParameterTypes();
        if (method.getName().equals(name)
            && parameters.length == 2
            && parameters[0] == Object.class
            && parameters[1] == Object.class
            && !Modifier.isStatic(method.getModifiers())) {
          return true;
        }
      }
    }
    return false;
  }
}
