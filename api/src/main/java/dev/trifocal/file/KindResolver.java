package dev.trifocal.file;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;

/** Maps the names in the field {@code kind} to classes and back. */
final class KindResolver extends TypeIdResolverBase {
  private final CustomKinds customs;
  private final KindFamily family;

  KindResolver(CustomKinds customs, KindFamily family) {
    this.customs = customs;
    this.family = family;
  }

  @Override
  public String idFromValue(Object value) {
    Class<?> type = value.getClass();
    if (family.members().contains(type)) {
      return family.storedName(type);
    }
    customs.requireSavable(family, type);
    return type.getName();
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> suggested) {
    return idFromValue(value);
  }

  /**
   * Returns the type for a name; null, which Jackson reports as an error, if the name is unknown.
   */
  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    for (Class<?> member : family.members()) {
      if (family.storedName(member).equals(id)) {
        return context.constructType(member);
      }
    }
    return family.isOpen() && id.contains(".")
        ? context.constructType(customs.load(family, id))
        : null;
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
