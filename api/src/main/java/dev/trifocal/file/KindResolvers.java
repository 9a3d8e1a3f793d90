package dev.trifocal.file;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.HandlerInstantiator;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;

/** Creates the type id resolver of each family; everything else is left to Jackson. */
final class KindResolvers extends HandlerInstantiator {
  private final CustomKinds customs;

  KindResolvers(CustomKinds customs) {
    this.customs = customs;
  }

  @Override
  public TypeIdResolver typeIdResolverInstance(
      MapperConfig<?> config, Annotated annotated, Class<?> resolver) {
    return customs.families().stream()
        .filter(family -> family.type().isAssignableFrom(annotated.getRawType()))
        .findFirst()
        .map(family -> new KindResolver(customs, family))
        .orElse(null);
  }

  @Override
  public JsonDeserializer<?> deserializerInstance(
      DeserializationConfig config, Annotated annotated, Class<?> type) {
    return null;
  }

  @Override
  public KeyDeserializer keyDeserializerInstance(
      DeserializationConfig config, Annotated annotated, Class<?> type) {
    return null;
  }

  @Override
  public JsonSerializer<?> serializerInstance(
      SerializationConfig config, Annotated annotated, Class<?> type) {
    return null;
  }

  @Override
  public TypeResolverBuilder<?> typeResolverBuilderInstance(
      MapperConfig<?> config, Annotated annotated, Class<?> type) {
    return null;
  }
}
